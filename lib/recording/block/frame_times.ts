import { float64FromBits, float64HighBits, float64LowBits } from "../../core/bytes/bits.ts";
import type { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import { readWords, writeWords } from "./words.ts";

/*
 * Times of frames in milliseconds, exact to the bit. FORMAT.md, "Times": a form byte, then
 *   0 to 6  decimals: each time is an integer over 10^form
 *   7       even: a line from the first to the last time, and how far each time is off it
 *   8       bits: low words, high words
 */

const DECIMALS_MAX = 6;
const FORM_EVEN = 7;
const FORM_BITS = 8;

/**
 * Writes times.
 *
 * @param timesMs finite or not, every bit pattern comes back
 * @param frames frame of each time, as long as `timesMs`
 */
export function writeTimes(out: ByteWriter, timesMs: Float64Array, frames: Uint32Array): void {
  if (timesMs.length === 0) return;
  for (let decimals = 0; decimals <= DECIMALS_MAX; decimals++) {
    const counts = decimalCounts(timesMs, 10 ** decimals);
    if (counts === undefined) continue;
    out.u8(decimals).f64(counts.first);
    writeWords(out, counts.offsets);
    return;
  }
  const errors = lineErrors(timesMs, frames);
  if (errors !== undefined) {
    out.u8(FORM_EVEN).f64(timesMs[0]!).f64(timesMs[timesMs.length - 1]!);
    writeWords(out, errors);
    return;
  }
  out.u8(FORM_BITS);
  writeWords(out, Int32Array.from(timesMs, float64LowBits));
  writeWords(out, Int32Array.from(timesMs, float64HighBits));
}

/** Times of the given frames. @throws {ByteSyntaxError} on malformed input */
export function readTimes(input: ByteReader, frames: Uint32Array): Float64Array {
  const count = frames.length;
  const timesMs = new Float64Array(count);
  if (count === 0) return timesMs;
  const form = input.u8();
  if (form <= DECIMALS_MAX) {
    const first = input.f64();
    const offsets = readWords(input, count);
    const denominator = 10 ** form;
    for (let i = 0; i < count; i++) timesMs[i] = (first + offsets[i]!) / denominator;
  } else if (form === FORM_EVEN) {
    const first = input.f64();
    const last = input.f64();
    const errors = readWords(input, count);
    for (let i = 0; i < count; i++) {
      const near = lineAt(first, last, frames, i);
      timesMs[i] = errors[i] === 0 ? near : fromOrdinal(ordinal(near) + BigInt(errors[i]!));
    }
  } else if (form === FORM_BITS) {
    const lows = readWords(input, count);
    const highs = readWords(input, count);
    for (let i = 0; i < count; i++) timesMs[i] = float64FromBits(lows[i]!, highs[i]!);
  } else {
    input.refuse(`form of the times is ${form}, expected 0 to ${FORM_BITS}`);
  }
  return timesMs;
}

function decimalCounts(
  timesMs: Float64Array,
  denominator: number,
): { first: number; offsets: Int32Array } | undefined {
  const first = Math.round(timesMs[0]! * denominator);
  const offsets = new Int32Array(timesMs.length);
  for (let i = 0; i < timesMs.length; i++) {
    const offset = Math.round(timesMs[i]! * denominator) - first;
    if ((offset | 0) !== offset) return undefined;
    if (!Object.is((first + offset) / denominator, timesMs[i])) return undefined;
    offsets[i] = offset;
  }
  return { first, offsets };
}

function lineErrors(timesMs: Float64Array, frames: Uint32Array): Int32Array | undefined {
  const first = timesMs[0]!;
  const last = timesMs[timesMs.length - 1]!;
  const errors = new Int32Array(timesMs.length);
  for (let i = 0; i < timesMs.length; i++) {
    const near = lineAt(first, last, frames, i);
    if (near === timesMs[i] && near !== 0) continue;
    const error = Number(ordinal(timesMs[i]!) - ordinal(near));
    if ((error | 0) !== error) return undefined;
    errors[i] = error;
  }
  return errors;
}

function lineAt(first: number, last: number, frames: Uint32Array, i: number): number {
  const span = (frames[frames.length - 1]! - frames[0]!) >>> 0;
  return span === 0 ? first : first + ((last - first) * ((frames[i]! - frames[0]!) >>> 0)) / span;
}

const bits = new BigInt64Array(1);
const numbers = new Float64Array(bits.buffer);
const SIGN_FLIP = 0x7fffffffffffffffn;

/** Place of a number among all binary64 numbers: neighbours differ by 1. */
function ordinal(value: number): bigint {
  numbers[0] = value;
  return bits[0]! < 0n ? bits[0]! ^ SIGN_FLIP : bits[0]!;
}

function fromOrdinal(place: bigint): number {
  bits[0] = place < 0n ? place ^ SIGN_FLIP : place;
  return numbers[0]!;
}
