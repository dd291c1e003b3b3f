import type { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import type { SnapshotLayout } from "../../core/state/snapshot.ts";
import { kindLayout, trackStarts, usedWords } from "./block_content.ts";
import type { BlockContent, KindTracks } from "./block_content.ts";
import { hasTexts, readTexts, textWords, writeTexts } from "./block_texts.ts";
import { BLOCK_FRAMES_MAX, BLOCK_WORDS_MAX } from "../container/format.ts";
import { readTimes, writeTimes } from "./frame_times.ts";
import { assertRows } from "./row_check.ts";
import { readColumn, writeColumn } from "./track_column.ts";
import { readWords, writeWords } from "./words.ts";

/**
 * Writes a block. FORMAT.md, "Block".
 *
 * @param layout layout of the rows in `content`
 */
export function writeBlock(out: ByteWriter, content: BlockContent, layout: SnapshotLayout): void {
  const { frames, timesMs, kinds } = content;
  out.varint(frames.length);
  writeFrames(out, frames);
  writeTimes(out, timesMs, frames);
  const texts = hasTexts(layout) ? writeTexts(out, kinds, layout) : undefined;
  out.varint(kinds.length);
  let before = -1;
  for (const tracks of kinds) {
    out.varint(tracks.kind - before - 1);
    before = tracks.kind;
    writeTracks(out, tracks, timesMs, texts, layout);
  }
}

/**
 * Block of states.
 *
 * @param layout layout of the schema revision that the block was written with
 * @throws {ByteSyntaxError} on malformed input
 */
export function readBlock(input: ByteReader, layout: SnapshotLayout): BlockContent {
  const frameCount = input.varint();
  if (frameCount < 1 || frameCount > BLOCK_FRAMES_MAX) {
    input.refuse(`the block has ${frameCount} frames, expected 1 to ${BLOCK_FRAMES_MAX}`);
  }
  const frames = readFrames(input, frameCount);
  const timesMs = readTimes(input, frames);
  if (!timesMs.every(Number.isFinite)) input.refuse("a time is not finite");
  const texts = hasTexts(layout) ? readTexts(input, layout.texts) : undefined;
  const kindCount = input.varint();
  if (kindCount > layout.kinds.length) {
    input.refuse(`the block has ${kindCount} kinds, the schema ${layout.kinds.length}`);
  }
  const kinds: KindTracks[] = [];
  const budget = { words: BLOCK_WORDS_MAX };
  let kind = -1;
  for (let k = 0; k < kindCount; k++) {
    kind += 1 + input.varint();
    if (kind >= layout.kinds.length) input.refuse(`kind is ${kind}, the schema lacks it`);
    kinds.push(readTracks(input, kind, timesMs, texts, layout, budget));
  }
  input.end();
  return { frames, timesMs, kinds };
}

/** Frame numbers: the first, then the number of frames left out before each other. */
function writeFrames(out: ByteWriter, frames: Uint32Array): void {
  out.u32(frames[0]!);
  const skips = new Int32Array(frames.length - 1);
  for (let i = 1; i < frames.length; i++) skips[i - 1] = frames[i]! - frames[i - 1]! - 1;
  writeWords(out, skips);
}

function readFrames(input: ByteReader, count: number): Uint32Array {
  const frames = new Uint32Array(count);
  frames[0] = input.u32();
  const skips = readWords(input, count - 1);
  let span = 0;
  for (let i = 1; i < count; i++) {
    const step = (skips[i - 1]! >>> 0) + 1;
    span += step;
    if (span > 0xffffffff) input.refuse("the frames of the block wrap around");
    frames[i] = frames[i - 1]! + step;
  }
  return frames;
}

function writeTracks(
  out: ByteWriter,
  tracks: KindTracks,
  timesMs: Float64Array,
  texts: ReadonlyMap<number, number> | undefined,
  layout: SnapshotLayout,
): void {
  const { ids, births, spans, sampleCounts, positions, rows } = tracks;
  const starts = trackStarts(sampleCounts);
  out.varint(ids.length);
  writeWords(out, ids);
  writeWords(out, births);
  writeWords(out, lessOne(spans));
  writeWords(out, lessOne(sampleCounts));
  writeWords(out, sampleGaps(positions, starts));
  const row = kindLayout(layout, tracks.kind);
  const axis = { starts, timesMs: Float64Array.from(positions, (p) => timesMs[p]!) };
  const column = new Int32Array(positions.length);
  const named = textWords(row);
  for (let w = 0; w < usedWords(row); w++) {
    for (let s = 0; s < column.length; s++) column[s] = rows[s * row.stride + w]!;
    if (named.includes(w)) {
      for (let s = 0; s < column.length; s++) column[s] = texts!.get(column[s]!)!;
    }
    writeColumn(out, axis, column);
  }
}

function readTracks(
  input: ByteReader,
  kind: number,
  timesMs: Float64Array,
  texts: Int32Array | undefined,
  layout: SnapshotLayout,
  budget: { words: number },
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
  const axis = { starts, timesMs: Float64Array.from(positions, (p) => timesMs[p]!) };
  const rows = new Int32Array(positions.length * row.stride);
  const named = textWords(row);
  for (let w = 0; w < usedWords(row); w++) {
    const column = readColumn(input, axis);
    if (named.includes(w)) {
      for (let s = 0; s < column.length; s++) {
        if (!(column[s]! >= 0 && column[s]! < texts!.length)) {
          input.refuse(`a text is number ${column[s]}, the block has ${texts!.length - 1}`);
        }
        column[s] = texts![column[s]!]!;
      }
    }
    for (let s = 0; s < column.length; s++) rows[s * row.stride + w] = column[s]!;
  }
  assertRows(input, rows, row);
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
  return words.map((word) => word - 1);
}

function plusOne(words: Int32Array): Int32Array {
  return words.map((word) => word + 1);
}
