import { FRAME_MAX, isFrame } from "../core/frame.ts";
import type { StateEvent } from "../core/state.ts";
import { inexactNumber, isSurelyExact } from "./exact_number.ts";
import { literalAt } from "./flat_row.ts";
import { excerpt, InputSyntaxError } from "./input_error.ts";
import { findMember } from "./json_text.ts";
import { describe } from "./kind_table.ts";
import { INPUT_LIMITS } from "./limits.ts";
import { parseObject } from "./record_parser.ts";
import { RowFault } from "./row_fault.ts";
import { isBlank, refuseEncoding } from "./state_reader.ts";
import { type ByteSource, readLines } from "./text_lines.ts";
import { millisecondsOf, TIME_UNIT_NAMES, timeInUnit, type TimeUnit } from "./time_unit.ts";

/** How {@linkcode readEvents} reads. */
export interface ReadEventsOptions {
  /** Name of the input for messages, usually its path; "events" when left out. */
  readonly source?: string | undefined;
  /** Key of the frame index; `f` when left out. */
  readonly frameKey?: string | undefined;
  /** Key of the time; `t` when left out. */
  readonly timeKey?: string | undefined;
  /** Unit of the times; `ms` when left out. The data of an event keeps the time as it came. */
  readonly timeUnit?: TimeUnit | undefined;
  /** Key of the event's name; `ev` when left out. */
  readonly eventKey?: string | undefined;
  /** True to skip lines that cannot be read instead of stopping at the first. */
  readonly skipBad?: boolean | undefined;
  /** Called with the error of each line that was skipped. */
  readonly onBadLine?: ((error: InputSyntaxError) => void) | undefined;
}

/**
 * Reads events from NDJSON, gzipped or not: `{"f":677,"t":10702,"ev":"shot","id":3}`.
 *
 * An event has a frame, a time, or both, and a name; all its data is kept as it came. Frames must
 * not go backwards, nor times, so that events can be merged with states as both stream by; equal
 * ones keep their order. An input without events is fine.
 *
 * @param input bytes; a stream is cancelled when the iteration ends early
 * @returns events in input order
 * @throws {InputSyntaxError} while iterating, for input that is refused
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readEvents } from "@hindcast/hindcast";
 *
 * const input = new Blob(['{"f":677,"ev":"shot","ray":[0,0,1]}\n']).stream();
 * const [shot] = await Array.fromAsync(readEvents(input));
 * assert.equal(shot.frame, 677);
 * assert.equal(shot.name, "shot");
 * assert.deepEqual(shot.data.ray, [0, 0, 1]);
 * ```
 */
export async function* readEvents(
  input: ByteSource,
  options: ReadEventsOptions = {},
): AsyncGenerator<StateEvent, void, void> {
  const { source = "events" } = options;
  const reader = new EventReader(
    options.frameKey ?? "f",
    options.timeKey ?? "t",
    options.eventKey ?? "ev",
    options.timeUnit ?? "ms",
  );
  for await (const { lines, firstLine, damaged } of readLines(input, source)) {
    for (let i = 0; i < lines.length; i++) {
      const text = lines[i]!;
      let event: StateEvent;
      try {
        if (damaged?.has(i)) refuseEncoding(text);
        if (isBlank(text)) continue;
        event = reader.read(text);
      } catch (fault) {
        if (!(fault instanceof RowFault)) throw fault;
        const place = { source, line: firstLine + i, column: columnOf(fault, text) };
        const refusal = new InputSyntaxError(place, fault.reason, fault.remedy);
        if (options.skipBad !== true) throw refusal;
        options.onBadLine?.(refusal);
        continue;
      }
      yield event;
    }
  }
}

class EventReader {
  readonly #frameKey: string;
  readonly #timeKey: string;
  readonly #eventKey: string;
  readonly #unit: TimeUnit;
  readonly #names = new Set<string>();
  #frame = 0;
  #timeMs = 0;
  /** The time of the last event in the input's unit. */
  #time = 0;

  constructor(frameKey: string, timeKey: string, eventKey: string, unit: TimeUnit) {
    this.#frameKey = frameKey;
    this.#timeKey = timeKey;
    this.#eventKey = eventKey;
    this.#unit = unit;
  }

  read(text: string): StateEvent {
    const data = parseObject(text) as Record<string, unknown>;
    // Of a time in small units the milliseconds count, which its spelling gives.
    const exempt = this.#unit === "ms" ? undefined : this.#timeKey;
    refuseInexactData(data, text, "", 1, exempt);
    const frame = this.#readFrame(ownValue(data, this.#frameKey));
    const timeMs = this.#readTime(ownValue(data, this.#timeKey), text);
    if (frame === undefined && timeMs === undefined) {
      throw new RowFault(
        `the event has neither a frame ${excerpt(this.#frameKey)} nor a time ${
          excerpt(this.#timeKey)
        }`,
        "name the keys with --frame-key and --time-key",
      );
    }
    const name = this.#readName(ownValue(data, this.#eventKey));
    this.#names.add(name);
    this.#frame = frame ?? this.#frame;
    if (timeMs !== undefined) {
      this.#timeMs = timeMs;
      this.#time = ownValue(data, this.#timeKey) as number;
    }
    return { frame, timeMs, name, data };
  }

  #readFrame(frame: unknown): number | undefined {
    if (frame === undefined) return undefined;
    const target = { path: this.#frameKey, part: "value" } as const;
    const what = `the frame ${JSON.stringify(this.#frameKey)}`;
    if (!isFrame(frame)) {
      throw new RowFault(
        `${what} is ${describe(frame)}, expected an integer from 0 to ${FRAME_MAX}`,
        "number the frames, or name another key with --frame-key",
        target,
      );
    }
    if (frame < this.#frame) {
      throw new RowFault(
        `${what} goes backwards, from ${this.#frame} to ${frame}`,
        "sort the events by frame",
        target,
      );
    }
    return frame + 0;
  }

  #readTime(time: unknown, text: string): number | undefined {
    if (time === undefined) return undefined;
    const target = { path: this.#timeKey, part: "value" } as const;
    const what = `the time ${JSON.stringify(this.#timeKey)}`;
    const unit = this.#unit;
    const unitName = TIME_UNIT_NAMES[unit];
    const timeMs = typeof time === "number" && time >= 0 && time < Infinity
      ? millisecondsOf(time, unit, () => literalAt(text, this.#timeKey))
      : NaN;
    if (!(timeMs <= INPUT_LIMITS.timeMs)) {
      const limit = timeInUnit(INPUT_LIMITS.timeMs, unit);
      throw new RowFault(
        `${what} is ${describe(time)}, expected ${unitName} from 0 to ${limit}`,
        `send ${unitName} since the start, or name another key with --time-key`,
        target,
      );
    }
    if (timeMs < this.#timeMs) {
      throw new RowFault(
        `${what} goes backwards, from ${this.#time} to ${time}`,
        "sort the events by time",
        target,
      );
    }
    return timeMs + 0;
  }

  #readName(name: unknown): string {
    const key = this.#eventKey;
    const what = `the event's name ${JSON.stringify(key)}`;
    const remedy = `send it as ${JSON.stringify(key)}`;
    if (name === undefined) throw new RowFault(`${what} is missing`, remedy);
    const target = { path: key, part: "value" } as const;
    if (typeof name !== "string" || name === "") {
      throw new RowFault(`${what} is ${describe(name)}, expected a text`, remedy, target);
    }
    if (name.length > INPUT_LIMITS.nameLength) {
      throw new RowFault(
        `${what} has ${name.length} characters, at most ${INPUT_LIMITS.nameLength} are kept`,
        "shorten it, and send what varies under another key",
        target,
      );
    }
    if (this.#names.size >= INPUT_LIMITS.eventNames && !this.#names.has(name)) {
      throw new RowFault(
        `there are more than ${INPUT_LIMITS.eventNames} names of events`,
        "send what varies under another key",
        target,
      );
    }
    return name;
  }
}

function ownValue(data: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(data, key) ? data[key] : undefined;
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
    throw new RowFault(`in ${JSON.stringify(path)} ${fault.reason}`, fault.remedy, {
      path,
      part: "value",
    });
  }
  if (typeof value !== "object" || value === null) return;
  if (depth > INPUT_LIMITS.depth) {
    throw new RowFault(
      `the event is nested deeper than ${INPUT_LIMITS.depth} levels`,
      "flatten it before it is sent",
    );
  }
  const prefix = path === "" ? "" : `${path}.`;
  const members = value as Record<string, unknown>;
  for (const key in members) {
    const member = members[key];
    if (typeof member === "number" && isSurelyExact(member)) continue;
    if (typeof member === "string" || key === exempt) continue;
    refuseInexactData(member, text, prefix + key, depth + 1);
  }
}

function columnOf({ target }: RowFault, text: string): number | undefined {
  if (target === undefined) return undefined;
  if ("offset" in target) return target.offset + 1;
  const member = findMember(text, target.path);
  return member && member.valueAt + 1;
}
