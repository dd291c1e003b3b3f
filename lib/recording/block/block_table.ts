import { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import type { FrameRun } from "./frame_run.ts";
import { readTimes, writeTimes } from "./frame_times.ts";
import { readWords, writeWords } from "./words.ts";

/** A block of a recording: which frames it holds, and where it lies. */
export interface BlockEntry {
  /** First frame of the block. */
  readonly firstFrame: number;
  /** Last frame of the block. */
  readonly lastFrame: number;
  /** Number of frames, which is less than the distance when some were left out. */
  readonly frameCount: number;
  /** Time of the first frame in milliseconds. */
  readonly firstTimeMs: number;
  /** Time of the last frame in milliseconds. */
  readonly lastTimeMs: number;
  /** Smallest time of a frame in milliseconds; the first one's, unless time went backwards. */
  readonly minTimeMs: number;
  /** Position among the blocks of the recording. */
  readonly index: number;
  /** Byte of the file at which the block's chunk starts. */
  readonly offset: number;
  /** Bytes of the block's chunk. */
  readonly length: number;
  /** Schema revision that the block was written with, 0 for the first. */
  readonly revision: number;
}

/** What the block table says of a block. */
export type BlockSpan = Omit<BlockEntry, "index" | "offset" | "length" | "revision">;

/** Span of the frames of a block. */
export function spanOf({ frames, timesMs }: FrameRun): BlockSpan {
  let minTimeMs = Infinity;
  for (let i = 0; i < timesMs.length; i++) minTimeMs = Math.min(minTimeMs, timesMs[i]!);
  return {
    firstFrame: frames[0]!,
    lastFrame: frames[frames.length - 1]!,
    frameCount: frames.length,
    firstTimeMs: timesMs[0]!,
    lastTimeMs: timesMs[timesMs.length - 1]!,
    minTimeMs,
  };
}

/** Bytes of the block table. FORMAT.md, "Block table". */
export function writeBlockTable(spans: readonly BlockSpan[]): Uint8Array {
  const out = new ByteWriter(16 + spans.length * 16);
  const firsts = Uint32Array.from(spans, (span) => span.firstFrame);
  out.varint(spans.length);
  writeWords(out, firsts);
  writeWords(out, Uint32Array.from(spans, (span) => (span.lastFrame - span.firstFrame) >>> 0));
  writeWords(out, Uint32Array.from(spans, (span) => span.frameCount));
  writeTimes(out, Float64Array.from(spans, (span) => span.firstTimeMs), firsts);
  writeTimes(out, Float64Array.from(spans, (span) => span.lastTimeMs), firsts);
  writeTimes(out, Float64Array.from(spans, (span) => span.minTimeMs), firsts);
  return out.bytes().slice();
}

/** What the block table says of all blocks, one element each. */
export interface BlockTable {
  /** First frames. */
  readonly firstFrames: Uint32Array;
  /** Frames from the first to the last. */
  readonly lengths: Uint32Array;
  /** Numbers of frames. */
  readonly frameCounts: Int32Array;
  /** Times of the first frames in milliseconds. */
  readonly firstTimesMs: Float64Array;
  /** Times of the last frames in milliseconds. */
  readonly lastTimesMs: Float64Array;
  /** Smallest times in milliseconds. */
  readonly minTimesMs: Float64Array;
}

/**
 * Block table.
 *
 * @param count number of blocks that the file has
 * @throws {ByteSyntaxError} on malformed input or when the table has another length
 */
export function readBlockTable(bytes: Uint8Array, count: number): BlockTable {
  const input = new ByteReader(bytes);
  const length = input.varint();
  if (length !== count) input.refuse(`the table has ${length} blocks, the file ${count}`);
  const firstFrames = new Uint32Array(readWords(input, count).buffer);
  const lengths = new Uint32Array(readWords(input, count).buffer);
  const frameCounts = readWords(input, count);
  const firstTimesMs = readTimes(input, firstFrames);
  const lastTimesMs = readTimes(input, firstFrames);
  const minTimesMs = readTimes(input, firstFrames);
  input.end();
  return { firstFrames, lengths, frameCounts, firstTimesMs, lastTimesMs, minTimesMs };
}
