import { optionKey, remedy } from "../../core/remedy.ts";
import { FRAME_MAX, isFrame } from "../../core/time/frame.ts";
import { memberOf } from "../../core/state/member_of.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { inexactNumber, isSurelyExact } from "../rows/exact_number.ts";
import { literalAt } from "../rows/flat_row.ts";
import { excerpt } from "../input/excerpt.ts";
import { describe } from "../input/excerpt.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import { millisecondsOf, TIME_UNIT_NAMES, timeInUnit, type TimeUnit } from "../input/time_unit.ts";

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
}

/** Makes events of objects: of a stream of their own, or among states. */
export class EventReader {
  readonly #keys: EventKeys;
  readonly #isAmongStates: boolean;
  readonly #anyOrder: boolean;
  readonly #unit: TimeUnit;
  readonly #names = new Set<string>();
  #frame = 0;
  #timeMs = 0;
  /** The time of the last event in the input's unit. */
  #time = 0;

  /** Reader before the first event. */
  constructor(keys: EventKeys, options: EventReaderOptions) {
    this.#keys = keys;
    this.#isAmongStates = options.isAmongStates === true;
    this.#anyOrder = this.#isAmongStates || options.anyOrder === true;
    this.#unit = options.timeUnit ?? "ms";
  }

  /**
   * Event of an object.
   *
   * @param object whole event as it came
   * @param text the object as JSON, for looking up how numbers are spelt
   * @throws {RowFault} when it is no event; it then had no effect
   */
  read(object: object, text: string): StateEvent {
    const data = object as Readonly<Record<string, unknown>>;
    const { frame: frameKey, time: timeKey, event: eventKey } = this.#keys;
    // Of a time in small units the milliseconds count, which its spelling gives.
    refuseInexactData(data, text, "", 1, this.#unit === "ms" ? undefined : timeKey);
    const frame = this.#readFrame(memberOf(data, frameKey));
    const timeMs = this.#readTime(memberOf(data, timeKey), text);
    if (frame === undefined && timeMs === undefined && !this.#isAmongStates) {
      throw new RowFault(
        `the event has neither a frame ${excerpt(frameKey)} nor a time ${excerpt(timeKey)}`,
        remedy`name the keys with ${optionKey("frameKey")} and ${optionKey("timeKey")}`,
      );
    }
    const name = this.#readName(memberOf(data, eventKey));
    this.#names.add(name);
    if (!this.#anyOrder) {
      this.#frame = frame ?? this.#frame;
      if (timeMs !== undefined) {
        this.#timeMs = timeMs;
        this.#time = memberOf(data, timeKey) as number;
      }
    }
    return { frame, timeMs, name, data };
  }

  #readFrame(frame: unknown): number | undefined {
    if (frame === undefined) return undefined;
    const target = { path: this.#keys.frame, part: "value" } as const;
    const what = `the frame ${JSON.stringify(this.#keys.frame)}`;
    if (!isFrame(frame)) {
      throw new RowFault(
        `${what} is ${describe(frame)}, expected an integer from 0 to ${FRAME_MAX}`,
        remedy`number the frames, or name another key with ${optionKey("frameKey")}`,
        target,
      );
    }
    if (frame < this.#frame) {
      throw new RowFault(
        `${what} goes backwards, from ${this.#frame} to ${frame}`,
        remedy`sort the events by frame`,
        target,
      );
    }
    return frame + 0;
  }

  #readTime(time: unknown, text: string): number | undefined {
    if (time === undefined) return undefined;
    const key = this.#keys.time;
    const target = { path: key, part: "value" } as const;
    const what = `the time ${JSON.stringify(key)}`;
    const unit = this.#unit;
    const unitName = TIME_UNIT_NAMES[unit];
    const timeMs = typeof time === "number" && time >= 0 && time < Infinity
      ? millisecondsOf(time, unit, () => literalAt(text, key) || String(time))
      : NaN;
    if (!(timeMs <= INPUT_LIMITS.timeMs)) {
      const limit = timeInUnit(INPUT_LIMITS.timeMs, unit);
      throw new RowFault(
        `${what} is ${describe(time)}, expected ${unitName} from 0 to ${limit}`,
        remedy`send ${unitName} since the start, or name another key with ${optionKey("timeKey")}`,
        target,
      );
    }
    if (timeMs < this.#timeMs) {
      throw new RowFault(
        `${what} goes backwards, from ${this.#time} to ${time}`,
        remedy`sort the events by time`,
        target,
      );
    }
    return timeMs + 0;
  }

  #readName(name: unknown): string {
    const key = this.#keys.event;
    const what = `the event's name ${JSON.stringify(key)}`;
    const advice = this.#isAmongStates
      ? remedy`send a text, or name another event key where it is a field`
      : remedy`send it as ${JSON.stringify(key)}`;
    if (name === undefined) throw new RowFault(`${what} is missing`, advice);
    const target = { path: key, part: "value" } as const;
    if (typeof name !== "string" || name === "") {
      throw new RowFault(`${what} is ${describe(name)}, expected a text`, advice, target);
    }
    if (name.length > INPUT_LIMITS.nameLength) {
      throw new RowFault(
        `${what} has ${name.length} characters, at most ${INPUT_LIMITS.nameLength} are kept`,
        remedy`shorten it, and send what varies under another key`,
        target,
      );
    }
    if (this.#names.size >= INPUT_LIMITS.eventNames && !this.#names.has(name)) {
      throw new RowFault(
        `there are more than ${INPUT_LIMITS.eventNames} names of events`,
        remedy`send what varies under another key`,
        target,
      );
    }
    return name;
  }
}

/** Refuses numbers that a double cannot hold, at any depth, and nesting above the limit. */
function refuseInexactData(
  value: unknown,
  text: string,
  path: string,
  depth: number,
  exempt?: string,
): void {
  if (typeof value === "number") {
    if (isSurelyExact(value)) return;
    const fault = inexactNumber(value, literalAt(text, path));
    if (fault === undefined) return;
    throw new RowFault(`in ${JSON.stringify(path)} ${fault.problem}`, fault.remedy, {
      path,
      part: "value",
    });
  }
  if (typeof value !== "object" || value === null) return;
  if (depth > INPUT_LIMITS.depth) {
    throw new RowFault(
      `the event is nested deeper than ${INPUT_LIMITS.depth} levels`,
      remedy`flatten it before it is sent`,
    );
  }
  const prefix = path === "" ? "" : `${path}.`;
  const members = value as Record<string, unknown>;
  for (const key in members) {
    const member = members[key];
    if (typeof member === "number" && isSurelyExact(member)) continue;
    if (typeof member === "string" || prefix + key === exempt) continue;
    refuseInexactData(member, text, prefix + key, depth + 1, exempt);
  }
}
