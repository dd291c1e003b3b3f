import type { BlockSpan } from "../block/block_table.ts";

/** Frame and time at which an event stands in the file. */
export interface EventPlace {
  /** Frame, an unsigned 32-bit integer. */
  readonly frame: number;
  /** Time in milliseconds. */
  readonly timeMs: number;
}

/** Frames with their times as they were written: old blocks by their ends, then each frame. */
export interface Timeline {
  /** Blocks of which only the ends are known. */
  readonly spans: readonly BlockSpan[];
  /** Frames after those blocks. */
  readonly frames: readonly number[];
  /** Times of those frames in milliseconds. */
  readonly timesMs: readonly number[];
  /** Declared frames per second. */
  readonly rateHz: number | undefined;
}

/** Where an event stands that names its frame, its time, both or neither. */
export type EventPlacer = (
  frame: number | undefined,
  timeMs: number | undefined,
) => EventPlace;

/**
 * Places events: what one does not name is taken from the frames around it, exactly where each
 * frame is known, along a line in older blocks.
 */
export function eventPlacer(timeline: Timeline): EventPlacer {
  let knots: EventPlace[] | undefined;
  return (frame, timeMs) => {
    if (frame !== undefined && timeMs !== undefined) return { frame, timeMs };
    knots ??= knotsOf(timeline);
    if (knots.length === 0) return placeByRate(timeline.rateHz, frame, timeMs);
    return placeAmong(knots, frame, timeMs);
  };
}

function placeAmong(
  knots: readonly EventPlace[],
  frame: number | undefined,
  timeMs: number | undefined,
): EventPlace {
  if (timeMs !== undefined) {
    const at = lastAtOrBefore(knots, (knot) => knot.timeMs <= timeMs);
    const { frame: start, timeMs: startMs } = knots[at]!;
    const next = knots[at + 1];
    if (next === undefined || timeMs <= startMs) return { frame: start, timeMs };
    const part = (timeMs - startMs) / (next.timeMs - startMs);
    return { frame: (start + Math.floor(part * ((next.frame - start) >>> 0))) >>> 0, timeMs };
  }
  if (frame !== undefined) {
    const origin = knots[0]!.frame;
    const ahead = (frame - origin) | 0;
    const at = lastAtOrBefore(knots, (knot) => ((knot.frame - origin) >>> 0) <= ahead);
    const { frame: start, timeMs: startMs } = knots[at]!;
    const next = knots[at + 1];
    const past = (frame - start) | 0;
    if (next === undefined || past <= 0) return { frame, timeMs: startMs };
    const part = past / ((next.frame - start) >>> 0);
    return { frame, timeMs: startMs + part * (next.timeMs - startMs) };
  }
  return knots[knots.length - 1]!;
}

function knotsOf(timeline: Timeline): EventPlace[] {
  const knots: EventPlace[] = [];
  for (const span of timeline.spans) {
    knots.push({ frame: span.firstFrame, timeMs: span.firstTimeMs });
    if (span.frameCount > 1) knots.push({ frame: span.lastFrame, timeMs: span.lastTimeMs });
  }
  timeline.frames.forEach((frame, i) => knots.push({ frame, timeMs: timeline.timesMs[i]! }));
  return knots;
}

function placeByRate(
  rateHz: number | undefined,
  frame: number | undefined,
  timeMs: number | undefined,
): EventPlace {
  const perMs = (rateHz ?? 0) / 1000;
  if (timeMs !== undefined) {
    const at = Math.floor(timeMs * perMs);
    return { frame: at >= 0 && at <= 0xffffffff ? at : 0, timeMs };
  }
  if (frame === undefined) return { frame: 0, timeMs: 0 };
  return { frame, timeMs: perMs > 0 ? frame / perMs : 0 };
}

/** Last knot for which a test that is true up to some knot holds; the first when none does. */
function lastAtOrBefore(
  knots: readonly EventPlace[],
  holds: (knot: EventPlace) => boolean,
): number {
  let low = 0;
  let high = knots.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (holds(knots[middle]!)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const NS_PER_MS = 1e6;
const NS_MAX = 2n ** 63n - 1n;

/** MCAP log time of a time: nanoseconds in `[0, 2^63)`, for viewers; exact times lie in blocks. */
export function logTimeNs(timeMs: number): bigint {
  const ns = Math.round(timeMs * NS_PER_MS);
  if (!(ns > 0)) return 0n;
  return ns < 2 ** 63 ? BigInt(ns) : NS_MAX;
}

/** Time after which the frames of a block are forgotten but for its ends. */
const RECENT_MS = 5000;
/** Blocks that are kept at most, since times may stand still. */
const RECENT_BLOCKS = 64;

/** Frames of the last blocks, so that an event that comes late still finds its own. */
export class RecentBlocks {
  readonly #blocks: { readonly frames: Uint32Array; readonly timesMs: Float64Array }[] = [];

  /** Number of blocks. */
  get count(): number {
    return this.#blocks.length;
  }

  /** Adds a block that was written, and forgets those that ended 5 s before it began. */
  add(block: { readonly frames: Uint32Array; readonly timesMs: Float64Array }): void {
    this.#blocks.push({ frames: block.frames, timesMs: block.timesMs });
    const sinceMs = block.timesMs[0]! - RECENT_MS;
    const isOver = () =>
      this.#blocks.length > RECENT_BLOCKS || this.#blocks[0]!.timesMs.at(-1)! < sinceMs;
    while (isOver()) this.#blocks.shift();
  }

  /** All frames. */
  get frames(): number[] {
    return this.#blocks.flatMap(({ frames }) => [...frames]);
  }

  /** Their times in milliseconds. */
  get timesMs(): number[] {
    return this.#blocks.flatMap(({ timesMs }) => [...timesMs]);
  }
}
