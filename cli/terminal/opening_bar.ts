import type { FileSource } from "../../lib/recording/container/file_source.ts";
import { Progress } from "./terminal.ts";

/** Bytes that are read of a file before it counts as one without an index that can be used. */
const SEARCH_BYTES = 8_000_000;

/**
 * Opens a file with a bar once so much of it is read that it is searched for its blocks, as one
 * that was cut or is damaged.
 */
export async function withOpeningBar<T>(
  source: FileSource,
  open: (source: FileSource) => Promise<T>,
): Promise<T> {
  const progress = new Progress();
  let bar: ((amount?: number) => void) | undefined;
  let bytes = 0;
  let isOpening = true;
  const read = source.read.bind(source);
  source.read = (offset, length) => {
    const found = read(offset, length);
    if (!isOpening) return found;
    bytes += found.length;
    if (bytes < SEARCH_BYTES) return found;
    // The bar's first step is all that was read until it stands.
    if (bar === undefined) (bar = progress.bar("searching", source.size, "bytes"))(bytes);
    else bar(found.length);
    return found;
  };
  try {
    return await open(source);
  } finally {
    isOpening = false;
    progress.clear();
  }
}
