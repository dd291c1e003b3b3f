import type { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { BLOCK_WORDS_MAX } from "../container/format.ts";
import type { Work } from "../queue/work.ts";
import { kindLayout, type KindTracks, textWords, trackStarts } from "./block_content.ts";
import { RowCheck } from "./row_check.ts";
import { readColumn, sampleAxis, writeColumn } from "./track_column.ts";
import type { WordArena } from "./word_arena.ts";
import { readWords, writeWords } from "./words.ts";

/** What the tracks of a block have in common. */
export interface TrackBlock<Texts> {
  /** Time of each frame of the block in milliseconds. */
  readonly timesMs: Float64Array;
  /** Numbers of texts, in the block by those of the pool or the other way; undefined without. */
  readonly texts: Texts | undefined;
  /** Layout of the rows. */
  readonly layout: SnapshotLayout;
}

/** Words of rows that may still come, so that no file takes more memory than a block may. */
export interface TrackBudget {
  /** Words that are left. */
  words: number;
}

/** Samples whose words are gathered in one go. */
const SLICE_SAMPLES = 1 << 14;

/** Writes the tracks of a kind. FORMAT.md, "Block". @param arena memory for a column at a time */
export function* writeTracks(
  out: ByteWriter,
  tracks: KindTracks,
  { timesMs, texts, layout }: TrackBlock<ReadonlyMap<number, number>>,
  arena: WordArena,
): Work {
  const { ids, births, spans, sampleCounts, positions, rows } = tracks;
  const starts = trackStarts(sampleCounts);
  out.varint(ids.length);
  writeWords(out, ids);
  writeWords(out, births);
  writeWords(out, lessOne(spans));
  writeWords(out, lessOne(sampleCounts));
  yield;
  writeWords(out, sampleGaps(positions, starts));
  yield;
  const row = kindLayout(layout, tracks.kind);
  const axis = sampleAxis(starts, positions, timesMs);
  const named = textWords(row);
  const { end, stride } = row;
  const { used } = arena;
  for (let w = 0; w < end; w++) {
    yield;
    const column = arena.take(positions.length);
    const isNamed = named.includes(w);
    for (let from = 0; from < column.length; from += SLICE_SAMPLES) {
      const to = Math.min(from + SLICE_SAMPLES, column.length);
      for (let s = from, at = from * stride + w; s < to; s++, at += stride) column[s] = rows[at]!;
      if (isNamed) { for (let s = from; s < to; s++) column[s] = texts!.get(column[s]!)!; }
      yield;
    }
    yield* writeColumn(out, axis, column, arena);
    arena.giveBack(used);
  }
}

/** Tracks of a kind. @throws {ByteSyntaxError} on malformed input */
export function readTracks(
  input: ByteReader,
  kind: number,
  { timesMs, texts, layout }: TrackBlock<Int32Array>,
  budget: TrackBudget,
): KindTracks {
  const row = kindLayout(layout, kind);
  const count = input.varint();
  if (count < 1 || count * row.stride > budget.words) {
    input.refuse(`the kind has ${count} tracks, expected 1 or more and less than memory holds`);
  }
  const ids = new Uint32Array(readWords(input, count).buffer);
  const births = readWords(input, count);
  const spans = plusOne(readWords(input, count));
  const sampleCounts = plusOne(readWords(input, count));
  for (let t = 0; t < count; t++) {
    const span = spans[t]!;
    if (!(births[t]! >= 0 && span >= 1 && births[t]! + span <= timesMs.length)) {
      input.refuse(`track ${t} lasts from frame position ${births[t]} for ${span} frames`);
    }
    if (!(sampleCounts[t]! >= 1 && sampleCounts[t]! <= span)) {
      input.refuse(`track ${t} has ${sampleCounts[t]} samples in ${span} frames`);
    }
    budget.words -= sampleCounts[t]! * row.stride;
    if (budget.words < 0) input.refuse(`the rows exceed ${BLOCK_WORDS_MAX} words`);
  }
  const starts = trackStarts(sampleCounts);
  const positions = readPositions(input, births, spans, starts);
  const axis = sampleAxis(starts, positions, timesMs);
  const { end, stride } = row;
  const rows = new Int32Array(positions.length * stride);
  const named = textWords(row);
  for (let w = 0; w < end; w++) {
    const column = readColumn(input, axis);
    if (named.includes(w)) {
      for (let s = 0; s < column.length; s++) {
        if (!(column[s]! >= 0 && column[s]! < texts!.length)) {
          input.refuse(`a text is number ${column[s]}, the block has ${texts!.length - 1}`);
        }
        column[s] = texts![column[s]!]!;
      }
    }
    for (let s = 0, at = w; s < column.length; s++, at += stride) rows[at] = column[s]!;
  }
  const fault = new RowCheck(row).fault(rows, 0, rows.length);
  if (fault !== undefined) input.refuse(fault);
  return { kind, ids, births, spans, sampleCounts, positions, rows };
}

/** Frames between the samples of each track; a track's first sample is at its birth. */
function sampleGaps(positions: Int32Array, starts: Int32Array): Int32Array {
  const tracks = starts.length - 1;
  const gaps = new Int32Array(positions.length - tracks);
  let next = 0;
  for (let t = 0; t < tracks; t++) {
    for (let s = starts[t]! + 1; s < starts[t + 1]!; s++) {
      gaps[next++] = positions[s]! - positions[s - 1]! - 1;
    }
  }
  return gaps;
}

function readPositions(
  input: ByteReader,
  births: Int32Array,
  spans: Int32Array,
  starts: Int32Array,
): Int32Array {
  const tracks = births.length;
  const positions = new Int32Array(starts[tracks]!);
  const gaps = readWords(input, positions.length - tracks);
  let next = 0;
  for (let t = 0; t < tracks; t++) {
    const end = births[t]! + spans[t]!;
    let position = births[t]!;
    positions[starts[t]!] = position;
    for (let s = starts[t]! + 1; s < starts[t + 1]!; s++) {
      position += (gaps[next++]! >>> 0) + 1;
      if (position >= end) input.refuse(`a sample of track ${t} lies after its end`);
      positions[s] = position;
    }
  }
  return positions;
}

function lessOne(words: Int32Array): Int32Array {
  const less = new Int32Array(words.length);
  for (let i = 0; i < words.length; i++) less[i] = words[i]! - 1;
  return less;
}

function plusOne(words: Int32Array): Int32Array {
  const more = new Int32Array(words.length);
  for (let i = 0; i < words.length; i++) more[i] = words[i]! + 1;
  return more;
}
