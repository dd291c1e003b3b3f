import type { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import { costBits, readResiduals, readWords, writeResiduals, writeWords } from "./words.ts";

/*
 * One word of every sample of a kind, track after track. FORMAT.md, "Columns": the first word of
 * each track as packed words, then all others as residuals of a predictor that looks back along
 * the track:
 *   0 nothing  1 the sample before  2 the line through the two before, per sample
 *   3 the line through the two before, per time: server frames are not evenly spaced
 */

const PREDICTORS = 4;

/** Samples of a kind as the columns see them. */
export interface SampleAxis {
  /** First sample of each track, and the number of all samples at the end. */
  readonly starts: Int32Array;
  /** Time of each sample in milliseconds. */
  readonly timesMs: Float64Array;
}

/** Writes a column. */
export function writeColumn(out: ByteWriter, axis: SampleAxis, column: Int32Array): void {
  const { starts } = axis;
  const tracks = starts.length - 1;
  const firsts = new Int32Array(tracks);
  for (let t = 0; t < tracks; t++) firsts[t] = column[starts[t]!]!;
  writeWords(out, firsts);
  const count = column.length - tracks;
  let best = predictResiduals(axis, column, 1);
  let bestCost = costBits(best, count);
  let predictor = 1;
  for (let p = 0; p < PREDICTORS && bestCost > 0; p++) {
    if (p === 1) continue;
    const residuals = predictResiduals(axis, column, p);
    const cost = costBits(residuals, count);
    if (cost < bestCost) {
      best = residuals;
      bestCost = cost;
      predictor = p;
    }
  }
  writeResiduals(out, predictor, best, count);
}

/** Column of as many words as there are samples. @throws {ByteSyntaxError} on malformed input */
export function readColumn(input: ByteReader, axis: SampleAxis): Int32Array {
  const { starts } = axis;
  const tracks = starts.length - 1;
  const column = new Int32Array(starts[tracks]!);
  const firsts = readWords(input, tracks);
  const { predictor, residuals } = readResiduals(input, column.length - tracks);
  if (predictor >= PREDICTORS) input.refuse(`predictor is ${predictor}, expected 0 to 3`);
  let next = 0;
  for (let t = 0; t < tracks; t++) {
    const start = starts[t]!;
    const end = starts[t + 1]!;
    column[start] = firsts[t]!;
    for (let s = start + 1; s < end; s++) {
      column[s] = predict(axis.timesMs, column, start, s, predictor) + residuals[next++]!;
    }
  }
  return column;
}

function predictResiduals(axis: SampleAxis, column: Int32Array, predictor: number): Int32Array {
  const { starts, timesMs } = axis;
  const tracks = starts.length - 1;
  const residuals = new Int32Array(column.length - tracks);
  let next = 0;
  for (let t = 0; t < tracks; t++) {
    const start = starts[t]!;
    const end = starts[t + 1]!;
    for (let s = start + 1; s < end; s++) {
      residuals[next++] = column[s]! - predict(timesMs, column, start, s, predictor);
    }
  }
  return residuals;
}

/** Prediction of sample `s` of a track that starts at `start`, modulo 2^32. */
function predict(
  timesMs: Float64Array,
  column: Int32Array,
  start: number,
  s: number,
  predictor: number,
): number {
  if (predictor === 0) return 0;
  const before = column[s - 1]!;
  if (predictor === 1 || s === start + 1) return before;
  const step = (before - column[s - 2]!) | 0;
  if (predictor === 2) return before + step;
  const before2Ms = timesMs[s - 1]! - timesMs[s - 2]!;
  const scaled = Math.floor((step * (timesMs[s]! - timesMs[s - 1]!)) / before2Ms + 0.5);
  return before2Ms > 0 && Math.abs(scaled) <= 0x7fffffff ? before + scaled : before;
}
