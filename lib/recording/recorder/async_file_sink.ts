import { close, fstatSync, fsync, write } from "node:fs";
import { promisify } from "node:util";
import { type ExistingFile, openForWriting } from "../container/file_sink.ts";
import type { RecordingSink } from "../container/sink.ts";

/** As a `FileSink`, for one writer; whoever waits for the disk is not the event loop. */
export class AsyncFileSink implements RecordingSink {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #isRegular: boolean;

  /** Opens a file for writing. @throws {Error} of the file system */
  constructor(path: string, existing: ExistingFile) {
    this.#path = path;
    this.#descriptor = openForWriting(path, existing);
    this.#isRegular = fstatSync(this.#descriptor).isFile();
  }

  /** Appends bytes. @throws {Error} of the file system, such as a full disk */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) {
        at += await writePart(this.#descriptor, bytes, at);
      }
    } catch (error) {
      throw this.#named(error);
    }
  }

  /** Settles when the disk has the bytes; does nothing for a pipe or a device. */
  async sync(): Promise<void> {
    if (!this.#isRegular) return;
    try {
      await promisify(fsync)(this.#descriptor);
    } catch (error) {
      throw this.#named(error);
    }
  }

  /** Closes the file. */
  close(): Promise<void> {
    return promisify(close)(this.#descriptor);
  }

  #named(error: unknown): Error {
    const { code, message } = error as NodeJS.ErrnoException;
    const told = new Error(`Cannot write ${this.#path}: ${message}`, { cause: error });
    return Object.assign(told, { code, path: this.#path });
  }
}

function writePart(descriptor: number, bytes: Uint8Array, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(descriptor, bytes, at, bytes.length - at, null, (error, count) => {
      if (error) reject(error);
      else resolve(count);
    });
  });
}
