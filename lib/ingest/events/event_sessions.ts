import type { StateEvent } from "../../core/state/state.ts";
import type { FrameCounter } from "../clock/frame_counter.ts";

/** Rate by which steps between frames are reckoned where nobody says one. */
const RATE_HZ = 60;

/** Tells by their order of which session the events of a stream of their own are. */
export class EventSessions {
  /** Session of the event that came last. */
  session: number = 0;
  /** How far a time is before another one at most, whatever the frames do, in milliseconds. */
  backMs: number = 0;
  readonly #windowMs: number;
  readonly #frameMs: number;
  readonly #counter: FrameCounter | undefined;
  #count: number | undefined;
  #frame = -Infinity;
  #timeMs = -Infinity;
  #newestMs = -Infinity;

  /**
   * No events yet.
   *
   * @param windowMs how late an event of a session may come
   * @param counter says what the events' counter shows, where it wraps
   */
  constructor(windowMs: number, rateHz: number = RATE_HZ, counter?: FrameCounter) {
    this.#windowMs = windowMs;
    this.#frameMs = 1000 / rateHz;
    this.#counter = counter;
  }

  /** True while no time is before another one by more than is late. */
  get runsOn(): boolean {
    return this.backMs <= this.#windowMs;
  }

  /** Session of the next event: another one where it is before the latest by more than is late. */
  add({ frame: count, timeMs }: StateEvent): number {
    const frame = count === undefined ? undefined : this.#unwrapped(count);
    const backMs = frame === undefined
      ? this.#timeMs - timeMs!
      : (this.#frame - frame) * this.#frameMs;
    if (timeMs !== undefined) this.backMs = Math.max(this.backMs, this.#newestMs - timeMs);
    this.#newestMs = Math.max(this.#newestMs, timeMs ?? -Infinity);
    if (backMs > this.#windowMs) {
      this.session++;
      this.#frame = this.#timeMs = -Infinity;
      this.#count = count;
    }
    this.#frame = Math.max(this.#frame, frame ?? -Infinity);
    this.#timeMs = Math.max(this.#timeMs, timeMs ?? -Infinity);
    return this.session;
  }

  #unwrapped(count: number): number {
    const before = this.#count;
    if (this.#counter === undefined || before === undefined) return this.#count = count;
    return this.#count = this.#counter.countNear(count, before);
  }
}
