import { lastIndex } from "../../core/time/bisect.ts";
import type { BlockSpan } from "../block/block_table.ts";
import type { FrameRun } from "../block/frame_run.ts";

/** Frame and time at which an event stands in the file. */
export interface EventPlace {
  /** Frame, an unsigned 32-bit integer. */
  readonly frame: number;
  /** Time in milliseconds. */
  readonly timeMs: number;
}

/** Frames with their times as they were written: old blocks by their ends, then each frame. */
export interface Timeline {
  /** Blocks in order. */
  readonly spans: readonly BlockSpan[];
  /** Number of those, from the first, of which only the ends are known. */
  readonly spanCount: number;
  /** All frames after them, which may lie in the blocks that follow. */
  readonly runs: readonly FrameRun[];
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
  const knots = new Knots(timeline);
  return (frame, timeMs) => {
    if (frame !== undefined && timeMs !== undefined) return { frame, timeMs };
    if (knots.length === 0) return placeByRate(timeline.rateHz, frame, timeMs);
    return placeAmong(knots, frame, timeMs);
  };
}

function placeAmong(
  knots: Knots,
  frame: number | undefined,
  timeMs: number | undefined,
): EventPlace {
  if (timeMs !== undefined) {
    const at = lastIndex(0, knots.length - 1, (i) => knots.at(i)!.timeMs <= timeMs);
    const { frame: start, timeMs: startMs } = knots.at(at)!;
    const next = knots.at(at + 1);
    if (next === undefined || timeMs <= startMs) return { frame: start, timeMs };
    const part = (timeMs - startMs) / (next.timeMs - startMs);
    return { frame: (start + Math.floor(part * ((next.frame - start) >>> 0))) >>> 0, timeMs };
  }
  if (frame !== undefined) {
    const origin = knots.at(0)!.frame;
    const ahead = (frame - origin) | 0;
    const at = lastIndex(0, knots.length - 1, (i) => {
      return ((knots.at(i)!.frame - origin) >>> 0) <= ahead;
    });
    const { frame: start, timeMs: startMs } = knots.at(at)!;
    const next = knots.at(at + 1);
    const past = (frame - start) | 0;
    if (next === undefined || past <= 0) return { frame, timeMs: startMs };
    const part = past / ((next.frame - start) >>> 0);
    return { frame, timeMs: startMs + part * (next.timeMs - startMs) };
  }
  return knots.at(knots.length - 1)!;
}

/** What is known of a timeline as one list, which is only looked up: an hour has thousands. */
class Knots {
  /** Number of places. */
  readonly length: number;
  readonly #timeline: Timeline;
  /** Places of blocks, one for each end. */
  readonly #ends: number;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#ends = timeline.spanCount * 2;
    this.length = timeline.runs.reduce((sum, { frames }) => sum + frames.length, this.#ends);
  }

  /** Frame and time at an index; undefined outside of the list. */
  at(index: number): EventPlace | undefined {
    if (index < this.#ends) {
      const { firstFrame, firstTimeMs, lastFrame, lastTimeMs } = this.#timeline.spans[index >> 1]!;
      return index % 2 === 0
        ? { frame: firstFrame, timeMs: firstTimeMs }
        : { frame: lastFrame, timeMs: lastTimeMs };
    }
    let left = index - this.#ends;
    for (const { frames, timesMs } of this.#timeline.runs) {
      if (left < frames.length) return { frame: frames[left]!, timeMs: timesMs[left]! };
      left -= frames.length;
    }
    return undefined;
  }
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
