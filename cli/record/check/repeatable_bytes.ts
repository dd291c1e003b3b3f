import type { Input } from "../../files/files.ts";

/** Bytes of a pipe that are kept to be read again. */
const KEPT_BYTES_MAX = 64 * 1024 * 1024;

/** Bytes that can be read at least once. */
export interface RepeatableBytes {
  /** True when they can be read again and again. */
  readonly isRepeatable: boolean;
  /** Opens them; the second time only where they can be read again. */
  open(): AsyncIterable<Uint8Array>;
}

/** Bytes of an input; those of a pipe are kept in memory, as far as they go into it. */
export async function repeatableBytes(input: Input): Promise<RepeatableBytes> {
  if (input.isRepeatable) return { isRepeatable: true, open: () => input.open() };
  const kept: Uint8Array[] = [];
  let bytes = 0;
  const chunks = input.open()[Symbol.asyncIterator]();
  while (bytes <= KEPT_BYTES_MAX) {
    const { done, value } = await chunks.next();
    if (done) return { isRepeatable: true, open: () => all(kept) };
    kept.push(value.slice());
    bytes += value.length;
  }
  return { isRepeatable: false, open: () => all(kept, chunks) };
}

async function* all(
  kept: Uint8Array[],
  rest?: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  if (rest === undefined) return yield* kept;
  try {
    for (let chunk = kept.shift(); chunk !== undefined; chunk = kept.shift()) yield chunk;
    for (;;) {
      const { done, value } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest.return?.();
  }
}
