import { optionKey, remedy } from "../../core/remedy.ts";
import type { FrameHead, StateEvent } from "../../core/state/state.ts";
import { FrameCounter } from "../clock/frame_counter.ts";
import type { InputNote } from "../input/input_note.ts";
import { EventHeap, type WaitingEvent } from "./event_heap.ts";
import { EventSessions } from "./event_sessions.ts";
import { EVENT_WINDOW_MS, LateEvents } from "./late_events.ts";
import { shuffledNote } from "./shuffled_note.ts";

/** How events of a stream of their own go with states. */
export interface EventQueueOptions {
  /**
   * Bits of a frame counter that wraps; undefined for one that does not. The frames of events are
   * then what it says, as `readEvents` gives them.
   */
  readonly frameBits?: 8 | 16 | undefined;
  /** Added to what such a counter says; 0 when undefined. */
  readonly frameOffset?: number | undefined;
  /** How late an event may come, in milliseconds; 5000 when undefined. */
  readonly windowMs?: number | undefined;
  /** Frames a second; 60 when undefined. */
  readonly rateHz?: number | undefined;
  /** True when states and events may start anew. */
  readonly isSplit?: boolean | undefined;
  /** True when events come while states do, so that they may be late. */
  readonly isLive?: boolean | undefined;
}

/**
 * Events of a stream of their own, put in the order of their frames: each comes out before the first
 * frame that is not before it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EventQueue } from "@hindcast/hindcast/ingest";
 *
 * const queue = new EventQueue();
 * for (const frame of [2, 1, 7]) {
 *   queue.add({ frame, timeMs: undefined, name: "shot", data: { ev: "shot", f: frame } });
 * }
 * const due = queue.due({ frame: 3, timeMs: 48 });
 * assert.deepEqual(due.map(({ frame }) => frame), [1, 2]);
 * assert.deepEqual(queue.rest().map(({ frame }) => frame), [7]);
 * ```
 */
export class EventQueue {
  /** Events that wait. */
  count: number = 0;
  readonly #counter: FrameCounter | undefined;
  readonly #late: LateEvents | undefined;
  readonly #sessions: EventSessions | undefined;
  /** Events of the session of states and those before it, by frame, and by time. */
  readonly #byFrame = new EventHeap();
  readonly #byTime = new EventHeap();
  /** Events whose time has not come, by that: of which session they are shows when it has. */
  readonly #ahead = new EventHeap();
  /** Events that wait for the first frame, and then go by their time. */
  #timed: SessionEvent[] = [];
  /** Events of sessions to come, in their order. */
  readonly #later: StateEvent[][] = [];
  #places = 0;
  /** Places at the last call of `aged`, and events that waited for the first frame. */
  #aged = { places: 0, early: 0 };
  #session = 0;
  /** Sessions that the states have so far. */
  #states = 1;
  /** First and newest frame of the session; undefined before it. */
  #first: FrameHead | undefined;
  #last: FrameHead | undefined;
  /** Frame of the event before, by which what a wrapping counter shows is told. */
  #frame: number | undefined;
  /** True when it was not events' times alone that told of which session they are. */
  #isByOrder = false;
  /** True while the times of the states go on over their sessions. */
  #goesOn = true;
  readonly #isLive: boolean;
  readonly #windowMs: number;

  /** None yet. */
  constructor(options: EventQueueOptions = {}) {
    const { frameBits: bits, frameOffset: offset, rateHz, isSplit, isLive } = options;
    const { windowMs = EVENT_WINDOW_MS } = options;
    this.#counter = bits === undefined ? undefined : new FrameCounter("f", { bits, offset });
    this.#sessions = isSplit ? new EventSessions(windowMs, rateHz, this.#counter) : undefined;
    this.#late = isLive ? new LateEvents(windowMs) : undefined;
    this.#isLive = isLive === true;
    this.#windowMs = windowMs;
  }

  /** Adds an event, which came after those before. */
  add(event: StateEvent): void {
    this.count++;
    const session = Math.max(this.#sessions?.add(event) ?? 0, this.#session);
    // Events of a pipe come when their states do: they do not have to wait for their time.
    if (this.#sessions?.runsOn === true && event.timeMs !== undefined && !this.#isLive) {
      if (this.#first === undefined) this.#timed.push({ event, session });
      else this.#placeTimed(event, session);
      return;
    }
    if (this.#sessions !== undefined && event.timeMs === undefined) this.#isByOrder = true;
    this.#placeIn(session, event);
  }

  /** Takes out what precedes a frame of the states, in order. */
  due(head: FrameHead): readonly StateEvent[] {
    this.#begin(head);
    this.#last = { frame: head.frame, timeMs: head.timeMs };
    const due: WaitingEvent[] = [];
    while ((this.#ahead.first?.key ?? Infinity) <= head.timeMs) {
      this.#place(this.#ahead.take().event);
    }
    while ((this.#byFrame.first?.key ?? Infinity) <= head.frame) due.push(this.#byFrame.take());
    while ((this.#byTime.first?.key ?? Infinity) <= head.timeMs) due.push(this.#byTime.take());
    return this.#taken(due, head);
  }

  /**
   * Takes out what is of the session of states that ends: all but what by its time is of the next.
   *
   * @param next first frame of the next
   */
  endSession(next: FrameHead): readonly StateEvent[] {
    const last = this.#last ?? next;
    const goesOn = next.timeMs > last.timeMs;
    const ended: WaitingEvent[] = [];
    const carried: StateEvent[] = [];
    for (const one of [...this.#byFrame.drain(), ...this.#byTime.drain()]) {
      if (this.#isOfNext(one.event, last, next)) carried.push(one.event);
      else ended.push(one);
    }
    const isOver = ({ key }: WaitingEvent) => !goesOn || key - last.timeMs <= next.timeMs - key;
    while (this.#ahead.first !== undefined && isOver(this.#ahead.first)) {
      const one = this.#ahead.take();
      if ((one.session ?? 0) > this.#session) this.#keep(one.session!, one.event);
      else ended.push(one);
    }
    if (!goesOn) {
      this.#isByOrder = true;
      this.#goesOn = false;
    }
    this.#states++;
    this.#session++;
    this.#first = this.#last = this.#frame = undefined;
    const later = this.#later[this.#session];
    if (carried.length > 0) this.#later[this.#session] = [...carried, ...later ?? []];
    return this.#taken(ended, last);
  }

  /** Takes out all that waits, whatever states follow. */
  rest(): readonly StateEvent[] {
    const head = this.#last ?? { frame: 0, timeMs: 0 };
    this.#begin(head);
    const rest = [...this.#drain(head)];
    for (const waiting of this.#later.splice(0)) {
      this.#frame = undefined;
      for (const event of waiting ?? []) this.#place(event);
      rest.push(...this.#drain(head));
    }
    return rest;
  }

  /** Takes out what waited at the call before, unless it is of a session to come. */
  aged(): readonly StateEvent[] {
    const { places, early } = this.#aged;
    // What a counter shows that wraps takes a frame to tell.
    const isEarly = this.#first === undefined && this.#counter === undefined;
    const waiting = isEarly ? this.#later[this.#session] ?? [] : [];
    const before = waiting.splice(0, early);
    this.#aged = { places: this.#places, early: waiting.length };
    this.count -= before.length;
    const heaps = [this.#ahead, this.#byFrame, this.#byTime];
    const aged = heaps.flatMap((heap) => [...heap.drainBefore(places)]);
    return [...before, ...this.#taken(aged, this.#last ?? { frame: 0, timeMs: 0 })];
  }

  /** Notes on events whose place is not sure, or that came late. */
  notes(): InputNote[] {
    const late = this.#late?.note();
    const notes = late === undefined ? [] : [late];
    const shuffled = this.#shuffledNote();
    if (shuffled !== undefined) return [...notes, shuffled];
    const states = this.#states;
    const events = (this.#sessions?.session ?? 0) + 1;
    if (!this.#isByOrder || this.#places === 0 || events === states) return notes;
    return [...notes, {
      code: "event-sessions",
      problem:
        `the states have ${states} sessions, and by their order the events ${events}: of which session an event is is not sure`,
      remedy:
        remedy`give both times that go on over restarts, write events among the states, or if they go back by less than at a restart, give a smaller ${
          optionKey("eventWindowMs")
        }`,
    }];
  }

  /** Note on times that go back although those of the states do not. */
  #shuffledNote(): InputNote | undefined {
    const sessions = this.#sessions;
    const isOdd = this.#goesOn && this.#states > 1 && !this.#isLive;
    if (!isOdd || sessions === undefined || sessions.runsOn) return undefined;
    return shuffledNote(Math.ceil(sessions.backMs), this.#states);
  }

  /** Lets in what waits for a session of states, whose first frame is known. */
  #begin(head: FrameHead): void {
    if (this.#first !== undefined) return;
    this.#first = { frame: head.frame, timeMs: head.timeMs };
    const waiting = this.#later[this.#session] ?? [];
    delete this.#later[this.#session];
    for (const event of waiting) this.#place(event);
    const timed = this.#timed;
    this.#timed = [];
    for (const { event, session } of timed) this.#placeTimed(event, session);
  }

  /** Lets an event wait for its time, if that is one of the clock of the states. */
  #placeTimed(event: StateEvent, session: number): void {
    const key = event.timeMs!;
    if (Math.abs(key - this.#first!.timeMs) > CLOCK_MS) return this.#placeIn(session, event);
    this.#ahead.add({ key, place: this.#places++, event, session });
  }

  #placeIn(session: number, event: StateEvent): void {
    if (session <= this.#session && this.#first !== undefined) this.#place(event);
    else this.#keep(session, event);
  }

  #keep(session: number, event: StateEvent): void {
    (this.#later[session] ??= []).push(event);
  }

  /** True for an event that the states have not come to, and that is of a session to come. */
  #isOfNext({ frame, timeMs }: StateEvent, last: FrameHead, next: FrameHead): boolean {
    if (timeMs !== undefined) {
      return next.timeMs > last.timeMs &&
        Math.abs(timeMs - next.timeMs) < Math.abs(timeMs - last.timeMs);
    }
    const first = this.#first;
    if (this.#sessions === undefined || first === undefined || last.frame <= first.frame) {
      return false;
    }
    const stepMs = (last.timeMs - first.timeMs) / (last.frame - first.frame);
    return (frame! - last.frame) * stepMs > this.#windowMs;
  }

  #drain(head: FrameHead): readonly StateEvent[] {
    const waiting = [...this.#ahead.drain(), ...this.#byFrame.drain(), ...this.#byTime.drain()];
    return this.#taken(waiting, head);
  }

  #place(event: StateEvent): void {
    const place = this.#places++;
    const { frame, timeMs } = event;
    const counter = this.#counter;
    if (frame === undefined || (counter !== undefined && timeMs !== undefined)) {
      this.#look(event);
      return this.#byTime.add({ key: timeMs!, place, event });
    }
    if (counter === undefined) {
      this.#look(event);
      return this.#byFrame.add({ key: frame, place, event });
    }
    const first = this.#first!.frame;
    const near = counter.nearest(frame, this.#frame ?? first) ?? first;
    this.#frame = near;
    const placed = { ...event, frame: near };
    this.#look(placed);
    this.#byFrame.add({ key: near, place, event: placed });
  }

  #look(event: StateEvent): void {
    const { frame, timeMs = 0 } = this.#last ?? {};
    this.#late?.look(event, { first: this.#first, frame, timeMs });
  }

  #taken(events: readonly WaitingEvent[], head: FrameHead): readonly StateEvent[] {
    this.count -= events.length;
    if (events.length === 0) return NONE;
    const counter = this.#counter;
    const taken = events.map(({ event, place }) => {
      const isCount = counter !== undefined && event.frame !== undefined &&
        event.timeMs !== undefined;
      const frame = isCount ? counter.nearest(event.frame, head.frame) : event.frame;
      return { event: isCount ? { ...event, frame } : event, place, frame: frame ?? head.frame };
    });
    taken.sort((a, b) => a.frame - b.frame || a.place - b.place);
    return taken.map(({ event }) => event);
  }
}

const NONE: readonly never[] = [];
/** Times that are further apart are of two clocks, such as one since 1970 and one since a start. */
const CLOCK_MS = 365 * 24 * 3600 * 1000;

/** An event, and the session of which it is by its order. */
interface SessionEvent {
  readonly event: StateEvent;
  readonly session: number;
}
