import { remedy } from "../../core/remedy.ts";
import type { StateEvent } from "../../core/state/state.ts";
import type { InputNote } from "../input/input_note.ts";

/** Factor from which two clocks are taken for clocks of two units, 1000 with room for error. */
const FACTOR = 500;
/** Frames between two events from which their times tell how fast their clock runs. */
const FRAMES_MIN = 8;
/** Times from which events without frames are thought to be of the whole stream. */
const TIMES_MIN = 5;
/** Events of a whole stream end in the last part of it, whatever their unit. */
const FACTOR_MAX = 5000;

/** Frame and time of a state or an event. */
interface Point {
  readonly frame: number;
  readonly timeMs: number;
}

/**
 * Compares the times of events with those of the states beside them, as both stream by.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EventTimes } from "@hindcast/hindcast/ingest";
 *
 * const times = new EventTimes();
 * for (let frame = 0; frame < 100; frame++) times.addFrame(frame, frame * 16);
 * for (const frame of [10, 50, 90]) {
 *   times.addEvent({ frame, timeMs: frame * 0.016, name: "shot", data: {} });
 * }
 * assert.equal(times.note()?.remedy?.toString(), "write both in one unit, from one start");
 * ```
 */
export class EventTimes {
  #firstState: Point | undefined;
  #lastState: Point | undefined;
  #firstEvent: Point | undefined;
  #lastEvent: Point | undefined;
  /** Latest time of an event that has no frame, and how many such times there were. */
  #timeMs = 0;
  #times = 0;

  /**
   * Adds a frame of the states.
   *
   * @param timeMs time of the frame in milliseconds
   */
  addFrame(frame: number, timeMs: number): void {
    this.#lastState = { frame, timeMs };
    this.#firstState ??= this.#lastState;
  }

  /** Adds an event. */
  addEvent({ frame, timeMs }: StateEvent): void {
    if (timeMs === undefined) return;
    if (frame !== undefined) {
      this.#lastEvent = { frame, timeMs };
      this.#firstEvent ??= this.#lastEvent;
    } else if (timeMs > this.#timeMs || this.#times === 0) {
      this.#timeMs = timeMs;
      this.#times++;
    }
  }

  /** Note on events whose times run a thousand times faster or slower; undefined for others. */
  note(): InputNote | undefined {
    const [from, to] = [this.#firstState, this.#lastState];
    if (from === undefined || to === undefined || to.timeMs <= from.timeMs) return undefined;
    const events = this.#eventsMs(from, to) ?? this.#timedMs(to);
    if (events === undefined) return undefined;
    return {
      code: "event-times",
      problem: `the events' times reach ${rounded(events[0])} ms where the states' reach ${
        rounded(events[1])
      } ms`,
      remedy: remedy`write both in one unit, from one start`,
    };
  }

  /** By the frames of the events: what passed for them, and for the states meanwhile. */
  #eventsMs(from: Point, to: Point): readonly [number, number] | undefined {
    const [first, last] = [this.#firstEvent, this.#lastEvent];
    if (first === undefined || last === undefined) return undefined;
    const stateMs = (to.timeMs - from.timeMs) / (to.frame - from.frame);
    const frames = last.frame - first.frame;
    if (frames >= FRAMES_MIN) {
      const pair = [last.timeMs - first.timeMs, stateMs * frames] as const;
      return pair[0] > 0 && isApart(...pair) ? pair : undefined;
    }
    // Few frames: the times themselves tell, if both clocks start at 0.
    const atLast = from.timeMs + stateMs * (last.frame - from.frame);
    const pair = [last.timeMs, atLast] as const;
    return from.timeMs === 0 && atLast >= 1000 && last.timeMs > 0 && isApart(...pair)
      ? pair
      : undefined;
  }

  #timedMs(to: Point): readonly [number, number] | undefined {
    if (this.#times < TIMES_MIN || this.#timeMs === 0) return undefined;
    const isBunched = this.#timeMs * FACTOR_MAX < to.timeMs;
    return !isBunched && isApart(this.#timeMs, to.timeMs) ? [this.#timeMs, to.timeMs] : undefined;
  }
}

function isApart(a: number, b: number): boolean {
  return a >= b * FACTOR || a * FACTOR <= b;
}

function rounded(timeMs: number): number {
  return Number(timeMs.toPrecision(4));
}
