import { visibleText } from "../../core/visible_text.ts";

/**
 * What a wire schema cannot send; the message is one line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { UnsendableError } from "@hindcast/hindcast/report";
 *
 * const error = new UnsendableError("half.json", 7, "x is 300");
 * assert.equal(error.message, "Cannot send frame 7 by half.json: x is 300");
 * ```
 */
export class UnsendableError extends RangeError {
  /** Name of the class. */
  override name = "UnsendableError";
  /** Name of the wire schema. */
  readonly wire: string;
  /** Frame that holds the value; undefined where the schema does not fit the recording at all. */
  readonly frame: number | undefined;
  /** Why it cannot be sent. */
  readonly reason: string;

  /** Puts wire schema, frame and reason into one line. */
  constructor(wire: string, frame: number | undefined, reason: string, cause?: unknown) {
    const what = frame === undefined ? "the recording" : `frame ${frame}`;
    super(`Cannot send ${what} by ${visibleText(wire, 200)}: ${reason}`, { cause });
    this.wire = wire;
    this.frame = frame;
    this.reason = reason;
  }
}
