const LENGTH_MAX = 60;

/** A number as the input spells it, which a double may not hold; for messages. */
export class SpeltNumber {
  /** Its text in the input. */
  readonly literal: string;

  /** Number of a text. */
  constructor(literal: string) {
    this.literal = literal;
  }
}

/** Says how the numbers of a record are spelt. */
export interface Spelling {
  /** A value under a dotted name as messages show it: a number by its text, where that is known. */
  spelt(name: string, value: unknown): unknown;
}

/** A value as it stands in a message: JSON, cut after 60 characters, on one line. */
export function excerpt(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shorten(value));
  if (value instanceof SpeltNumber) return shorten(value.literal);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** A value that is not what it should be, as messages put it. */
export function describe(value: unknown): string {
  return typeof value === "string" ? `the text ${excerpt(value)}` : excerpt(value);
}

/** Text cut after 60 characters, with a mark where it was cut. */
export function shorten(text: string): string {
  return text.length <= LENGTH_MAX ? text : `${text.slice(0, LENGTH_MAX)}…`;
}

/** As {@linkcode excerpt}, of a value whose text is not known: no digits that it may not have. */
export function roughly(value: unknown): string {
  return typeof value === "number" && !Number.isSafeInteger(value) ? "a number" : excerpt(value);
}
