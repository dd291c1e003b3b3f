import type { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import type { Work } from "../queue/work.ts";
import type { WordArena } from "./word_arena.ts";
import { bitsOf, readResiduals, readWords, writeResiduals, writeWords } from "./words.ts";

/*
 * One word of every sample of a kind, track after track. FORMAT.md, "Columns": the first word of
 * each track as packed words, then all others as residuals of a predictor that looks back along
 * the track:
 *   0 nothing  1 the sample before  2 the line through the two before, per sample
 *   3 the line through the two before, per time: server frames are not evenly spaced
 */

const PREDICTORS = 4;

/** Samples after which others may run; a track has some thousands at most. */
const SLICE_SAMPLES = 8192;

/** Samples of a kind as the columns see them. */
export interface SampleAxis {
  /** First sample of each track, and the number of all samples at the end. */
  readonly starts: Int32Array;
  /** Time from the sample before to each sample in milliseconds; nothing at a track's first. */
  readonly stepsMs: Float64Array;
}

/** Axis of samples at positions of frames, track after track. */
export function sampleAxis(
  starts: Int32Array,
  positions: Int32Array,
  timesMs: Float64Array,
): SampleAxis {
  const stepsMs = new Float64Array(positions.length);
  for (let s = 1; s < positions.length; s++) {
    stepsMs[s] = timesMs[positions[s]!]! - timesMs[positions[s - 1]!]!;
  }
  return { starts, stepsMs };
}

/** Writes a column. @param arena memory for a copy of it */
export function* writeColumn(
  out: ByteWriter,
  axis: SampleAxis,
  column: Int32Array,
  arena: WordArena,
): Work {
  const { starts } = axis;
  const tracks = starts.length - 1;
  const firsts = arena.take(tracks);
  for (let t = 0; t < tracks; t++) firsts[t] = column[starts[t]!]!;
  writeWords(out, firsts);
  const predictor = isResting(axis, column) ? 1 : yield* cheapestPredictor(axis, column);
  yield;
  const residuals = arena.take(column.length - tracks);
  for (const [from, to] of trackSlices(starts)) {
    predictResiduals(axis, column, predictor, from, to, residuals);
    yield;
  }
  writeResiduals(out, predictor, residuals);
  yield;
}

/** Ranges of tracks with enough samples to be a slice. */
function* trackSlices(starts: Int32Array): Generator<[from: number, to: number], void> {
  const tracks = starts.length - 1;
  for (let from = 0, to = 0; from < tracks; from = to) {
    while (to < tracks && starts[to]! - starts[from]! < SLICE_SAMPLES) to++;
    yield [from, to];
  }
}

/** Column of as many words as there are samples. @throws {ByteSyntaxError} on malformed input */
export function readColumn(input: ByteReader, axis: SampleAxis): Int32Array {
  const { starts, stepsMs } = axis;
  const tracks = starts.length - 1;
  const column = new Int32Array(starts[tracks]!);
  const firsts = readWords(input, tracks);
  const { predictor, residuals } = readResiduals(input, column.length - tracks);
  if (predictor >= PREDICTORS) input.refuse(`predictor is ${predictor}, expected 0 to 3`);
  let next = 0;
  for (let t = 0; t < tracks; t++) {
    const start = starts[t]!;
    const end = starts[t + 1]!;
    let before = firsts[t]!;
    let step = 0;
    column[start] = before;
    for (let s = start + 1; s < end; s++) {
      const word = (predict(predictor, before, step, stepsMs, s) + residuals[next++]!) | 0;
      column[s] = word;
      step = (word - before) | 0;
      before = word;
    }
  }
  return column;
}

function predictResiduals(
  { starts, stepsMs }: SampleAxis,
  column: Int32Array,
  predictor: number,
  from: number,
  to: number,
  residuals: Int32Array,
): void {
  // Each track before has one sample that is no residual.
  let next = starts[from]! - from;
  for (let t = from; t < to; t++) {
    const start = starts[t]!;
    const end = starts[t + 1]!;
    let before = column[start]!;
    let step = 0;
    for (let s = start + 1; s < end; s++) {
      const word = column[s]!;
      residuals[next++] = word - predict(predictor, before, step, stepsMs, s);
      step = (word - before) | 0;
      before = word;
    }
  }
}

/**
 * Prediction of sample `s`, modulo 2^32.
 *
 * @param before sample before
 * @param step what that one added to its own predecessor; 0 when it has none
 */
function predict(
  predictor: number,
  before: number,
  step: number,
  stepsMs: Float64Array,
  s: number,
): number {
  if (predictor === 0) return 0;
  if (predictor === 1) return before;
  return predictor === 2 ? before + step : before + stepOver(step, stepsMs[s - 1]!, stepsMs[s]!);
}

/** A step that took some time, as it would be over another time; 0 when that is none. */
function stepOver(step: number, tookMs: number, stepMs: number): number {
  const scaled = Math.floor((step * stepMs) / tookMs + 0.5);
  return tookMs > 0 && Math.abs(scaled) <= 0x7fffffff ? scaled : 0;
}

/** True when no track's word changes. */
function isResting({ starts }: SampleAxis, column: Int32Array): boolean {
  for (let t = 0; t + 1 < starts.length; t++) {
    const first = column[starts[t]!]!;
    for (let s = starts[t]! + 1; s < starts[t + 1]!; s++) if (column[s] !== first) return false;
  }
  return true;
}

/** Bits of a column under each predictor. */
interface PredictorBits {
  word: number;
  step: number;
  line: number;
  timed: number;
}

/** Predictor with the fewest bits; of equals the first of 1, 0, 2, 3. */
function* cheapestPredictor(axis: SampleAxis, column: Int32Array): Work<number> {
  const bits = { word: 0, step: 0, line: 0, timed: 0 };
  for (const [from, to] of trackSlices(axis.starts)) {
    yield;
    countBits(axis, column, from, to, bits);
  }
  const least = Math.min(bits.word, bits.step, bits.line, bits.timed);
  if (bits.step === least) return 1;
  if (bits.word === least) return 0;
  return bits.line === least ? 2 : 3;
}

function countBits(
  { starts, stepsMs }: SampleAxis,
  column: Int32Array,
  from: number,
  to: number,
  bits: PredictorBits,
): void {
  let wordBits = 0;
  let stepBits = 0;
  let lineBits = 0;
  let timedBits = 0;
  for (let t = from; t < to; t++) {
    const end = starts[t + 1]!;
    let before = column[starts[t]!]!;
    let step = 0;
    for (let s = starts[t]! + 1; s < end; s++) {
      const word = column[s]!;
      const next = (word - before) | 0;
      wordBits += bitsOf(word);
      stepBits += bitsOf(next);
      lineBits += bitsOf((next - step) | 0);
      timedBits += bitsOf((next - stepOver(step, stepsMs[s - 1]!, stepsMs[s]!)) | 0);
      step = next;
      before = word;
    }
  }
  bits.word += wordBits;
  bits.step += stepBits;
  bits.line += lineBits;
  bits.timed += timedBits;
}
