import type { InputSyntaxError } from "./input_error.ts";

const LINES_NAMED = 5;

/**
 * Count of the lines that were skipped, with the first of them by number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { BadLines, readStates } from "@hindcast/hindcast";
 *
 * const bad = new BadLines();
 * const input = new Blob(['{"f":0,"id":1,"x":5}\noops\n{"f":1,"id":1,"x":6}\n']).stream();
 * const options = { rateHz: 60, skipBad: true, onBadLine: bad.add };
 * const frames = await Array.fromAsync(readStates(input, options));
 * assert.equal(frames.length, 2);
 * assert.equal(bad.summary(), "1 bad line skipped (line 2)");
 * ```
 */
export class BadLines {
  /** Lines that were skipped. */
  count: number = 0;
  /** Errors of the first five. */
  readonly first: InputSyntaxError[] = [];

  /** Counts one; bound to its tally, so that it serves as an `onBadLine`. */
  readonly add = (error: InputSyntaxError): void => {
    this.count++;
    if (this.first.length < LINES_NAMED) this.first.push(error);
  };

  /** One line for people: how many, and the numbers of the first five. */
  summary(): string {
    if (this.count === 0) return "no bad lines";
    const numbers = this.first.map((error) => error.line).join(", ");
    const more = this.count > this.first.length ? " ..." : "";
    return this.count === 1
      ? `1 bad line skipped (line ${numbers})`
      : `${this.count} bad lines skipped (lines ${numbers}${more})`;
  }
}
