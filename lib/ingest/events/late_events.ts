import { optionKey, remedy } from "../../core/remedy.ts";
import type { FrameHead, StateEvent } from "../../core/state/state.ts";
import type { InputNote } from "../input/input_note.ts";

/** How late events may come when nothing is said, in milliseconds. */
export const EVENT_WINDOW_MS = 5000;

/** The frames of a session so far. */
interface SessionSpan extends Partial<FrameHead> {
  /** The first one; undefined before it. */
  readonly first: FrameHead | undefined;
  /** Time of the newest in milliseconds. */
  readonly timeMs: number;
}

/** Counts the events that come long after the states of their frame. */
export class LateEvents {
  readonly #windowMs: number;
  #count = 0;
  #mostMs = 0;

  /** None yet. */
  constructor(windowMs: number = EVENT_WINDOW_MS) {
    this.#windowMs = windowMs;
  }

  /** Looks at an event that came. @param clock the first frame of the session, and the newest */
  look(event: StateEvent, clock: SessionSpan): void {
    this.add(lateMsOf(event, clock));
  }

  /** Adds an event. @param lateMs how late it came */
  add(lateMs: number): void {
    if (!(lateMs > this.#windowMs)) return;
    this.#count++;
    this.#mostMs = Math.max(this.#mostMs, lateMs);
  }

  /** Note on those that came later than they may. */
  note(): InputNote | undefined {
    if (this.#count === 0) return undefined;
    const most = Math.ceil(this.#mostMs);
    return {
      code: "late-events",
      problem:
        `${this.#count} events came more than ${this.#windowMs} ms after the states of their frame, up to ${most} ms; they stand at their frame all the same`,
      remedy: remedy`if so late ones are right, give ${optionKey("eventWindowMs")} ${most}`,
    };
  }
}

/** How late an event comes, by its time, or by its frame where the frames so far tell how long one takes. */
export function lateMsOf({ frame, timeMs }: StateEvent, now: SessionSpan): number {
  const { first } = now;
  if (now.frame === undefined || first === undefined) return 0;
  if (frame === undefined) return now.timeMs - timeMs!;
  if (frame >= now.frame || now.frame <= first.frame) return 0;
  return (now.timeMs - first.timeMs) / (now.frame - first.frame) * (now.frame - frame);
}
