import { remedy } from "../../core/remedy.ts";
import type { FrameHead, StateEvent } from "../../core/state/state.ts";
import { memberOf } from "../../core/state/member_of.ts";
import type { FrameClock } from "../frames/frame_clock.ts";
import type { InputNote } from "../input/input_note.ts";
import { type EventKeys, EventReader } from "./event_reader.ts";
import { LateEvents, lateMsOf } from "./late_events.ts";
import { RowFault } from "../input/row_fault.ts";
import type { TimeUnit } from "../input/time_unit.ts";

/** Events that wait for their frame at once. */
const HELD_MAX = 4096;
/** UTF-16 code units of their lines. */
const HELD_UNITS_MAX = 4 * 1024 * 1024;

/** How events stand among states. */
export interface StreamEventsOptions {
  /** False when rows use the event key for something else. */
  readonly isKey: boolean;
  /** True when they use it for their kind. */
  readonly isKind: boolean;
  /** False when nothing takes events, so that they have to be refused. */
  readonly isWanted: boolean;
  /** Unit of their times; milliseconds when undefined. */
  readonly timeUnit: TimeUnit | undefined;
  /** How late they may come in milliseconds before that is worth a note. */
  readonly windowMs?: number | undefined;
}

/** An event that waits, and the length of its line. */
interface HeldEvent {
  readonly event: StateEvent;
  readonly units: number;
  /** Calls of {@linkcode StreamEvents.aged} before it came. */
  readonly since: number;
  /** How late it came, if it is of the session in which it did. */
  readonly lateMs?: number;
}

/**
 * Events that stand among states. They wait for the first frame that is not before them, so that
 * they come out where events of a stream of their own would.
 */
export class StreamEvents {
  /** Events that were taken. */
  count: number = 0;
  /** Key that makes a line an event; undefined when rows use it for something else. */
  readonly key: string | undefined;
  /** Key of the names of events. */
  readonly nameKey: string;
  /** Key that makes a line among whole frames an event, if it is neither one nor a row. */
  readonly kindKey: string | undefined;
  readonly #clock: FrameClock;
  readonly #reader: EventReader;
  readonly #isWanted: boolean;
  readonly #late: LateEvents;
  #held: HeldEvent[] = [];
  #heldUnits = 0;
  /** Least frame, and least time of those without a frame, of what is held. */
  #leastFrame = Infinity;
  #leastTimeMs = Infinity;
  /** Events before any state that name no frame and no time, or a frame that takes another to tell. */
  #unplaced: HeldEvent[] = [];
  #unplacedUnits = 0;
  #agedCalls = 0;

  /** None yet. @param clock says what frame is being read */
  constructor(
    keys: EventKeys,
    clock: FrameClock,
    { isKey, isKind, isWanted, timeUnit, windowMs }: StreamEventsOptions,
  ) {
    this.key = isKey ? keys.event : undefined;
    this.nameKey = keys.event;
    this.kindKey = isKind ? keys.event : undefined;
    this.#clock = clock;
    const { counter } = clock;
    this.#reader = new EventReader(keys, { isAmongStates: true, timeUnit, counter });
    this.#isWanted = isWanted;
    this.#late = new LateEvents(windowMs);
  }

  /** True for the object of a line that is an event, or is meant to be one. */
  isEvent(object: object): boolean {
    const { key } = this;
    if (key === undefined) return false;
    // A look at the member settles it for most rows, and takes less time than the question whether
    // the member is the object's own.
    const isThere = (object as Record<string, unknown>)[key] !== undefined || key.includes(".");
    return isThere && (memberOf(object, key) ?? undefined) !== undefined;
  }

  /**
   * Takes an event.
   *
   * @param text its line, for looking up how numbers are spelt
   * @param frame frame that is being read, to which an event belongs that names no frame and no
   *   time; undefined before the first
   * @throws {RowFault} when it is no event; it then had no effect
   */
  take(data: object, text: string, frame: number | undefined): void {
    this.#put(this.#read(data, text), text.length, frame);
  }

  /** Takes events of a whole frame. @throws {RowFault} when one is none; none then had an effect */
  takeAll(
    events: readonly { readonly data: object; readonly text: string }[],
    frame: number,
  ): void {
    const read = events.map(({ data, text }) => this.#read(data, text));
    read.forEach((event, i) => this.#put(event, events[i]!.text.length, frame));
  }

  #read(data: object, text: string): StateEvent {
    if (!this.#isWanted) {
      throw new RowFault(
        `the key ${JSON.stringify(this.nameKey)} makes it an event, and nothing takes events here`,
        remedy`take them by onEvent, or name another event key where it is a field`,
        { path: this.nameKey, part: "key" },
        { code: "event-bad" },
      );
    }
    return this.#reader.read(data, text);
  }

  #put(event: StateEvent, units: number, frame: number | undefined): void {
    const isNamed = event.frame !== undefined || event.timeMs !== undefined;
    const isCount = event.frame !== undefined && this.#clock.counter.isWrapping;
    const since = this.#agedCalls;
    if (frame === undefined && (isCount || !isNamed)) this.#holdUnplaced({ event, units, since });
    else if (isNamed) {
      const placed = isCount ? this.#near(event, frame!) : event;
      this.#hold({ event: placed, units, since, lateMs: lateMsOf(placed, this.#clock) });
    } else this.#hold({ event: { ...event, frame }, units, since });
    this.count++;
  }

  /** True when something precedes a frame. */
  isDue({ frame, timeMs }: FrameHead): boolean {
    return this.#unplaced.length > 0 || this.#leastFrame <= frame || this.#leastTimeMs <= timeMs;
  }

  /**
   * Takes out what precedes a frame, in the order of frames, and of the input in one frame.
   *
   * @param next the first frame of the next session, where that follows, to which events belong that
   *   are nearer to it
   */
  before(head: FrameHead, next?: FrameHead): readonly StateEvent[] {
    const due: StateEvent[] = [];
    const held = [...this.#placed(head.frame), ...this.#held];
    this.#forget();
    for (const one of held) {
      const isNext = next !== undefined && isNearer(one.event, head, next);
      if (!isNext && isDue(one.event, head)) due.push(this.#given(one));
      else this.#hold(one);
    }
    return inOrder(due, head.frame);
  }

  /**
   * Takes out what is of a session that ends.
   *
   * @param last its last frame
   * @param next the first frame of the next, to which events belong that are nearer to it
   */
  endSession(last: FrameHead, next: FrameHead): readonly StateEvent[] {
    const ended: StateEvent[] = [];
    const held = this.#held;
    this.#forget();
    for (const one of held) {
      if (isNearer(one.event, last, next)) {
        this.#hold({ event: one.event, units: one.units, since: one.since });
      } else ended.push(this.#given(one));
    }
    return inOrder(ended, last.frame);
  }

  /** Note on events that came late. */
  note(): InputNote | undefined {
    return this.#late.note();
  }

  /** True when there is more than should wait for its frame. */
  get isFull(): boolean {
    return isFull(this.#held, this.#heldUnits);
  }

  /**
   * Takes out what waits, when no frame follows.
   *
   * @param isAll true to take those before any state as well that take a frame to place
   */
  rest(isAll = false): readonly StateEvent[] {
    const unplaced = isAll ? this.#unplaced.splice(0) : [];
    const rest = [...unplaced, ...this.#held].map((one) => this.#given(one));
    this.#forget();
    return rest;
  }

  /**
   * Takes out what waited at the call before, whether its frame comes or not.
   *
   * @param last frame, where frames may start again: what is before it stays, as the next tells of
   *   which session it is
   */
  aged(last?: FrameHead): readonly StateEvent[] {
    const calls = this.#agedCalls++;
    const aged: StateEvent[] = [];
    const held = this.#held;
    this.#forget();
    for (const one of held) {
      const stays = one.since >= calls || (last !== undefined && isBack(one.event, last));
      if (!stays) aged.push(this.#given(one));
      else this.#hold(one);
    }
    return aged;
  }

  #holdUnplaced(one: HeldEvent): void {
    if (isFull(this.#unplaced, this.#unplacedUnits)) {
      throw new RowFault(
        `more than ${this.#unplaced.length} events that name no frame come before any state`,
        remedy`name the frame or the time of events`,
        undefined,
        { code: "event-bad" },
      );
    }
    this.#unplaced.push(one);
    this.#unplacedUnits += one.units;
  }

  /** Events that came before the first frame, with a frame. */
  #placed(frame: number): readonly HeldEvent[] {
    const unplaced = this.#unplaced;
    if (unplaced.length === 0) return unplaced;
    this.#unplaced = [];
    this.#unplacedUnits = 0;
    return unplaced.map(({ event, units, since }) => {
      const placed = event.frame === undefined ? { ...event, frame } : this.#near(event, frame);
      return { event: placed, units, since };
    });
  }

  /** Event whose frame is the one nearest to another that shows as its count does, if there is one. */
  #near(event: StateEvent, frame: number): StateEvent {
    const near = this.#clock.counter.nearest(event.frame!, frame);
    if (near !== undefined) return { ...event, frame: near };
    // It is before all frames: its time says where it belongs, or it belongs to the first.
    return { ...event, frame: event.timeMs === undefined ? frame : undefined };
  }

  #hold(one: HeldEvent): void {
    const { frame, timeMs } = one.event;
    this.#held.push(one);
    this.#heldUnits += one.units;
    if (frame !== undefined) this.#leastFrame = Math.min(this.#leastFrame, frame);
    else this.#leastTimeMs = Math.min(this.#leastTimeMs, timeMs!);
  }

  #given({ event, lateMs = 0 }: HeldEvent): StateEvent {
    this.#late.add(lateMs);
    return event;
  }

  #forget(): void {
    this.#held = [];
    this.#heldUnits = 0;
    this.#leastFrame = this.#leastTimeMs = Infinity;
  }
}

function isDue({ frame, timeMs }: StateEvent, head: FrameHead): boolean {
  return frame === undefined ? timeMs! <= head.timeMs : frame <= head.frame;
}

function isBack({ frame, timeMs }: StateEvent, last: FrameHead): boolean {
  return frame === undefined ? timeMs! < last.timeMs : frame < last.frame;
}

/** True for an event that is nearer to the next session than to the last frame of its own. */
function isNearer({ frame, timeMs }: StateEvent, last: FrameHead, next: FrameHead): boolean {
  if (frame !== undefined) return Math.abs(frame - next.frame) < Math.abs(frame - last.frame);
  return Math.abs(timeMs! - next.timeMs) < Math.abs(timeMs! - last.timeMs);
}

/** Events by their frames; those that name none are of the frame before which they come out. */
function inOrder(events: StateEvent[], frame: number): readonly StateEvent[] {
  return events.sort((a, b) => (a.frame ?? frame) - (b.frame ?? frame));
}

function isFull(events: readonly unknown[], units: number): boolean {
  return events.length >= HELD_MAX || units >= HELD_UNITS_MAX;
}
