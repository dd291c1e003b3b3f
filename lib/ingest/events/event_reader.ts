import { optionKey, remedy } from "../../core/remedy.ts";
import { memberOf } from "../../core/state/member_of.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { FrameCounter } from "../clock/frame_counter.ts";
import { literalAt, speltAt } from "../rows/flat_row.ts";
import { JsonSpelling } from "./json_spelling.ts";
import { describe, excerpt, type Spelling } from "../input/excerpt.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { type FaultSort, RowFault } from "../input/row_fault.ts";
import { TIME_UNIT_NAMES, timeInUnit, type TimeUnit } from "../input/time_unit.ts";
import { timeMsOf } from "../input/time_value.ts";
import { isSurelyExact } from "../rows/exact_number.ts";
import { likelyEventKey } from "../rows/likely_key.ts";
import { exactData } from "./event_data.ts";

/** Keys of an event that are not its data alone. */
export interface EventKeys {
  /** Key of the frame index. */
  readonly frame: string;
  /** Key of the time in milliseconds. */
  readonly time: string;
  /** Key of the event's name. */
  readonly event: string;
}

/** Where events come from. */
export interface EventReaderOptions {
  /** True when frames and times may go backwards. */
  readonly anyOrder?: boolean;
  /** True when, besides, an event may leave its frame and time to the states around it. */
  readonly isAmongStates?: boolean;
  /** Unit of the times; milliseconds when left out. */
  readonly timeUnit?: TimeUnit | undefined;
  /**
   * Makes frames of what events say; when left out they say them. What one that wraps says stays a
   * count, for whoever knows the frames around.
   */
  readonly counter?: FrameCounter | undefined;
}

const BAD: FaultSort = { code: "event-bad" };

/** Makes events of objects: of a stream of their own, or among states. */
export class EventReader {
  readonly #keys: EventKeys;
  /** Path of the object that has the event's name, with a dot; empty for the whole event. */
  readonly #prefix: string;
  readonly #isAmongStates: boolean;
  readonly #anyOrder: boolean;
  readonly #unit: TimeUnit;
  readonly #counter: FrameCounter;
  readonly #names = new Set<string>();
  #frame = 0;
  #timeMs = -Infinity;
  /** The time of the last event as messages show it. */
  #time: unknown;

  /** Reader before the first event. */
  constructor(keys: EventKeys, options: EventReaderOptions) {
    this.#keys = keys;
    this.#prefix = keys.event.slice(0, keys.event.lastIndexOf(".") + 1);
    this.#isAmongStates = options.isAmongStates === true;
    this.#anyOrder = this.#isAmongStates || options.anyOrder === true;
    this.#unit = options.timeUnit ?? "ms";
    this.#counter = options.counter ?? new FrameCounter(keys.frame);
  }

  /**
   * Event of an object.
   *
   * @param object whole event as it came
   * @param text the object as JSON, for looking up how numbers are spelt
   * @throws {RowFault} when it is no event; it then had no effect
   */
  read(object: object, text: string): StateEvent {
    const eventKey = this.#keys.event;
    const frameKey = this.#keyIn(object, this.#keys.frame);
    const timeKey = this.#keyIn(object, this.#keys.time);
    const spelling = new JsonSpelling(text);
    const frame = this.#readFrame(memberOf(object, frameKey), frameKey, spelling);
    const timeMs = this.#readTime(memberOf(object, timeKey), timeKey, text);
    // Of a time in small units the milliseconds count, which its spelling gives.
    const data = exactData(object, text, this.#unit === "ms" ? undefined : timeKey);
    if (frame === undefined && timeMs === undefined && !this.#isAmongStates) {
      throw new RowFault(
        `the event has neither a frame ${excerpt(frameKey)} nor a time ${excerpt(timeKey)}`,
        remedy`name the keys with ${optionKey("frameKey")} and ${optionKey("timeKey")}`,
        undefined,
        { code: "no-frame", field: frameKey },
      );
    }
    const name = this.#readName(memberOf(data, eventKey), object, spelling);
    this.#names.add(name);
    if (!this.#anyOrder) {
      this.#frame = frame ?? this.#frame;
      if (timeMs !== undefined) {
        this.#timeMs = timeMs;
        const time = memberOf(object, timeKey);
        const isLong = typeof time === "number" && !isSurelyExact(time);
        this.#time = isLong ? spelling.spelt(timeKey, time) : time;
      }
    }
    return { frame, timeMs, name, data };
  }

  /** Key of a value that may stand beside the event's name, where the event itself has none. */
  #keyIn(object: object, key: string): string {
    if (this.#prefix === "" || isThere(memberOf(object, key))) return key;
    const beside = this.#prefix + key.slice(key.lastIndexOf(".") + 1);
    return isThere(memberOf(object, beside)) ? beside : key;
  }

  #readFrame(value: unknown, key: string, spelling: Spelling): number | undefined {
    if (value === undefined || value === null) return undefined;
    const counter = this.#counter;
    const count = counter.read(value, spelling);
    const frame = counter.isWrapping ? count : counter.frameOf(count, value, spelling);
    if (!counter.isWrapping && frame < this.#frame) {
      throw new RowFault(
        `the frame ${JSON.stringify(key)} goes backwards, from ${this.#frame} to ${frame}`,
        remedy`sort the events by frame`,
        { path: key, part: "value" },
        { code: "frame-back", field: key },
      );
    }
    return frame;
  }

  #readTime(time: unknown, key: string, text: string): number | undefined {
    if (time === undefined || time === null) return undefined;
    const target = { path: key, part: "value" } as const;
    const what = `the time ${JSON.stringify(key)}`;
    const unit = this.#unit;
    const timeMs = timeMsOf(time, unit, () => literalAt(text, key) || String(time));
    if (timeMs !== timeMs) {
      const limit = timeInUnit(INPUT_LIMITS.timeMs, unit);
      const unitName = TIME_UNIT_NAMES[unit];
      throw new RowFault(
        `${what} is ${
          describe(speltAt(text, key, time))
        }, expected ${unitName} up to ${limit} or a date of ISO 8601`,
        remedy`send ${unitName}, or name another key with ${optionKey("timeKey")}`,
        target,
        { code: "bad-time", field: key },
      );
    }
    if (timeMs < this.#timeMs) {
      throw new RowFault(
        `${what} goes backwards, from ${excerpt(this.#time)} to ${
          excerpt(speltAt(text, key, time))
        }`,
        remedy`sort the events by time`,
        target,
        { code: "time-back", field: key },
      );
    }
    return timeMs;
  }

  #readName(name: unknown, object: object, spelling: Spelling): string {
    const key = this.#keys.event;
    const what = `the event's name ${JSON.stringify(key)}`;
    const advice = this.#isAmongStates
      ? remedy`send a text, or name another event key where it is a field`
      : remedy`send it as ${JSON.stringify(key)}, or name its key with ${optionKey("eventKey")}`;
    if (name === undefined) {
      const likely = likelyEventKey(object, false, () => false);
      throw new RowFault(
        `${what} is missing`,
        likely === undefined
          ? advice
          : remedy`name its key with ${optionKey("eventKey")} ${likely}`,
        undefined,
        { ...BAD, field: key },
      );
    }
    const target = { path: key, part: "value" } as const;
    if (typeof name !== "string" || name === "") {
      const shown = describe(spelling.spelt(key, name));
      const expected = name === "" ? "a text that is not empty" : "a text";
      throw new RowFault(`${what} is ${shown}, expected ${expected}`, advice, target, BAD);
    }
    if (name.length > INPUT_LIMITS.nameLength) {
      throw new RowFault(
        `${what} has ${name.length} characters, at most ${INPUT_LIMITS.nameLength} are kept`,
        remedy`shorten it, and send what varies under another key`,
        target,
        BAD,
      );
    }
    if (this.#names.size >= INPUT_LIMITS.eventNames && !this.#names.has(name)) {
      throw new RowFault(
        `there are more than ${INPUT_LIMITS.eventNames} names of events`,
        remedy`send what varies under another key`,
        target,
        BAD,
      );
    }
    return name;
  }
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}
