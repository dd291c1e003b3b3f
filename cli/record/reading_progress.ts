import type { Input } from "../files/files.ts";
import { counted } from "../terminal/counted.ts";
import { outputBar } from "../terminal/output_bar.ts";
import type { Progress } from "../terminal/terminal.ts";

/** What to call as an input is read. */
export interface ReadingProgress {
  /** With the length of each piece. */
  readonly onBytes: (count: number) => void;
  /** For each frame. */
  readonly onFrame: () => void;
  /** When nothing more is to be shown. */
  readonly end?: () => void;
}

/**
 * Shows how far a reading has come: of a file by its bytes, of a pipe, whose end nobody knows, by
 * the number of its frames.
 *
 * @param output path of the recording, or `-` for standard output
 * @param verb what is being done: `recording`
 */
export function readingProgress(
  progress: Progress,
  { sizeBytes }: Input,
  output: string,
  verb: string,
): ReadingProgress {
  const nothing = () => {};
  if (sizeBytes === undefined) {
    return {
      onBytes: nothing,
      onFrame: progress.counter((count) => `${verb}: ${counted(count, "frame")}`),
    };
  }
  return { onBytes: outputBar(progress, [output], verb, sizeBytes, "bytes"), onFrame: nothing };
}
