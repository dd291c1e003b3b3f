import { optionKey, remedy } from "../../core/remedy.ts";
import { memberOf } from "../../core/state/member_of.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { jsonValueText, numberText } from "./json_value.ts";
import { ENTITIES_KEY, type RowKeys } from "./row_keys.ts";
import type { RowNote } from "./row_note.ts";

/** What an event's own members have to say, each as JSON; undefined for one that it has not. */
interface Said {
  readonly key: string;
  readonly text: string | undefined;
}

/**
 * Events as lines of NDJSON, as they came in where their members say name, frame and time by the
 * keys. Else these are put in front, and take the place of members that say something else.
 */
export class EventLines {
  readonly #keys: RowKeys;
  readonly #replaced = new Otherwise();
  readonly #added = new Otherwise();
  #unplaced = 0;
  #frameLike = 0;

  /** Lines of events. */
  constructor(keys: RowKeys) {
    this.#keys = keys;
  }

  /**
   * Line of an event.
   *
   * @param standsAt frame at which it stands
   * @param current frame whose states stand before it; undefined when there is none. An event that
   *   says neither frame nor time belongs to that
   */
  lineOf(event: StateEvent, standsAt: number, current: number | undefined): string {
    const { frame, timeMs, name, data } = event;
    const keys = this.#keys;
    const isOfCurrent = timeMs === undefined && (frame ?? standsAt) === current &&
      memberOf(data, keys.frame) === undefined && memberOf(data, keys.time) === undefined;
    const isUnplaced = frame === undefined && timeMs === undefined;
    if (isUnplaced) this.#unplaced++;
    if (current !== undefined && isFrameLike(data, keys.id)) this.#frameLike++;
    const saidFrame = isOfCurrent ? undefined : isUnplaced ? standsAt : frame;
    const wanted = [
      ...different(data, keys.frame, saidFrame),
      ...different(data, keys.time, timeMs),
      ...different(data, keys.event, name),
    ];
    if (wanted.length === 0) return `${jsonValueText(data)}\n`;
    const isThere = ({ key }: Said) => memberOf(data, key) !== undefined;
    this.#replaced.add(wanted.filter(isThere));
    this.#added.add(wanted.filter((said) => !isThere(said)));
    return `${withMembers(data, wanted)}\n`;
  }

  /** What lines have otherwise than their events did. */
  notes(): RowNote[] {
    const notes: RowNote[] = [];
    if (this.#replaced.count > 0) {
      notes.push({
        code: "event-members-replaced",
        problem:
          `${this.#replaced.count} events have something else under ${this.#replaced.keys} ` +
          "than their frame, their time in milliseconds and their name, which take its place",
        remedy: remedy`to keep it, name other keys by ${optionKey("frameKey")}, ${
          optionKey("timeKey")
        } and ${optionKey("eventKey")}, here and where it is read`,
      });
    }
    if (this.#added.count > 0) {
      notes.push({
        code: "event-members-added",
        problem: `${this.#added.count} events came without ${this.#added.keys}, which are put in ` +
          "front to keep their frame, time and name",
        remedy: remedy`if they have them under other keys, name these by ${
          optionKey("frameKey")
        }, ${optionKey("timeKey")} and ${optionKey("eventKey")}, here and where it is read`,
      });
    }
    if (this.#unplaced > 0) {
      notes.push({
        code: "events-without-place",
        problem: `${this.#unplaced} events have neither frame nor time, and are read back as ` +
          "events of the frame at which they stand",
      });
    }
    if (this.#frameLike > 0) {
      notes.push({
        code: "events-like-frames",
        problem: `${this.#frameLike} events have a list ${JSON.stringify(ENTITIES_KEY)} as a ` +
          "whole frame does, and are refused among states",
        remedy: remedy`write states and events each to a file of their own`,
      });
    }
    return notes;
  }
}

/** Events that a line gives otherwise than they came, and the keys where it does. */
class Otherwise {
  count = 0;
  readonly #keys = new Set<string>();

  add(members: readonly Said[]): void {
    if (members.length > 0) this.count++;
    for (const { key } of members) this.#keys.add(JSON.stringify(key));
  }

  get keys(): string {
    return [...this.#keys].join(", ");
  }
}

/** True for data with a list of entities, which readers of states refuse to take for an event. */
function isFrameLike(data: Readonly<Record<string, unknown>>, idKey: string): boolean {
  const list = Object.hasOwn(data, ENTITIES_KEY) ? data[ENTITIES_KEY] : undefined;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return typeof first === "object" && first !== null && idKey in first;
}

/** What a member has to say, unless it says so. */
function different(data: object, key: string, value: string | number | undefined): Said[] {
  if (memberOf(data, key) === value) return [];
  if (value === undefined) return [{ key, text: undefined }];
  return [{ key, text: typeof value === "string" ? JSON.stringify(value) : numberText(value) }];
}

/** Members with some in front; a nested one that has to go is taken out of its object. */
function withMembers(data: object, wanted: readonly Said[]): string {
  let rest = data as Readonly<Record<string, unknown>>;
  for (const { key, text } of wanted) {
    // One in front comes before a nested one.
    if (Object.hasOwn(rest, key)) rest = without(rest, [key]);
    if (text === undefined && memberOf(rest, key) !== undefined) {
      rest = without(rest, key.split("."));
    }
  }
  const front = wanted.filter(({ text }) => text !== undefined).map(({ key, text }) =>
    `${JSON.stringify(key)}:${text}`
  );
  const members = Object.entries(rest).map(([key, member]) =>
    `${JSON.stringify(key)}:${jsonValueText(member, 1)}`
  );
  return `{${[...front, ...members].join(",")}}`;
}

function without(
  object: Readonly<Record<string, unknown>>,
  [key, ...inner]: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => {
      if (name !== key) return [[name, value]];
      if (inner.length === 0) return [];
      return [[name, without(value as Record<string, unknown>, inner)]];
    }),
  );
}
