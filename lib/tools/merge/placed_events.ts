import { optionKey, remedy } from "../../core/remedy.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { EventTimes } from "../../ingest/events/event_times.ts";
import type { InputNote } from "../../ingest/input/input_note.ts";
import { EventWalk } from "../copy/event_walk.ts";
import { counted } from "./counted.ts";
import type { FrameLine } from "./frame_line.ts";
import type { MergeEvents } from "./merge_input.ts";

/** Frames that were merged so far. */
export interface FramesSoFar {
  /** Number of frames. */
  count: number;
  /** The first of them. */
  firstFrame: number;
  /** Place of the last. */
  place: number;
  /** Times of the first and the last in milliseconds. */
  firstMs: number;
  lastMs: number;
}

/** Events that no recording has yet, each at its frame, or by its time at the frame before it. */
export class PlacedEvents {
  readonly #name: string;
  readonly #walk: EventWalk<StateEvent>;
  readonly #line: FrameLine;
  readonly #times = new EventTimes();
  #outside = 0;

  private constructor(name: string, walk: EventWalk<StateEvent>, line: FrameLine) {
    this.#name = name;
    this.#walk = walk;
    this.#line = line;
  }

  /** Events that stand at the first. @throws {Error} of the events */
  static async open({ name, events }: MergeEvents, line: FrameLine): Promise<PlacedEvents> {
    return new PlacedEvents(name, await EventWalk.open(events), line);
  }

  /** Tells a frame that was merged. */
  addFrame(frame: number, timeMs: number): void {
    this.#times.addFrame(frame, timeMs);
  }

  /**
   * Takes the next event if it stands before a frame that has a place and a time; undefined else.
   *
   * @throws {Error} of the events
   */
  async takeBefore(
    place: number,
    timeMs: number,
    frames: FramesSoFar,
  ): Promise<{ readonly place: number; readonly event: StateEvent } | undefined> {
    const event = this.#walk.head;
    if (event === undefined) return undefined;
    const own = event.frame === undefined ? undefined : this.#line.placeOf(event.frame);
    const isDue = own === undefined ? !(event.timeMs! >= timeMs) : own < place;
    if (!isDue) return undefined;
    this.#times.addEvent(event);
    if (own === undefined ? isOutside(event.timeMs, frames, place) : !this.#line.holds(own)) {
      this.#outside++;
    }
    await this.#walk.next();
    return { place: own ?? frames.place, event };
  }

  /** Notes on where the events stand. */
  notes({ count, firstFrame, place, firstMs, lastMs }: FramesSoFar): InputNote[] {
    const times = this.#times.note();
    const notes = times === undefined ? [] : [times];
    if (this.#outside === 0 || count === 0) return notes;
    return [...notes, {
      code: "events-outside",
      problem: `${counted(this.#outside, "event")} of ${this.#name} came before the first frame ` +
        `or after the last, outside of frames ${firstFrame} to ${place >>> 0} (${firstMs} to ` +
        `${lastMs} ms)`,
      remedy: remedy`check that they belong to it, and their unit, ${optionKey("timeUnit")}`,
    }];
  }

  /** Ends the events before their last. */
  async close(): Promise<void> {
    await this.#walk.close();
  }
}

/** True for a time before the first frame, or a frame or more after the last. */
function isOutside(timeMs: number | undefined, frames: FramesSoFar, place: number): boolean {
  if (timeMs === undefined) return false;
  if (frames.count === 0) return true;
  const frameMs = frames.count > 1 ? (frames.lastMs - frames.firstMs) / (frames.count - 1) : 0;
  return place === Infinity && timeMs > frames.lastMs + frameMs;
}
