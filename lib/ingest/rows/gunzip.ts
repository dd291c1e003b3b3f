// The web's DecompressionStream cannot serve here: on Deno it refuses concatenated members (its
// specification allows only one), and what it threw away on an error differs between runtimes.
import { remedy } from "../../core/remedy.ts";
import { createGunzip } from "node:zlib";
import { InputSyntaxError } from "../input/input_error.ts";

// Bounds what one step can inflate to: deflate expands at most 1032 times.
const SLICE_BYTES = 16 * 1024;

/** True when bytes start as gzip data does; two bytes decide. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Inflates gzip data, concatenated members included; padding with zeros after them is ignored.
 * What was inflated before damage is given out before the error.
 *
 * @param source name of the input for messages
 * @throws {InputSyntaxError} when the data is cut off or damaged
 */
export async function* gunzip(
  input: AsyncIterable<Uint8Array>,
  source: string,
): AsyncGenerator<Uint8Array, void, void> {
  const stream = createGunzip();
  let inflated: Uint8Array[] = [];
  let inflatedBytes = 0;
  let failure: (Error & { code?: string }) | undefined;
  // Padding after the last member ends the stream, and then no write is answered any more.
  let isOver = false;
  let wake = () => {};
  stream.on("data", (bytes: Uint8Array) => {
    inflated.push(bytes);
    inflatedBytes += bytes.length;
  });
  stream.on("error", (error: Error) => {
    failure = error;
    wake();
  });
  stream.on("end", () => {
    isOver = true;
    wake();
  });

  const step = (act: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      if (failure !== undefined || isOver) return resolve();
      wake = resolve;
      act(resolve);
    });
  const take = () => {
    const taken = inflated;
    inflated = [];
    return taken;
  };
  const refuse = ({ code }: { code?: string }): never => {
    const isCut = code === "Z_BUF_ERROR";
    throw new InputSyntaxError(
      { source },
      `the gzip data is ${isCut ? "cut off" : "damaged"} after ${inflatedBytes} bytes of text`,
      isCut
        ? remedy`copy the file again; what came before was read`
        : remedy`test it with gzip -t; what came before was read and may be wrong`,
      { code: "bad-gzip" },
    );
  };

  try {
    for await (const chunk of input) {
      for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
        const slice = chunk.subarray(at, at + SLICE_BYTES);
        await step((done) => stream.write(slice, () => done()));
        yield* take();
        if (failure !== undefined) refuse(failure);
      }
    }
    await step(() => stream.end());
    yield* take();
    if (failure !== undefined) refuse(failure);
  } finally {
    stream.destroy();
  }
}
