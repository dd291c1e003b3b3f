import type { Frame } from "../../../core/time/frame.ts";
import type { EventComparison } from "./compare_events.ts";
import type { EventQueue } from "./event_queue.ts";
import type { FrameCursor } from "../frames/frame_cursor.ts";
import type { Step } from "../frames/pair_frames.ts";
import type { Place } from "../place.ts";

/** Compares events beside a walk along frames. What is not undefined has to be waited for. */
export interface EventWalk {
  /** Called before the frames of a step are compared. */
  before(place: Place, step: Step, a: FrameCursor, b: FrameCursor): Promise<void> | undefined;
  /** Called after that, while the cursors still stand there. */
  after(place: Place, step: Step, a: FrameCursor, b: FrameCursor): Promise<void> | undefined;
  /** Called after the last step. */
  end(): Promise<void>;
}

/** Compares events at frames of the same number. */
export class EventsByFrame implements EventWalk {
  readonly #a: EventQueue;
  readonly #b: EventQueue;
  readonly #comparison: EventComparison;
  readonly #placeAt: (order: number) => Place;
  #last: Place | undefined;

  /** @param placeAt place of a frame that neither recording has */
  constructor(
    a: EventQueue,
    b: EventQueue,
    comparison: EventComparison,
    placeAt: (order: number) => Place,
  ) {
    this.#a = a;
    this.#b = b;
    this.#comparison = comparison;
    this.#placeAt = placeAt;
  }

  /** Compares the events that stand before a place. */
  before(place: Place): Promise<void> | undefined {
    const isDue = Math.min(this.#a.position, this.#b.position) < place.order;
    return isDue ? this.#compareBelow(place.order) : undefined;
  }

  /** Remembers the place: its events come first at the next step. */
  after(place: Place): undefined {
    this.#last = place;
  }

  /** Compares all that is left. */
  end(): Promise<void> {
    return this.#compareBelow(Infinity);
  }

  async #compareBelow(order: number): Promise<void> {
    for (;;) {
      const at = Math.min(this.#a.position, this.#b.position);
      if (!(at < order)) return;
      const place = this.#last?.order === at ? this.#last : this.#placeAt(at);
      const [a, b] = [this.#a, this.#b].map((queue) => ({ queue, before: at + 1, origin: 0 }));
      await this.#comparison.take(place, a!, b!);
      this.#comparison.settle();
    }
  }
}

/**
 * Compares events at frames that are pairs by time, with those that follow up to the next pair: one
 * recording may have them at a frame that the other lacks.
 */
export class EventsByTime implements EventWalk {
  readonly #a: EventQueue;
  readonly #b: EventQueue;
  readonly #comparison: EventComparison;
  /** Frames of the last pair, from which the frames of events count. */
  #origins: readonly [a: Frame, b: Frame] | undefined;

  /** Nothing compared yet. */
  constructor(a: EventQueue, b: EventQueue, comparison: EventComparison) {
    this.#a = a;
    this.#b = b;
    this.#comparison = comparison;
  }

  /** Settles the events since the pair before; at first takes those before all frames. */
  before(place: Place, step: Step, a: FrameCursor, b: FrameCursor): Promise<void> | undefined {
    if (step === "pair") this.#comparison.settle();
    if (this.#origins !== undefined) return undefined;
    this.#origins = [a.isDone ? 0 : a.frame, b.isDone ? 0 : b.frame];
    return this.#take({ ...place, order: place.order - 1 }, a.offset, b.offset);
  }

  /** Takes the events at the frames of a step. */
  after(place: Place, step: Step, a: FrameCursor, b: FrameCursor): Promise<void> | undefined {
    if (step === "pair") this.#origins = [a.frame, b.frame];
    if (this.#a.position === Infinity && this.#b.position === Infinity) return undefined;
    const beforeA = step === "b" ? -Infinity : a.next?.offset ?? Infinity;
    const beforeB = step === "a" ? -Infinity : b.next?.offset ?? Infinity;
    const isNone = this.#a.position >= beforeA && this.#b.position >= beforeB;
    return isNone ? undefined : this.#take(place, beforeA, beforeB);
  }

  /** Nothing is left: the last frame of a recording has all that follow it. */
  async end(): Promise<void> {}

  #take(place: Place, beforeA: number, beforeB: number): Promise<void> {
    const [originA, originB] = this.#origins!;
    return this.#comparison.take(
      place,
      { queue: this.#a, before: beforeA, origin: originA },
      { queue: this.#b, before: beforeB, origin: originB },
    );
  }
}
