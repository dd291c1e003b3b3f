/** Where in an input something is. */
export interface InputPlace {
  /** Name of the input, usually its path. */
  readonly source: string;
  /** Line, counted from 1; undefined when the input as a whole is meant. */
  readonly line?: number | undefined;
  /** Column in UTF-16 code units, counted from 1; undefined when the line as a whole is meant. */
  readonly column?: number | undefined;
}

/**
 * Input that cannot be read. The message is one line: where, why, and what to do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { InputSyntaxError } from "@hindcast/hindcast";
 *
 * const place = { source: "duel.ndjson", line: 3, column: 8 };
 * const error = new InputSyntaxError(place, "the frame is -1", "number frames from 0");
 * assert.equal(
 *   error.message,
 *   "Cannot read duel.ndjson:3:8: the frame is -1; number frames from 0",
 * );
 * ```
 */
export class InputSyntaxError extends SyntaxError {
  /** Name of the error class. */
  override name = "InputSyntaxError";
  /** Name of the input, usually its path. */
  readonly source: string;
  /** Line, counted from 1; undefined when the input as a whole is meant. */
  readonly line: number | undefined;
  /** Column in UTF-16 code units, counted from 1; undefined when the line as a whole is meant. */
  readonly column: number | undefined;
  /** What is wrong, without the place. */
  readonly reason: string;
  /** What the user can do about it. */
  readonly remedy: string;

  /**
   * Error at a place.
   *
   * @param reason what is wrong, without the place
   * @param remedy what the user can do about it
   */
  constructor(place: InputPlace, reason: string, remedy: string) {
    super(oneLine(`Cannot read ${describePlace(place)}: ${reason}; ${remedy}`));
    this.source = place.source;
    this.line = place.line;
    this.column = place.column;
    this.reason = reason;
    this.remedy = remedy;
  }
}

function describePlace({ source, line, column }: InputPlace): string {
  if (line === undefined) return source;
  return column === undefined ? `${source}:${line}` : `${source}:${line}:${column}`;
}

// Control characters, line separators and direction marks would let input forge or hide output.
// deno-lint-ignore no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** The text with every character escaped that would break a line or steer a terminal. */
export function oneLine(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const EXCERPT_LENGTH_MAX = 60;

/** A value as it stands in a message: JSON, cut after 60 characters, on one line. */
export function excerpt(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shorten(value));
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** Text cut after 60 characters, with a mark where it was cut. */
export function shorten(text: string): string {
  return text.length <= EXCERPT_LENGTH_MAX ? text : `${text.slice(0, EXCERPT_LENGTH_MAX)}…`;
}
