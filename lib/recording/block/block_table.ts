import { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import type { BlockContent } from "./block_content.ts";
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
export function spanOf({ frames, timesMs }: BlockContent): BlockSpan {
  return {
    firstFrame: frames[0]!,
    lastFrame: frames[frames.length - 1]!,
    frameCount: frames.length,
    firstTimeMs: timesMs[0]!,
    lastTimeMs: timesMs[timesMs.length - 1]!,
    minTimeMs: timesMs.reduce((min, timeMs) => Math.min(min, timeMs), Infinity),
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

/**
 * Block table.
 *
 * @param count number of blocks that the file has
 * @throws {ByteSyntaxError} on malformed input or when the table has another length
 */
export function readBlockTable(bytes: Uint8Array, count: number): BlockSpan[] {
  const input = new ByteReader(bytes);
  const length = input.varint();
  if (length !== count) input.refuse(`the table has ${length} blocks, the file ${count}`);
  const firsts = new Uint32Array(readWords(input, count).buffer);
  const lengths = new Uint32Array(readWords(input, count).buffer);
  const counts = readWords(input, count);
  const firstTimes = readTimes(input, firsts);
  const lastTimes = readTimes(input, firsts);
  const minTimes = readTimes(input, firsts);
  input.end();
  return Array.from(firsts, (firstFrame, i) => ({
    firstFrame,
    lastFrame: (firstFrame + lengths[i]!) >>> 0,
    frameCount: counts[i]!,
    firstTimeMs: firstTimes[i]!,
    lastTimeMs: lastTimes[i]!,
    minTimeMs: minTimes[i]!,
  }));
}
