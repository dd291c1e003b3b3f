// The web's DecompressionStream cannot serve here: on Deno it refuses concatenated members (its
// specification allows only one), and what it threw away on an error differs between runtimes.
import { remedy } from "../../core/remedy.ts";
import { createGunzip } from "node:zlib";
import { InputSyntaxError } from "../input/input_error.ts";

// Bounds what one step can inflate to: deflate expands at most 1032 times.
const SLICE_BYTES = 16 * 1024;
/** Data that is kept, so that what stands before damage in it can be inflated once more. */
const KEPT_BYTES_MAX = 1 << 20;

/** True when bytes start as gzip data does; two bytes decide. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Inflates gzip data, concatenated members included; padding with zeros after them is ignored.
 * What was inflated before damage is given out before the error: all of it in the first megabyte,
 * behind that all but the last few kilobytes of data.
 *
 * @param source name of the input for messages
 * @throws {InputSyntaxError} when the data is cut off or damaged
 */
export async function* gunzip(
  input: AsyncIterable<Uint8Array>,
  source: string,
): AsyncGenerator<Uint8Array, void, void> {
  const inflater = new Inflater();
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  try {
    for await (const chunk of input) {
      for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
        const slice = chunk.slice(at, at + SLICE_BYTES);
        keptBytes += slice.length;
        if (keptBytes <= KEPT_BYTES_MAX) kept.push(slice);
        await inflater.write(slice);
        yield* inflater.take();
        const { failure, bytes } = inflater;
        if (failure === undefined) continue;
        let rescued = 0;
        if (keptBytes <= KEPT_BYTES_MAX) {
          for await (const piece of inflateUpTo(kept, bytes)) {
            rescued += piece.length;
            yield piece;
          }
        }
        refuse(failure, bytes + rescued, source);
      }
    }
    await inflater.end();
    yield* inflater.take();
    if (inflater.failure !== undefined) refuse(inflater.failure, inflater.bytes, source);
  } finally {
    inflater.close();
  }
}

/** What comes of data whose last slice is damaged, behind some bytes that came of it already. */
async function* inflateUpTo(
  slices: readonly Uint8Array[],
  skipped: number,
): AsyncGenerator<Uint8Array, void, void> {
  const inflater = new Inflater();
  try {
    for (const slice of slices.slice(0, -1)) {
      await inflater.write(slice);
      for (const _ of inflater.take());
    }
    // What came of a step that fails is lost, so that the steps have to be small.
    const last = slices.at(-1)!;
    for (let at = 0; at < last.length && inflater.failure === undefined; at++) {
      await inflater.write(last.subarray(at, at + 1));
      for (const piece of inflater.take()) {
        const start = inflater.taken - piece.length;
        if (inflater.taken > skipped) yield piece.subarray(Math.max(0, skipped - start));
      }
    }
  } finally {
    inflater.close();
  }
}

type Failure = Error & { readonly code?: string };

/** A stream that inflates step by step. */
class Inflater {
  /** Bytes that came so far, and those of them that were taken. */
  bytes = 0;
  taken = 0;
  /** Why nothing more comes. */
  failure: Failure | undefined;
  readonly #stream = createGunzip();
  #inflated: Uint8Array[] = [];
  /** Padding after the last member ends the stream, and then no write is answered any more. */
  #isOver = false;
  #wake = () => {};

  constructor() {
    this.#stream.on("data", (bytes: Uint8Array) => {
      this.#inflated.push(bytes);
      this.bytes += bytes.length;
    });
    this.#stream.on("error", (error: Error) => {
      this.failure = error;
      this.#wake();
    });
    this.#stream.on("end", () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#step((done) => this.#stream.write(bytes, () => done()));
  }

  end(): Promise<void> {
    return this.#step(() => this.#stream.end());
  }

  *take(): Generator<Uint8Array, void, void> {
    const inflated = this.#inflated;
    this.#inflated = [];
    for (const piece of inflated) {
      this.taken += piece.length;
      yield piece;
    }
  }

  close(): void {
    this.#stream.destroy();
  }

  #step(act: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      if (this.failure !== undefined || this.#isOver) return resolve();
      this.#wake = resolve;
      act(resolve);
    });
  }
}

function refuse({ code }: Failure, bytes: number, source: string): never {
  const isCut = code === "Z_BUF_ERROR";
  throw new InputSyntaxError(
    { source },
    `the gzip data is ${isCut ? "cut off" : "damaged"} after ${bytes} bytes of text`,
    isCut
      ? remedy`copy the file again; what came before was read`
      : remedy`test it with gzip -t; what came before was read and may be wrong`,
    { code: "bad-gzip" },
  );
}
