import { remedy } from "../../core/remedy.ts";
import type { FrameHead, StateEvent } from "../../core/state/state.ts";
import { memberOf } from "../../core/state/member_of.ts";
import { type EventKeys, EventReader } from "./event_reader.ts";
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
  /** False when nothing takes events, so that they have to be refused. */
  readonly isWanted: boolean;
  /** Unit of their times; milliseconds when undefined. */
  readonly timeUnit: TimeUnit | undefined;
}

/** An event that waits, and the length of its line. */
interface HeldEvent {
  readonly event: StateEvent;
  readonly units: number;
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
  readonly #reader: EventReader;
  readonly #isWanted: boolean;
  #held: HeldEvent[] = [];
  #heldUnits = 0;
  /** Least frame, and least time of those without a frame, of what is held. */
  #leastFrame = Infinity;
  #leastTimeMs = Infinity;
  /** Events that name no frame and no time, before any state. */
  #unplaced: StateEvent[] = [];
  #unplacedUnits = 0;

  /** None yet. */
  constructor(keys: EventKeys, { isKey, isWanted, timeUnit }: StreamEventsOptions) {
    this.key = isKey ? keys.event : undefined;
    this.#reader = new EventReader(keys, { isAmongStates: true, timeUnit });
    this.#isWanted = isWanted;
  }

  /** True for the object of a line that is an event, or is meant to be one. */
  isEvent(object: object): boolean {
    const { key } = this;
    if (key === undefined) return false;
    // A look at the member settles it for most rows, and takes less time than the question whether
    // the member is the object's own.
    const isThere = (object as Record<string, unknown>)[key] !== undefined || key.includes(".");
    return isThere && memberOf(object, key) !== undefined;
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
    if (!this.#isWanted) {
      throw new RowFault(
        `the key ${JSON.stringify(this.key)} makes it an event, and nothing takes events here`,
        remedy`take them by onEvent, or name another event key where it is a field`,
        { path: this.key!, part: "key" },
      );
    }
    const event = this.#reader.read(data, text);
    const isPlaced = event.frame !== undefined || event.timeMs !== undefined;
    if (isPlaced || frame !== undefined) {
      this.#hold({ event: isPlaced ? event : { ...event, frame }, units: text.length });
    } else {
      if (isFull(this.#unplaced, this.#unplacedUnits)) {
        throw new RowFault(
          `more than ${this.#unplaced.length} events that name no frame come before any state`,
          remedy`name the frame or the time of events`,
        );
      }
      this.#unplaced.push(event);
      this.#unplacedUnits += text.length;
    }
    this.count++;
  }

  /** True when something precedes a frame. */
  isDue({ frame, timeMs }: FrameHead): boolean {
    return this.#unplaced.length > 0 || this.#leastFrame <= frame || this.#leastTimeMs <= timeMs;
  }

  /** Takes out what precedes a frame. */
  before({ frame, timeMs }: FrameHead): readonly StateEvent[] {
    const due: StateEvent[] = this.#unplaced.map((event) => ({ ...event, frame }));
    this.#unplaced = [];
    const held = this.#held;
    this.#forget();
    for (const one of held) {
      const { event } = one;
      const isDue = event.frame === undefined ? event.timeMs! <= timeMs : event.frame <= frame;
      if (isDue) due.push(event);
      else this.#hold(one);
    }
    return due;
  }

  /** True when there is more than should wait for its frame. */
  get isFull(): boolean {
    return isFull(this.#held, this.#heldUnits);
  }

  /** Takes out what waits, when no frame follows. */
  rest(): readonly StateEvent[] {
    const rest = this.#held.map(({ event }) => event);
    this.#forget();
    return rest;
  }

  #hold(one: HeldEvent): void {
    const { frame, timeMs } = one.event;
    this.#held.push(one);
    this.#heldUnits += one.units;
    if (frame !== undefined) this.#leastFrame = Math.min(this.#leastFrame, frame);
    else this.#leastTimeMs = Math.min(this.#leastTimeMs, timeMs!);
  }

  #forget(): void {
    this.#held = [];
    this.#heldUnits = 0;
    this.#leastFrame = this.#leastTimeMs = Infinity;
  }
}

function isFull(events: readonly unknown[], units: number): boolean {
  return events.length >= HELD_MAX || units >= HELD_UNITS_MAX;
}
