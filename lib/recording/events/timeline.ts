import { lastIndex } from "../../core/time/bisect.ts";
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
    const at = lastIndex(0, knots.length - 1, (i) => knots[i]!.timeMs <= timeMs);
    const { frame: start, timeMs: startMs } = knots[at]!;
    const next = knots[at + 1];
    if (next === undefined || timeMs <= startMs) return { frame: start, timeMs };
    const part = (timeMs - startMs) / (next.timeMs - startMs);
    return { frame: (start + Math.floor(part * ((next.frame - start) >>> 0))) >>> 0, timeMs };
  }
  if (frame !== undefined) {
    const origin = knots[0]!.frame;
    const ahead = (frame - origin) | 0;
    const at = lastIndex(0, knots.length - 1, (i) => {
      return ((knots[i]!.frame - origin) >>> 0) <= ahead;
    });
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
