import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  statSync,
  writeSync,
} from "node:fs";
import process from "node:process";
import type { RecordingSink } from "./sink.ts";

/**
 * Sink that writes a file by its descriptor.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { FileSink, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const path = join(mkdtempSync(join(tmpdir(), "hindcast-")), "match.mcap");
 * const sink = new FileSink(path, { existing: "refuse" });
 * const writer = await RecordingWriter.open(sink, { rateHz: 60 });
 * await writer.write({ frame: 0, timeMs: 0, entities: [] });
 * await writer.close();
 * assert.equal(sink.fateAt(path), "kept");
 * sink.close();
 * assert.throws(() => new FileSink(path, { existing: "refuse" }), { code: "EEXIST" });
 * ```
 */
export class FileSink implements RecordingSink {
  readonly #descriptor: number;
  readonly #isRegular: boolean;
  #size: number;

  /**
   * Opens a file for writing.
   *
   * @param path file; a device or a named pipe is written to as it is
   * @param options `existing`: what happens to a file that exists. `replace` empties it at once (the
   *   default), `refuse` throws EEXIST, `append` writes behind what it holds and throws ENOENT where
   *   there is none, as is right for pipes and devices
   * @throws {Error} of the file system
   */
  constructor(
    path: string,
    options: { readonly existing?: "replace" | "refuse" | "append" } = {},
  ) {
    this.#descriptor = openForWriting(path, options.existing ?? "replace");
    const stat = fstatSync(this.#descriptor);
    this.#isRegular = stat.isFile();
    this.#size = stat.size;
  }

  /** Appends bytes. @throws {Error} of the file system, such as a full disk */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const count = writeSync(this.#descriptor, bytes, at, bytes.length - at);
      at += count;
      this.#size += count;
    }
  }

  /** Waits until the disk has the bytes; does nothing for a pipe or a device. */
  sync(): void {
    if (this.#isRegular) fsyncSync(this.#descriptor);
  }

  /**
   * What became of the file by now, to be asked before {@linkcode FileSink.close}: the system lets
   * a process write on into a file that somebody removed.
   *
   * @param path where the file should be
   * @returns `removed` when nothing has its name any more, `replaced` when another file has,
   *   `resized` when its length is not what was written; `kept` else, and for a pipe or a device
   * @throws {Error} of the file system, unless it says that nothing is there
   */
  fateAt(path: string): "kept" | "removed" | "replaced" | "resized" {
    if (!this.#isRegular) return "kept";
    const own = fstatSync(this.#descriptor, EXACT);
    try {
      const { dev, ino } = statSync(path, EXACT);
      if (dev !== own.dev || ino !== own.ino) return "replaced";
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") return "removed";
      throw error;
    }
    return Number(own.size) === this.#size ? "kept" : "resized";
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#descriptor);
  }
}

/** What happens to a file that exists: see {@linkcode FileSink}. */
export type ExistingFile = keyof typeof FLAGS;

/** Opens a file for writing. @returns its descriptor @throws {Error} of the file system */
export function openForWriting(path: string, existing: ExistingFile): number {
  try {
    return existing === "replace" ? openEmptied(path) : openSync(path, FLAGS[existing]);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST") throw error;
    const message =
      `Cannot write ${path}: it exists; name another file, or say existing: "replace"`;
    throw Object.assign(new Error(message, { cause: error }), { code, path });
  }
}

/** Opens a file that exists or not, without what it held. */
function openEmptied(path: string): number {
  // Windows gives one who appends no right to cut.
  if (process.platform === "win32") return openSync(path, FLAGS.replace);
  const descriptor = openSync(path, FLAGS.append | constants.O_CREAT);
  try {
    if (fstatSync(descriptor).isFile()) ftruncateSync(descriptor);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Numbers of files above 2^53 stay distinct. */
const EXACT = { bigint: true } as const;

// Appending, so that a file that somebody cuts is too short in the end, and has no hole.
const FLAGS = {
  replace: "w",
  refuse: "ax",
  append: constants.O_WRONLY | constants.O_APPEND,
} as const;
