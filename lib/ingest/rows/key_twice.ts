import { remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import { findKeyTwice, type KeyTwice } from "./json_places.ts";
import type { FlatRow } from "./flat_row.ts";
import { keysIn } from "../input/keys_in.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";

/** Fault of an object that holds a key twice. */
export class KeyTwiceFault extends RowFault {
  /** The key. */
  readonly key: string;

  /** Fault that points at the second occurrence. */
  constructor({ key, offset }: KeyTwice) {
    super(
      `the key ${excerpt(key)} occurs twice in one object`,
      remedy`send each key once, since only one of the values could be kept`,
      { offset },
      { code: "key-twice", field: key },
    );
    this.key = key;
  }
}

/**
 * Refuses a JSON text with an object that holds a key twice, of which `JSON.parse` keeps one value.
 *
 * Every key brings a colon. So a text with as many colons as its value has keys and texts have
 * colons holds no key twice, and only other texts are read a second time.
 *
 * @param value what `JSON.parse` makes of the text
 * @param colons colons of the text, where they are counted already
 * @param keys keys of the value at all depths, where they are counted already
 * @throws {KeyTwiceFault}
 */
export function refuseKeyTwice(
  text: string,
  value: object,
  colons: number = colonsOf(text),
  keys: number = keysIn(value, 1),
): void {
  if (colons === keys) return;
  // An escape spells a colon without one.
  const hasEscape = text.includes("\\u003");
  if (!hasEscape && colons === keys + colonsIn(value, 1)) return;
  const twice = findKeyTwice(text);
  if (twice !== undefined) throw new KeyTwiceFault(twice);
}

/**
 * As {@linkcode refuseKeyTwice} of a row; when it is the key of frame or id, the row then has none.
 *
 * @throws {KeyTwiceFault}
 */
export function refuseRowKeyTwice(
  row: FlatRow,
  object: object,
  colons?: number,
  keyCount?: number,
): void {
  try {
    refuseKeyTwice(row.text, object, colons, keyCount);
  } catch (fault) {
    if (fault instanceof KeyTwiceFault) {
      if (row.keys.frame.split(".").includes(fault.key)) row.frame = undefined;
      if (row.keys.id.split(".").includes(fault.key)) row.id = undefined;
    }
    throw fault;
  }
}

function colonsOf(text: string): number {
  let count = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) count++;
  return count;
}

/** Colons in keys and texts, down to the depth that is taken at all. */
function colonsIn(value: unknown, depth: number): number {
  if (typeof value === "string") return colonsOf(value);
  if (typeof value !== "object" || value === null || depth > INPUT_LIMITS.depth) return 0;
  let count = 0;
  const members = value as Record<string, unknown>;
  for (const key in members) {
    if (!Array.isArray(value)) count += colonsOf(key);
    count += colonsIn(members[key], depth + 1);
  }
  return count;
}
