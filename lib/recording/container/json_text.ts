import { hasOwnMembers } from "../../core/own_members.ts";
import { shownValue } from "../../core/shown_value.ts";
import { visibleText } from "../../core/visible_text.ts";

/**
 * JSON text of a value such that parsing it gives the value back: -0 stays -0, and what JSON
 * cannot hold is refused instead of turned into null.
 *
 * What has a JSON form of its own, such as a date, is written so; an instance of a class by the
 * members that it has itself, as `JSON.stringify` does.
 *
 * @param name what the value is called in a message
 * @throws {TypeError} for anything but null, booleans, finite numbers, texts, arrays and objects,
 *   and for an instance of a class that has no members of its own; says where it lies
 */
export function exactJsonText(value: unknown, name: string = "the value"): string {
  const path: (string | number)[] = [];
  try {
    return textOf(value, path);
  } catch (error) {
    if (error instanceof NoJson) {
      throw new TypeError(`${name}${path.map(stepText).join("")} is ${error.message}`);
    }
    if (!(error instanceof RangeError)) throw error;
    throw new TypeError(
      `${name} is nested deeper than ${JSON_DEPTH_MAX} levels, or has no end; leave out what is below`,
    );
  }
}

/** The form that an object has in JSON where it has one of its own; any other value as it is. */
export function jsonForm(value: unknown, key: string = ""): unknown {
  const toJSON: unknown = (value as { toJSON?: unknown } | null | undefined)?.toJSON;
  const hasForm = typeof value === "object" && typeof toJSON === "function";
  return hasForm ? toJSON.call(value, key) : value;
}

/** Levels of lists and objects that a value may have, so that every reader can print it. */
export const JSON_DEPTH_MAX: number = 512;

/** What JSON cannot hold, and what to do, without the place. */
class NoJson extends Error {
  /** @param remedy what to do about it */
  constructor(value: unknown, remedy: string) {
    super(`${shownValue(value)}, which JSON cannot hold; ${remedy}`);
  }
}

/** @param path where the value lies; stays where it is when that is refused */
function textOf(value: unknown, path: (string | number)[]): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw new NoJson(value, "leave it out");
      return Object.is(value, -0) ? "-0" : String(value);
    case "object": {
      if (value === null) return "null";
      const form = jsonForm(value, String(path.at(-1) ?? ""));
      if (typeof form !== "object" || form === null) return textOf(form, path);
      if (path.length >= JSON_DEPTH_MAX) throw new RangeError("too deep");
      return Array.isArray(form) ? listText(form, path) : objectText(form, path);
    }
    default:
      throw new NoJson(value, typeof value === "bigint" ? "make a text of it" : "leave it out");
  }
}

function listText(list: readonly unknown[], path: (string | number)[]): string {
  let text = "[";
  for (let i = 0; i < list.length; i++) {
    path.push(i);
    text += (i === 0 ? "" : ",") + textOf(list[i], path);
    path.pop();
  }
  return `${text}]`;
}

function objectText(object: object, path: (string | number)[]): string {
  // A map or an error would be an empty object.
  const sort = Object.prototype.toString.call(object).slice(8, -1);
  if (sort !== "Object") throw new NoJson(object, "make an object or a list of it");
  if (!hasOwnMembers(object)) {
    throw new NoJson(object, "it has no members of its own: give it a toJSON");
  }
  let text = "{";
  for (const key of Object.keys(object)) {
    path.push(key);
    const value = textOf((object as Record<string, unknown>)[key], path);
    text += `${text === "{" ? "" : ","}${JSON.stringify(key)}:${value}`;
    path.pop();
  }
  return `${text}}`;
}

/** Characters of a key that are shown. */
const KEY_MAX = 60;

function stepText(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[A-Za-z_$][\w$]*$/.test(step)
    ? `.${visibleText(step, KEY_MAX)}`
    : `[${shownValue(step)}]`;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** What is wrong with a text that UTF-8 has no bytes for, and what to do. */
export const HALF_PAIR =
  "it has half of a surrogate pair, as a text that was cut inside a character; toWellFormed() mends it";

/** Text as UTF-8 has it: half a surrogate pair becomes another character. */
export function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? fromUtf8(utf8(text)) : text;
}

/** Text of UTF-8 bytes. @throws {TypeError} when they are none */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** Value of JSON in UTF-8. @throws {RangeError} when it is none, or has a number of no double */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = fromUtf8(bytes);
    value = JSON.parse(text);
  } catch (error) {
    throw new RangeError(`it is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  // JSON.parse() makes Infinity of it, which no JSON can be made of again.
  if (MAY_OVERFLOW.test(text) && isInfinite(value)) {
    throw new RangeError("it has a number that is too large");
  }
  return value;
}

/** Numbers of hundreds of digits, spelt out or by their exponent. */
const MAY_OVERFLOW = /\de\+?\d{3}|\d{309}/i;

function isInfinite(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  return typeof value === "object" && value !== null && Object.values(value).some(isInfinite);
}
