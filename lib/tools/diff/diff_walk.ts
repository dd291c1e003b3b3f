import type { Frame } from "../../core/time/frame.ts";
import type { EventComparison } from "./events/compare_events.ts";
import type { ComparedParts } from "./compared_parts.ts";
import type { StateComparison } from "./states/compare_states.ts";
import { placed, type Side } from "./difference.ts";
import { EventQueue } from "./events/event_queue.ts";
import { EventsByFrame, EventsByTime, type EventWalk } from "./events/event_walk.ts";
import { FieldTally, TallyBudget } from "./states/field_tally.ts";
import type { FirstDifferences } from "./first_differences.ts";
import { FrameCursor } from "./frames/frame_cursor.ts";
import { FrameRuns } from "./frames/frame_runs.ts";
import { originOf, pairByFrame, pairByTime, type Step } from "./frames/pair_frames.ts";
import type { Place } from "./place.ts";

/** How a {@linkcode DiffWalk} goes. */
export interface DiffWalkOptions {
  /** True when frames are pairs by time, and their numbers may differ. */
  readonly isByTime: boolean;
  /** How far times of a pair may be apart, in milliseconds. */
  readonly timeToleranceMs: number;
  /** False when frames only say where events are. */
  readonly comparesFrames: boolean;
  /** Called after each frame of either recording. */
  readonly onFrame: () => void;
}

/** Who gets what a {@linkcode DiffWalk} meets. */
export interface DiffTallies {
  /** Gets every difference. */
  readonly first: FirstDifferences;
  /** Gets pairs of frames. */
  readonly states: StateComparison;
  /** Gets events. */
  readonly events: EventComparison;
}

/** One walk along two recordings at once: frames in pairs or alone, and the events at them. */
export class DiffWalk {
  /** Pairs of frames. */
  pairCount = 0;
  /** Frames and events of each recording. */
  readonly counts = { a: { frames: 0, events: 0 }, b: { frames: 0, events: 0 } };
  /** Frames that one recording has alone. */
  readonly lone: { readonly [side in Side]: FrameRuns } = {
    a: new FrameRuns(),
    b: new FrameRuns(),
  };
  /** Times of pairs that differ. */
  readonly times: FieldTally;
  /** Who gets what the walk meets. */
  readonly tallies: DiffTallies;
  readonly #parts: ComparedParts;
  readonly #options: DiffWalkOptions;
  /** Frames from the first of the first recording to the first of the second. */
  readonly #origin: number;
  #steps = 0;

  /** Walk that has not begun. */
  constructor(parts: ComparedParts, options: DiffWalkOptions, tallies: DiffTallies) {
    this.#parts = parts;
    this.#options = options;
    this.tallies = tallies;
    this.times = new FieldTally(options.timeToleranceMs, new TallyBudget());
    this.#origin = options.isByTime ? 0 : originOf(parts.b.reader, parts.a.reader);
  }

  /** Walks to the end. @throws {RecordingSyntaxError} when a block or a chunk is damaged */
  async run(): Promise<void> {
    const { isByTime, timeToleranceMs } = this.#options;
    const pairing = isByTime ? pairByTime(timeToleranceMs) : pairByFrame(this.#origin);
    const { entities: { a: ofA, b: ofB } } = this.#parts;
    const [a, b] = [new FrameCursor(this.#parts.a, ofA), new FrameCursor(this.#parts.b, ofB)];
    const queueA = await EventQueue.open(this.#parts.a, 0);
    const queueB = await EventQueue.open(this.#parts.b, this.#origin);
    const events = this.#eventWalk(queueA, queueB);
    try {
      for (;;) {
        if (a.isDry) await a.load();
        if (b.isDry) await b.load();
        if (a.isDone && b.isDone) break;
        const step = pairing(a, b);
        if (step === "b" && this.#isOutside(b)) await this.#skip(b, queueB);
        else {
          const place = this.#placeOf(step, a, b);
          const before = events.before(place, step, a, b);
          if (before !== undefined) await before;
          if (this.#options.comparesFrames) this.#compareFrames(step, place, a, b);
          const after = events.after(place, step, a, b);
          if (after !== undefined) await after;
          this.#advance(step, a, b);
        }
      }
      await events.end();
      this.tallies.events.finish();
    } finally {
      for (const end of [a, b, queueA, queueB]) await end.close();
    }
    this.counts.a.events = queueA.count;
    this.counts.b.events = queueB.count;
  }

  #eventWalk(a: EventQueue, b: EventQueue): EventWalk {
    const { events } = this.tallies;
    if (this.#options.isByTime) return new EventsByTime(a, b, events);
    return new EventsByFrame(a, b, events, (order) => this.#placeAt(order, null));
  }

  /** True for a frame of the second recording that lies outside of the span by its time. */
  #isOutside({ timeMs }: FrameCursor): boolean {
    return timeMs < this.#parts.fromMs || timeMs > this.#parts.toMs;
  }

  async #skip(b: FrameCursor, events: EventQueue): Promise<void> {
    await events.skip(b.next?.offset ?? Infinity);
    b.advance();
    this.#options.onFrame();
  }

  #placeAt(order: number, timeMs: number | null): Place {
    const frame = ((this.#parts.a.reader.firstFrame ?? 0) + order) >>> 0;
    return { order, pair: this.pairCount, frame, frameInB: undefined, timeMs };
  }

  #placeOf(step: Step, a: FrameCursor, b: FrameCursor): Place {
    const { timeMs } = step === "b" ? b : a;
    if (!this.#options.isByTime) {
      return this.#placeAt(step === "b" ? b.offset + this.#origin : a.offset, timeMs);
    }
    const { frame }: { readonly frame: Frame } = step === "b" ? b : a;
    const frameInB = step === "pair" && b.frame !== frame ? b.frame : undefined;
    return { order: this.#steps, pair: this.pairCount, frame, frameInB, timeMs };
  }

  #compareFrames(step: Step, place: Place, a: FrameCursor, b: FrameCursor): void {
    const { first, states } = this.tallies;
    if (step !== "pair") {
      this.lone[step].add(place.frame, this.counts[step].frames);
      first.add(place, () => {
        return { what: "frame", class: "structural", ...placed(place), onlyIn: step };
      });
      return;
    }
    this.#compareTimes(place, a.timeMs, b.timeMs);
    states.compare(a.read(), b.read(), place);
  }

  #compareTimes(place: Place, a: number, b: number): void {
    if (a !== b && !this.times.add(place, 0, a, b)) {
      this.tallies.first.add(place, () => {
        return { what: "time", class: "exact", ...placed(place), a, b };
      });
    }
    if (this.times.hasNumbers) this.times.endFrame(place, 1);
  }

  #advance(step: Step, a: FrameCursor, b: FrameCursor): void {
    this.#steps++;
    if (step === "pair") this.pairCount++;
    for (const [side, cursor] of [["a", a], ["b", b]] as const) {
      if (step !== "pair" && step !== side) continue;
      cursor.advance();
      if (this.#options.comparesFrames) this.counts[side].frames++;
      this.#options.onFrame();
    }
  }
}
