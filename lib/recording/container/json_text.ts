/**
 * JSON text of a value such that parsing it gives the value back: -0 stays -0, and what JSON
 * cannot hold is refused instead of turned into null.
 *
 * What has a JSON form of its own, such as a date, is written so.
 *
 * @throws {TypeError} for anything but null, booleans, finite numbers, texts, arrays and objects
 */
export function exactJsonText(value: unknown): string {
  try {
    return textOf(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TypeError("JSON cannot hold what lies so deep within itself, or has no end");
  }
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`JSON cannot hold ${value}`);
      return Object.is(value, -0) ? "-0" : String(value);
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${value.map(textOf).join(",")}]`;
      return objectText(value as Record<string, unknown>);
    default:
      throw new TypeError(`JSON cannot hold a value of type ${typeof value}`);
  }
}

function objectText(object: Record<string, unknown>): string {
  const { toJSON } = object;
  if (typeof toJSON === "function") return textOf(toJSON.call(object));
  // A map or an error would be an empty object.
  const sort = Object.prototype.toString.call(object).slice(8, -1);
  if (sort !== "Object") throw new TypeError(`JSON cannot hold a value of type ${sort}`);
  const members = Object.keys(object).map((key) => `${JSON.stringify(key)}:${textOf(object[key])}`);
  return `{${members.join(",")}}`;
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
