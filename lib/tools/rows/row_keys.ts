import { optionKey, type OptionNaming, type OptionNamingError } from "../../core/remedy.ts";
import { type Remedy, remedy } from "../../core/remedy.ts";
import type { Schema } from "../../core/state/schema.ts";
import { EVENT_KEYS } from "../select/event_payload.ts";

/** Keys of a row that are no fields, and those of an event. */
export interface RowKeys {
  /** Key of the frame index. */
  readonly frame: string;
  /** Key of the time in milliseconds. */
  readonly time: string;
  /** Key of an event's name. */
  readonly event: string;
  /** Key of the entity's id. */
  readonly id: string;
  /** Key of the entity's kind. */
  readonly kind: string;
}

/** Keys of rows unless they are named otherwise: those that are read unless named otherwise. */
export const ROW_KEYS: RowKeys = { ...EVENT_KEYS, id: "id", kind: "kind" };

/** Key of the list of entities in a line that is a whole frame. */
export const ENTITIES_KEY = "entities";

const OPTIONS = {
  frame: "frameKey",
  time: "timeKey",
  id: "idKey",
  kind: "kindKey",
  event: "eventKey",
} as const;

/** A key that cannot be used, since it is a field's name or stands for two things. */
export class RowKeyError extends RangeError implements OptionNamingError {
  /** Name of the error class. */
  override name = "RowKeyError";
  /** What is wrong. */
  readonly problem: string;
  /** What the user can do about it. */
  readonly remedy: Remedy;

  /** Error of a key. */
  constructor(problem: string, remedy: Remedy) {
    super(`${problem}; ${remedy}`);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The message with options as they are called where it is read. */
  messageWith(nameOf: OptionNaming): string {
    return `${this.problem}; ${this.remedy.render(nameOf)}`;
  }
}

/**
 * Refuses keys that make rows ambiguous: two of one name, or one that is a field as well.
 *
 * @throws {RowKeyError}
 */
export function assertRowKeys({ kinds }: Schema, keys: RowKeys): void {
  const names = KEY_NAMES.map((key) => keys[key]);
  if (new Set(names).size < names.length || names.includes(ENTITIES_KEY)) {
    throw new RowKeyError(
      `The keys of rows are ${names.join(", ")}`,
      remedy`name a different one for each, and none ${ENTITIES_KEY}`,
    );
  }
  for (const kind of kinds) {
    for (const { name } of kind.fields) {
      const key = KEY_NAMES.find((key) => keys[key] === name);
      if (key === undefined) continue;
      throw new RowKeyError(
        `The kind ${JSON.stringify(kind.name)} has a field ${JSON.stringify(name)}, which is the ` +
          `key of ${WHAT[key]} in rows`,
        remedy`give ${optionKey(OPTIONS[key])} another name, here and to record`,
      );
    }
  }
}

const WHAT = {
  frame: "the frame",
  time: "the time",
  id: "the entity",
  kind: "the kind",
  event: "an event's name",
} as const;

const KEY_NAMES = ["frame", "time", "id", "kind", "event"] as const;
