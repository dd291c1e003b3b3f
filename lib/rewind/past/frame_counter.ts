/** How the frames of a recording were made from the counter of its game. */
export interface FrameCounter {
  /** Bits of the counter, which was unwrapped; undefined when it does not wrap. */
  readonly bits: 8 | 16 | undefined;
  /** Frames that were added. */
  readonly offset: number;
}

/** Facts of a recording that say so. */
const BITS = "record.frameBits";
const OFFSET = "record.frameOffset";

/**
 * How frames were counted, from the reader's `source`; undefined when they are the game's own.
 *
 * @throws {SyntaxError} when a fact is none that `hindcast record` writes
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readFrameCounter } from "@hindcast/hindcast/rewind";
 *
 * const source = new Map([["record.frameBits", "16"]]);
 * assert.deepEqual(readFrameCounter(source), { bits: 16, offset: 0 });
 * ```
 */
export function readFrameCounter(source: ReadonlyMap<string, string>): FrameCounter | undefined {
  const bits = source.get(BITS);
  const offset = source.get(OFFSET);
  if (bits === undefined && offset === undefined) return undefined;
  if (bits !== undefined && bits !== "8" && bits !== "16") throw unreadable(BITS, bits);
  if (offset !== undefined && !(/^-?\d+$/.test(offset) && Number.isSafeInteger(Number(offset)))) {
    throw unreadable(OFFSET, offset);
  }
  return {
    bits: bits === undefined ? undefined : bits === "8" ? 8 : 16,
    offset: Number(offset ?? 0),
  };
}

/**
 * Recorded frame of a value of the game's counter, which may have a fraction.
 *
 * @param near recorded frame that it lies nearest to, where the counter wraps; of two as near the
 *   older one is meant
 */
export function frameOfCounter(
  value: number,
  near: number,
  { bits, offset }: FrameCounter,
): number {
  const frame = value + offset;
  if (bits === undefined) return frame;
  const turn = 2 ** bits;
  const ahead = (frame - near) % turn;
  const forward = ahead < 0 ? ahead + turn : ahead;
  return near + (forward >= turn / 2 ? forward - turn : forward);
}

function unreadable(fact: string, text: string): SyntaxError {
  return new SyntaxError(
    `Cannot read how frames were counted: ${fact} is ${JSON.stringify(text)}`,
  );
}
