import { unzigzag } from "../../core/bytes/bits.ts";
import type { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";

/*
 * Packed words: a header byte, `predictor << 4 | packing`, then the residuals of a prediction in
 * zigzag form. FORMAT.md, "Packed words".
 */

const PACKING_ZERO = 0;
const PACKING_SPARSE = 5;
/** Sparse packing pays from this many residuals per residual that is not zero. */
const SPARSE_RATIO = 8;

/** Bit length of a residual in zigzag form: what it costs, roughly. */
export function bitsOf(residual: number): number {
  return 32 - Math.clz32((residual << 1) ^ (residual >> 31));
}

/** Writes a predictor and its residuals; writes nothing at all when there are none. */
export function writeResiduals(out: ByteWriter, predictor: number, residuals: Int32Array): void {
  const count = residuals.length;
  if (count === 0) return;
  let all = 0;
  let changes = 0;
  for (let i = 0; i < count; i++) {
    const r = residuals[i]!;
    all |= (r << 1) ^ (r >> 31);
    if (r !== 0) changes++;
  }
  const isSparse = changes > 0 && changes * SPARSE_RATIO < count;
  const planes = (39 - Math.clz32(all)) >>> 3;
  out.u8((predictor << 4) | (isSparse ? PACKING_SPARSE : planes));
  if (isSparse) writeSparse(out, residuals, changes);
  else writePlanes(out, residuals, planes);
}

/** Predictor and residuals, `count` of them. @throws {ByteSyntaxError} on malformed input */
export function readResiduals(
  input: ByteReader,
  count: number,
): { predictor: number; residuals: Int32Array } {
  const residuals = new Int32Array(count);
  if (count === 0) return { predictor: 0, residuals };
  const header = input.u8();
  const packing = header & 15;
  if (packing > PACKING_SPARSE) input.refuse(`packing is ${packing}, expected 0 to 5`);
  if (packing === PACKING_SPARSE) readSparse(input, residuals);
  else if (packing !== PACKING_ZERO) readPlanes(input, residuals, packing);
  return { predictor: header >>> 4, residuals };
}

function writePlanes(out: ByteWriter, residuals: Int32Array, planes: number): void {
  const buffer = out.reserve(residuals.length * planes);
  let at = out.length;
  for (let shift = 0; shift < planes * 8; shift += 8) {
    for (let i = 0; i < residuals.length; i++) {
      const r = residuals[i]!;
      buffer[at++] = ((r << 1) ^ (r >> 31)) >>> shift;
    }
  }
  out.length = at;
}

function readPlanes(input: ByteReader, residuals: Int32Array, planes: number): void {
  const count = residuals.length;
  const bytes = input.take(count * planes);
  for (let i = 0; i < count; i++) {
    let z = bytes[i]!;
    if (planes > 1) z |= bytes[count + i]! << 8;
    if (planes > 2) z |= bytes[2 * count + i]! << 16;
    if (planes > 3) z |= bytes[3 * count + i]! << 24;
    residuals[i] = unzigzag(z);
  }
}

function writeSparse(out: ByteWriter, residuals: Int32Array, changes: number): void {
  out.varint(changes);
  let zeros = 0;
  for (let i = 0; i < residuals.length; i++) {
    if (residuals[i] === 0) zeros++;
    else {
      out.varint(zeros);
      zeros = 0;
    }
  }
  for (let i = 0; i < residuals.length; i++) {
    if (residuals[i] !== 0) out.zigzag(residuals[i]!);
  }
}

function readSparse(input: ByteReader, residuals: Int32Array): void {
  const changes = input.varint();
  if (changes > residuals.length) {
    input.refuse(`${changes} residuals differ from zero, there are ${residuals.length}`);
  }
  const places = new Uint32Array(changes);
  let next = 0;
  for (let c = 0; c < changes; c++) {
    next += input.varint();
    if (next >= residuals.length) {
      input.refuse(`residual ${next} is set, there are ${residuals.length}`);
    }
    places[c] = next++;
  }
  for (let c = 0; c < changes; c++) residuals[places[c]!] = input.zigzag();
}

/**
 * Writes words of one list: predictor 0 keeps the value, 1 subtracts the word before (0 for the
 * first), 2 continues the line through the two before.
 */
export function writeWords(out: ByteWriter, words: Int32Array | Uint32Array): void {
  const kept = new Int32Array(words.buffer, words.byteOffset, words.length);
  const predictor = cheapestPredictor(kept);
  const residuals = kept.slice();
  for (let pass = 0; pass < predictor; pass++) {
    for (let i = residuals.length - 1; i > 0; i--) residuals[i]! -= residuals[i - 1]!;
  }
  writeResiduals(out, predictor, residuals);
}

/** List of `count` words. @throws {ByteSyntaxError} on malformed input */
export function readWords(input: ByteReader, count: number): Int32Array {
  const { predictor, residuals } = readResiduals(input, count);
  if (predictor > 2) input.refuse(`predictor is ${predictor}, expected 0 to 2`);
  for (let pass = 0; pass < predictor; pass++) {
    for (let i = 1; i < count; i++) residuals[i]! += residuals[i - 1]!;
  }
  return residuals;
}

function cheapestPredictor(words: Int32Array): number {
  let wordBits = 0;
  let stepBits = 0;
  let bendBits = 0;
  let word = 0;
  let step = 0;
  for (let i = 0; i < words.length; i++) {
    const nextStep = (words[i]! - word) | 0;
    word = words[i]!;
    wordBits += bitsOf(word);
    stepBits += bitsOf(nextStep);
    bendBits += bitsOf((nextStep - step) | 0);
    step = nextStep;
  }
  if (wordBits <= stepBits && wordBits <= bendBits) return 0;
  return stepBits <= bendBits ? 1 : 2;
}
