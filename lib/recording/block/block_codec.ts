import type { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { BlockContent, KindTracks } from "./block_content.ts";
import { hasTexts, readTexts, writeTexts } from "./block_texts.ts";
import { BLOCK_FRAMES_MAX, BLOCK_WORDS_MAX } from "../container/format.ts";
import { finish, type Work } from "../queue/work.ts";
import { readTimes, writeTimes } from "./frame_times.ts";
import { readTracks, type TrackBudget, writeTracks } from "./track_codec.ts";
import { WordArena } from "./word_arena.ts";
import { readWords, writeWords } from "./words.ts";

/**
 * Writes a block. FORMAT.md, "Block".
 *
 * @param layout layout of the rows in `content`
 */
export function writeBlock(out: ByteWriter, content: BlockContent, layout: SnapshotLayout): void {
  finish(writeBlockInSlices(out, content, layout, new WordArena()));
}

/** As {@linkcode writeBlock}, in slices. @param arena memory for its columns */
export function* writeBlockInSlices(
  out: ByteWriter,
  content: BlockContent,
  layout: SnapshotLayout,
  arena: WordArena,
): Work {
  const { frames, timesMs, kinds } = content;
  out.varint(frames.length);
  writeFrames(out, frames);
  writeTimes(out, timesMs, frames);
  yield;
  const texts = hasTexts(layout) ? yield* writeTexts(out, kinds, layout) : undefined;
  const block = { timesMs, texts, layout };
  out.varint(kinds.length);
  let before = -1;
  for (const tracks of kinds) {
    out.varint(tracks.kind - before - 1);
    before = tracks.kind;
    yield* writeTracks(out, tracks, block, arena);
  }
}

/**
 * Block of states.
 *
 * @param layout layout of the schema revision that the block was written with
 * @throws {ByteSyntaxError} on malformed input
 */
export function readBlock(input: ByteReader, layout: SnapshotLayout): BlockContent {
  const { frames, timesMs } = readBlockHead(input);
  const texts = hasTexts(layout) ? readTexts(input, layout.texts) : undefined;
  const kindCount = input.varint();
  if (kindCount > layout.kinds.length) {
    input.refuse(`the block has ${kindCount} kinds, the schema ${layout.kinds.length}`);
  }
  const kinds: KindTracks[] = [];
  const block = { timesMs, texts, layout };
  const budget: TrackBudget = { words: BLOCK_WORDS_MAX };
  let kind = -1;
  for (let k = 0; k < kindCount; k++) {
    kind += 1 + input.varint();
    if (kind >= layout.kinds.length) input.refuse(`kind is ${kind}, the schema lacks it`);
    kinds.push(readTracks(input, kind, block, budget));
  }
  input.end();
  return { frames, timesMs, kinds };
}

/** Frames and times of a block, with which it begins. @throws {ByteSyntaxError} */
export function readBlockHead(input: ByteReader): Omit<BlockContent, "kinds"> {
  const frameCount = input.varint();
  if (frameCount < 1 || frameCount > BLOCK_FRAMES_MAX) {
    input.refuse(`the block has ${frameCount} frames, expected 1 to ${BLOCK_FRAMES_MAX}`);
  }
  const frames = readFrames(input, frameCount);
  const timesMs = readTimes(input, frames);
  if (!timesMs.every(Number.isFinite)) input.refuse("a time is not finite");
  return { frames, timesMs };
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
