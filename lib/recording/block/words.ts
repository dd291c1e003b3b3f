import { unzigzag, zigzag } from "../../core/bytes/bits.ts";
import type { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";

/*
 * Packed words: a header byte, `predictor << 4 | packing`, then the residuals of a prediction in
 * zigzag form. FORMAT.md, "Packed words".
 */

const PACKING_ZERO = 0;
const PACKING_SPARSE = 5;
/** Sparse packing pays from this many residuals per residual that is not zero. */
const SPARSE_RATIO = 8;

/** Sum of the bit lengths of residuals in zigzag form: what a predictor costs, roughly. */
export function costBits(residuals: Int32Array, count: number): number {
  let bits = 0;
  for (let i = 0; i < count; i++) {
    const r = residuals[i]!;
    bits += 32 - Math.clz32((r << 1) ^ (r >> 31));
  }
  return bits;
}

/** Writes a predictor and its residuals; writes nothing at all when `count` is 0. */
export function writeResiduals(
  out: ByteWriter,
  predictor: number,
  residuals: Int32Array,
  count: number,
): void {
  if (count === 0) return;
  let all = 0;
  let changes = 0;
  for (let i = 0; i < count; i++) {
    const z = zigzag(residuals[i]!);
    all |= z;
    if (z !== 0) changes++;
  }
  const isSparse = changes > 0 && changes * SPARSE_RATIO < count;
  const planes = (39 - Math.clz32(all)) >>> 3;
  out.u8((predictor << 4) | (isSparse ? PACKING_SPARSE : planes));
  if (isSparse) writeSparse(out, residuals, count, changes);
  else writePlanes(out, residuals, count, planes);
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

function writePlanes(
  out: ByteWriter,
  residuals: Int32Array,
  count: number,
  planes: number,
): void {
  for (let shift = 0; shift < planes * 8; shift += 8) {
    for (let i = 0; i < count; i++) out.u8((zigzag(residuals[i]!) >>> shift) & 0xff);
  }
}

function readPlanes(input: ByteReader, residuals: Int32Array, planes: number): void {
  const count = residuals.length;
  const bytes = input.take(count * planes);
  for (let i = 0; i < count; i++) {
    let z = 0;
    for (let p = 0; p < planes; p++) z |= bytes[p * count + i]! << (p * 8);
    residuals[i] = unzigzag(z);
  }
}

function writeSparse(
  out: ByteWriter,
  residuals: Int32Array,
  count: number,
  changes: number,
): void {
  out.varint(changes);
  let zeros = 0;
  for (let i = 0; i < count; i++) {
    if (residuals[i] === 0) zeros++;
    else {
      out.varint(zeros);
      zeros = 0;
    }
  }
  for (let i = 0; i < count; i++) {
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
  const count = words.length;
  const kept = new Int32Array(words.buffer, words.byteOffset, count);
  const steps = differences(kept);
  const bends = differences(steps);
  const costs = [costBits(kept, count), costBits(steps, count), costBits(bends, count)];
  const predictor = costs.indexOf(Math.min(...costs));
  writeResiduals(out, predictor, [kept, steps, bends][predictor]!, count);
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

function differences(words: Int32Array): Int32Array {
  const steps = new Int32Array(words.length);
  let before = 0;
  for (let i = 0; i < words.length; i++) {
    steps[i] = words[i]! - before;
    before = words[i]!;
  }
  return steps;
}
