import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { RecordingSource } from "./sink.ts";

/**
 * Source that reads a file by its descriptor.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { FileSink, FileSource, RecordingReader } from "@hindcast/hindcast/recording";
 * import { RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const path = join(mkdtempSync(join(tmpdir(), "hindcast-")), "match.mcap");
 * const sink = new FileSink(path);
 * const writer = await RecordingWriter.open(sink);
 * await writer.write({ frame: 7, timeMs: 0, entities: [] });
 * await writer.close();
 * sink.close();
 *
 * const source = new FileSource(path);
 * const reader = await RecordingReader.open(source);
 * assert.equal(reader.lastFrame, 7);
 * source.close();
 * ```
 */
export class FileSource implements RecordingSource {
  /** Path of the file. */
  readonly name: string;
  /** Bytes of the file when it was opened. */
  readonly size: number;
  readonly #descriptor: number;

  /**
   * Opens a file for reading.
   *
   * @throws {Error} of the file system; EISDIR for a directory
   */
  constructor(path: string) {
    this.name = path;
    this.#descriptor = openSync(path, "r");
    const stat = fstatSync(this.#descriptor);
    if (stat.isDirectory()) {
      closeSync(this.#descriptor);
      throw Object.assign(new Error(`EISDIR: ${path} is a directory`), { code: "EISDIR", path });
    }
    this.size = stat.size;
  }

  /** Reads bytes; fewer than asked for only where the file ends. */
  read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    let at = 0;
    while (at < bytes.length) {
      const count = readSync(this.#descriptor, bytes, at, bytes.length - at, offset + at);
      if (count === 0) break;
      at += count;
    }
    return bytes.subarray(0, at);
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#descriptor);
  }
}
