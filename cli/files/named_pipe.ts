import { closeSync, constants, openSync, readSync, statSync } from "node:fs";
import { CommandError } from "../exit_code.ts";

/** Bytes that are read at once: as many as a pipe holds. */
const CHUNK_BYTES = 1 << 16;
/** Waits between two looks into a silent pipe; they double from the first to the second. */
const WAIT_MS_MIN = 1;
const WAIT_MS_MAX = 16;

const END = { done: true, value: undefined } as const;

/**
 * Bytes of a named pipe, which can be left at any time: a plain open waits for a writer, a plain
 * read for bytes, and nothing ends either. Here neither waits.
 */
export class NamedPipe implements AsyncIterable<Uint8Array> {
  /** True while a writer that closes it is followed by others; else the first one's end is its end. */
  isLasting: boolean = false;
  readonly #path: string;
  #descriptor: number | undefined;
  /** Room for the next bytes, kept while the pipe is silent. */
  #spare: Uint8Array | undefined;
  #isOpened = false;
  #isClosed = false;

  /** Pipe of a path; nothing is opened yet. */
  constructor(path: string) {
    this.#path = path;
  }

  /** True once somebody was seen who has opened it for writing. */
  get isOpened(): boolean {
    return this.#isOpened;
  }

  /** The one iteration. @throws {Error} of the file system */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: () => this.#next(),
      return: async () => {
        this.#close();
        return END;
      },
    };
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (let waitMs = WAIT_MS_MIN; !this.#isClosed; waitMs = Math.min(2 * waitMs, WAIT_MS_MAX)) {
      this.#descriptor ??= openSync(this.#path, constants.O_RDONLY | constants.O_NONBLOCK);
      const value = this.#read();
      // Without a writer a pipe looks ended, also before the first one.
      if (value?.length === 0 && this.#isOpened && !this.isLasting) break;
      if (value?.length !== 0) this.#isOpened = true;
      if (value !== undefined && value.length > 0) return { done: false, value };
      await sleep(waitMs);
    }
    this.#close();
    return END;
  }

  /** Bytes that lie in the pipe, none when it has no writer, undefined while it is silent. */
  #read(): Uint8Array | undefined {
    const bytes = this.#spare ?? new Uint8Array(CHUNK_BYTES);
    this.#spare = bytes;
    try {
      const length = readSync(this.#descriptor!, bytes);
      if (length > 0) this.#spare = undefined;
      return bytes.subarray(0, length);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
      throw error;
    }
  }

  #close(): void {
    this.#isClosed = true;
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Time in which somebody has to open a named pipe for reading, and between two looks, in ms. */
const READER_MS_MAX = 5000;
const LOOK_MS = 20;

/** Keeps the reader of a pipe from seeing its end before it is written. */
interface PipeReader {
  release(): void;
}

/**
 * Waits for somebody who reads a named pipe: a plain open would do so without an end. For anything
 * else there is nobody to wait for.
 *
 * @param path as the user gave it
 * @throws {CommandError} when nobody comes for 5 s
 * @throws {Error} of the file system
 */
export async function pipeReader(target: string, path: string): Promise<PipeReader> {
  // What the process was started with is open already.
  if (/^\/(?:dev|proc)\//.test(target) || !statSync(target).isFIFO()) return { release: () => {} };
  for (let waitedMs = 0; waitedMs < READER_MS_MAX; waitedMs += LOOK_MS) {
    try {
      const descriptor = openSync(target, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
      return { release: () => closeSync(descriptor) };
    } catch (error) {
      if (!isWithoutReader(error)) throw error;
    }
    await sleep(LOOK_MS);
  }
  throw new CommandError(
    `Cannot write ${path}: it is a pipe and nobody read it for ${READER_MS_MAX} ms; name a file, or read it before`,
  );
}

/** Deno gives the error by its number only. */
function isWithoutReader(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENXIO" || /\(os error 6\)$/.test(message);
}
