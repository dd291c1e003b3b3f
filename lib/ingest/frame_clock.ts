import { FRAME_MAX, isFrame } from "../core/frame.ts";
import type { FlatRow, RowKeys } from "./flat_row.ts";
import { describe } from "./kind_table.ts";
import { INPUT_LIMITS } from "./limits.ts";
import { RowFault } from "./row_fault.ts";

/** Rate that is assumed when neither the input nor the caller says one. */
export const ASSUMED_RATE_HZ = 60;

/** When a frame is. */
export interface FrameTime {
  /** Frame, an unsigned 32-bit integer. */
  readonly frame: number;
  /** Time of the frame in milliseconds. */
  readonly timeMs: number;
}

/** Frame and time of the rows so far, against which the next row is checked. */
export class FrameClock {
  /** Frame of the last row that was taken; undefined before the first. */
  frame: number | undefined;
  /** Time of that frame in milliseconds. */
  timeMs: number = 0;
  readonly #keys: RowKeys;
  readonly #rateHz: number | undefined;
  readonly #onWarning: ((message: string) => void) | undefined;
  readonly #every: number | undefined;
  /** First frame of the input, from which frames count by `every`. */
  #origin: number | undefined;
  /** Whether rows carry a time; undefined before the first row. */
  #isTimed: boolean | undefined;

  /**
   * Clock before the first row.
   *
   * @param every step between frames when the frames between two rows exist too, so that neither
   *   an odd step nor a huge one is taken; undefined when they do not
   */
  constructor(
    keys: RowKeys,
    rateHz: number | undefined,
    onWarning: ((message: string) => void) | undefined,
    every?: number,
  ) {
    this.#keys = keys;
    this.#rateHz = rateHz;
    this.#onWarning = onWarning;
    this.#every = every;
  }

  /** Frame of a row. @throws {RowFault} unless it is a frame that can follow the last one */
  readFrame(row: FlatRow): number {
    const { frame } = row;
    const key = this.#keys.frame;
    if (frame === undefined) {
      throw new RowFault(
        `the frame ${JSON.stringify(key)} is missing`,
        "name its key with --frame-key",
      );
    }
    const target = { path: key, part: "value" } as const;
    if (!isFrame(frame)) {
      throw new RowFault(
        `the frame ${JSON.stringify(key)} is ${
          describe(frame)
        }, expected an integer from 0 to ${FRAME_MAX}`,
        "number the frames, or name another key with --frame-key",
        target,
      );
    }
    // The sum makes -0 a plain 0.
    const plain = frame + 0;
    if (this.frame !== undefined && plain < this.frame) {
      throw new RowFault(
        `the frame goes backwards, from ${this.frame} to ${plain}`,
        "sort the input by frame, or record each session by itself",
        target,
      );
    }
    if (this.#every !== undefined && this.frame !== undefined) {
      this.#refuseStep(plain, this.frame, this.#every);
    }
    return plain;
  }

  /** Time of a row in milliseconds. @throws {RowFault} unless it agrees with the rows before */
  readTime(row: FlatRow, frame: number): number {
    const { time } = row;
    const key = this.#keys.time;
    const name = `the time ${JSON.stringify(key)}`;
    const isTimed = time !== undefined;
    if (this.#isTimed !== undefined && isTimed !== this.#isTimed) {
      throw new RowFault(
        isTimed ? `${name} appears, rows before had none` : `${name} is missing`,
        "give every row a time or none, or name another key with --time-key",
        isTimed ? { path: key, part: "key" } : undefined,
      );
    }
    if (!isTimed) return this.#timeByRate(frame);
    const target = { path: key, part: "value" } as const;
    const refuse = (reason: string, remedy: string): never => {
      throw new RowFault(reason, remedy, target);
    };
    if (typeof time !== "number" || !Number.isFinite(time) || time < 0) {
      return refuse(
        `${name} is ${describe(time)}, expected milliseconds from 0`,
        "send milliseconds since the start, or name another key with --time-key",
      );
    }
    if (time > INPUT_LIMITS.timeMs) {
      refuse(`${name} is ${time} ms, at most ${INPUT_LIMITS.timeMs} fit`, "send milliseconds");
    }
    if (frame === this.frame && time !== this.timeMs) {
      refuse(
        `${name} is ${time} in frame ${frame}, an earlier row of the frame said ${this.timeMs}`,
        "send one time a frame, or name another key with --time-key",
      );
    }
    if (this.frame !== undefined && time < this.timeMs) {
      refuse(
        `${name} goes backwards, from ${this.timeMs} to ${time}`,
        "sort the input, or name another key with --time-key and give --rate",
      );
    }
    return time + 0;
  }

  /** Time in milliseconds of a frame without rows that lies between two frames with rows. */
  timeBetween(before: FrameTime, after: FrameTime, frame: number): number {
    if (this.#isTimed !== true) return this.#timeByRate(frame);
    const spanMs = after.timeMs - before.timeMs;
    const steps = after.frame - before.frame;
    return before.timeMs + spanMs * (frame - before.frame) / steps;
  }

  #timeByRate(frame: number): number {
    return frame * 1000 / (this.#rateHz ?? ASSUMED_RATE_HZ);
  }

  #refuseStep(frame: number, before: number, every: number): void {
    const target = { path: this.#keys.frame, part: "value" } as const;
    if ((frame - this.#origin!) % every !== 0) {
      throw new RowFault(
        `the frame is ${frame}, but frames count by ${every} from ${this.#origin}`,
        "let `every` be a step that leads to all frames, or leave it out",
        target,
      );
    }
    const quiet = (frame - before) / every - 1;
    if (quiet > INPUT_LIMITS.quietFrames) {
      throw new RowFault(
        `the frame goes from ${before} to ${frame}, with ${quiet} frames between them, at most ${INPUT_LIMITS.quietFrames} may be quiet`,
        "let `every` be the step by which frames count, or name another frame key",
        target,
      );
    }
  }

  /** Goes on to a frame that was read and found good. */
  advance(frame: number, timeMs: number, isTimed: boolean): void {
    if (this.#isTimed === undefined) {
      this.#isTimed = isTimed;
      if (!isTimed && this.#rateHz === undefined) {
        this.#onWarning?.(
          `no times in the input and no rate given: ${ASSUMED_RATE_HZ} Hz is assumed; give --rate or --time-key`,
        );
      }
    }
    this.#origin ??= frame;
    this.frame = frame;
    this.timeMs = timeMs;
  }
}
