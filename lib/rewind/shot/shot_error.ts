/**
 * A shot that cannot be judged; the message is one line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ShotError } from "@hindcast/hindcast/rewind";
 *
 * const error = new ShotError(3, " (frame 9)", "it has neither frame nor time");
 * assert.equal(error.message, "Cannot judge shot 3 (frame 9): it has neither frame nor time");
 * ```
 */
export class ShotError extends RangeError {
  /** Name of the error class. */
  override name = "ShotError";
  /** Position of the shot in the list, from 0. */
  readonly shot: number;
  /** What is wrong with it, without the place. */
  readonly reason: string;

  /** Error of one shot. */
  constructor(shot: number, where: string, reason: string) {
    super(`Cannot judge shot ${shot}${where}: ${reason}`);
    this.shot = shot;
    this.reason = reason;
  }
}
