import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import type { RecordingSink, RecordingSource } from "./sink.ts";

/** Sink that writes a file by its descriptor. */
export class FileSink implements RecordingSink {
  readonly #descriptor: number;
  readonly #isRegular: boolean;

  /**
   * Opens a file for writing.
   *
   * @param path file, replaced when it exists; a device or a named pipe is written to
   * @throws {Error} of the file system
   */
  constructor(path: string) {
    this.#descriptor = openSync(path, "w");
    this.#isRegular = fstatSync(this.#descriptor).isFile();
  }

  /** Appends bytes. @throws {Error} of the file system, such as a full disk */
  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      at += writeSync(this.#descriptor, bytes, at, bytes.length - at);
    }
  }

  /** Waits until the disk has the bytes; does nothing for a pipe or a device. */
  sync(): void {
    if (this.#isRegular) fsyncSync(this.#descriptor);
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Source that reads a file by its descriptor. */
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
