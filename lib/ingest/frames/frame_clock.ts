import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import { FRAME_MAX, isFrame } from "../../core/time/frame.ts";
import { inexactNumber } from "../rows/exact_number.ts";
import type { FlatRow, RowKeys } from "../rows/flat_row.ts";
import { describe } from "../input/excerpt.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import type { InputNote } from "../input/input_note.ts";
import { RateWatch } from "./rate_note.ts";
import { RowFault } from "../input/row_fault.ts";
import { fittingUnit, millisecondsOf, TIME_UNIT_NAMES } from "../input/time_unit.ts";
import { timeInUnit, type TimeUnit } from "../input/time_unit.ts";

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
  readonly #onWarning: ((warning: InputNote) => void) | undefined;
  readonly #every: number | undefined;
  /** First frame of the input, from which frames count by `every`. */
  #origin: number | undefined;
  readonly #unit: TimeUnit;
  readonly #rate: RateWatch;
  /** The time of the row that is read, and of the frame, in the input's unit. */
  #rowTime = 0;
  #frameTime = 0;
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
    onWarning: ((warning: InputNote) => void) | undefined,
    unit: TimeUnit = "ms",
    every?: number,
  ) {
    this.#keys = keys;
    this.#rateHz = rateHz;
    this.#onWarning = onWarning;
    this.#unit = unit;
    this.#rate = new RateWatch(unit, keys.time);
    this.#every = every;
  }

  /** Notes on the times of the frames so far. */
  notes(): InputNote[] {
    if (this.#isTimed === false && this.#unit !== "ms") {
      const key = JSON.stringify(this.#keys.time);
      const problem = `the rows have no time ${key}, whose unit is said to be ${this.#unit}`;
      return [{
        code: "unused-time-unit",
        problem,
        remedy: remedy`give ${optionKey("timeKey")} KEY`,
      }];
    }
    const note = this.#rate.note();
    return note === undefined ? [] : [note];
  }

  /** Frame of a row. @throws {RowFault} unless it is a frame that can follow the last one */
  readFrame(row: FlatRow): number {
    const { frame } = row;
    const key = this.#keys.frame;
    if (frame === undefined) {
      throw new RowFault(
        `the frame ${JSON.stringify(key)} is missing`,
        remedy`name its key with ${optionKey("frameKey")}`,
      );
    }
    const target = { path: key, part: "value" } as const;
    if (!isFrame(frame)) {
      throw new RowFault(
        `the frame ${JSON.stringify(key)} is ${
          describe(frame)
        }, expected an integer from 0 to ${FRAME_MAX}`,
        remedy`number the frames, or name another key with ${optionKey("frameKey")}`,
        target,
      );
    }
    // The sum makes -0 a plain 0.
    const plain = frame + 0;
    if (this.frame !== undefined && plain < this.frame) {
      throw new RowFault(
        `the frame goes backwards, from ${this.frame} to ${plain}`,
        remedy`sort the input by frame, or record each session by itself`,
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
    // Rows of one frame mostly repeat its time.
    if (this.#isTimed === true && frame === this.frame && time === this.#frameTime) {
      this.#rowTime = this.#frameTime;
      return this.timeMs;
    }
    return this.#readNewTime(row, frame);
  }

  #readNewTime(row: FlatRow, frame: number): number {
    const { time } = row;
    const key = this.#keys.time;
    const name = `the time ${JSON.stringify(key)}`;
    const isTimed = time !== undefined;
    if (this.#isTimed !== undefined && isTimed !== this.#isTimed) {
      throw new RowFault(
        isTimed ? `${name} appears, rows before had none` : `${name} is missing`,
        remedy`give every row a time or none, or name another key with ${optionKey("timeKey")}`,
        isTimed ? { path: key, part: "key" } : undefined,
      );
    }
    if (!isTimed) return this.#timeByRate(frame);
    const target = { path: key, part: "value" } as const;
    const refuse = (problem: string, remedy: Remedy): never => {
      throw new RowFault(problem, remedy, target);
    };
    const unit = this.#unit;
    const unitName = TIME_UNIT_NAMES[unit];
    if (time === Infinity) {
      const { problem, remedy } = inexactNumber(time, row.timeLiteral())!;
      return refuse(problem, remedy);
    }
    if (typeof time !== "number" || !(time >= 0)) {
      return refuse(
        `${name} is ${describe(time)}, expected ${unitName} from 0`,
        remedy`send ${unitName} since the start, or name another key with ${optionKey("timeKey")}`,
      );
    }
    this.#rowTime = time;
    const timeMs = millisecondsOf(time, unit, () => row.timeLiteral());
    if (timeMs > INPUT_LIMITS.timeMs) {
      const fitting = fittingUnit(time);
      refuse(
        `${name} is ${time} ${unit}, at most ${timeInUnit(INPUT_LIMITS.timeMs, unit)} fit`,
        remedy`send ${unitName}${
          fitting === undefined ? "" : remedy`, or give ${optionKey("timeUnit")} ${fitting}`
        }`,
      );
    }
    if (frame === this.frame && timeMs !== this.timeMs) {
      refuse(
        `${name} is ${time} in frame ${frame}, an earlier row of the frame said ${this.#frameTime}`,
        remedy`send one time a frame, or name another key with ${optionKey("timeKey")}`,
      );
    }
    if (this.frame !== undefined && timeMs < this.timeMs) {
      refuse(
        `${name} goes backwards, from ${this.#frameTime} to ${time}`,
        remedy`sort the input, or name another key with ${optionKey("timeKey")} and give ${
          optionKey("rateHz")
        }`,
      );
    }
    return timeMs + 0;
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
        remedy`give ${optionKey("every")} a step that leads to all frames, or leave it out`,
        target,
      );
    }
    const quiet = (frame - before) / every - 1;
    if (quiet > INPUT_LIMITS.quietFrames) {
      throw new RowFault(
        `the frame goes from ${before} to ${frame}, with ${quiet} frames between them, at most ${INPUT_LIMITS.quietFrames} may be quiet`,
        remedy`give ${
          optionKey("every")
        } the step by which frames count, or name another key with ${optionKey("frameKey")}`,
        target,
      );
    }
  }

  /** Goes on to a frame that was read and found good. */
  advance(frame: number, timeMs: number, isTimed: boolean): void {
    if (this.#isTimed === undefined) {
      this.#isTimed = isTimed;
      if (!isTimed && this.#rateHz === undefined) {
        this.#onWarning?.({
          code: "assumed-rate",
          problem: `no times in the input and no rate given: ${ASSUMED_RATE_HZ} Hz is assumed`,
          remedy: remedy`give ${optionKey("rateHz")} or ${optionKey("timeKey")}`,
        });
      }
    }
    this.#origin ??= frame;
    if (isTimed && frame !== this.frame) this.#rate.add(frame, timeMs);
    this.frame = frame;
    this.timeMs = timeMs;
    this.#frameTime = this.#rowTime;
  }
}
