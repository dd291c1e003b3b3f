import { closeSync, constants, openSync, promises, readSync } from "node:fs";

/** Bytes that are read at once: as many as a pipe holds. */
const CHUNK_BYTES = 1 << 16;
/** Waits between two looks into a silent pipe; they double from the first to the second. */
const WAIT_MS_MIN = 1;
const WAIT_MS_MAX = 16;

const END = { done: true, value: undefined } as const;

/**
 * Bytes of a named pipe, which can be left at any time. A plain open waits for a writer, a plain
 * read for bytes, and nothing ends either: here only a thread waits for the writer, who is then
 * played, and the reads do not block.
 */
export class NamedPipe implements AsyncIterable<Uint8Array> {
  readonly #path: string;
  #descriptor: number | undefined;
  #isOpening = false;
  #isOpened = false;
  #isClosed = false;

  /** Pipe of a path; nothing is opened yet. */
  constructor(path: string) {
    this.#path = path;
  }

  /** True once somebody has opened it for writing. */
  get isOpened(): boolean {
    return this.#isOpened;
  }

  /** The one iteration. @throws {Error} of the file system */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: () => this.#next(),
      return: async () => {
        await this.#close();
        return END;
      },
    };
  }

  async #next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#descriptor === undefined && !this.#isClosed) await this.#open();
    for (let waitMs = WAIT_MS_MIN; !this.#isClosed; waitMs = Math.min(2 * waitMs, WAIT_MS_MAX)) {
      const value = this.#read();
      if (value?.length === 0) await this.#close();
      else if (value !== undefined) return { done: false, value };
      else await sleep(waitMs);
    }
    return END;
  }

  async #open(): Promise<void> {
    this.#isOpening = true;
    const waiting = promises.open(this.#path, "r");
    const first = await waiting.finally(() => this.#isOpening = false);
    try {
      if (this.#isClosed) return;
      this.#isOpened = true;
      // The first keeps the pipe alive meanwhile, so that its end is told from having no writer.
      this.#descriptor = openSync(this.#path, constants.O_RDONLY | constants.O_NONBLOCK);
    } finally {
      await first.close();
    }
  }

  /** Bytes that lie in the pipe, none at its end, undefined while it is silent. */
  #read(): Uint8Array | undefined {
    const bytes = new Uint8Array(CHUNK_BYTES);
    try {
      return bytes.subarray(0, readSync(this.#descriptor!, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
      throw error;
    }
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    while (this.#isOpening && this.#playWriter()) await sleep(WAIT_MS_MIN);
  }

  /** Ends an open that waits for a writer. @returns false when that is not allowed */
  #playWriter(): boolean {
    try {
      closeSync(openSync(this.#path, constants.O_WRONLY | constants.O_NONBLOCK));
      return true;
    } catch (error) {
      // The thread has not come as far as the open yet.
      return (error as NodeJS.ErrnoException).code === "ENXIO";
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
