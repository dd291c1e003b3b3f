import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import { isFrame } from "../../core/time/frame.ts";
import { badTime, otherTime, timeBack } from "../clock/bad_time.ts";
import type { FlatRow, RowKeys } from "../rows/flat_row.ts";
import { FrameCounter, type FrameCounting } from "../clock/frame_counter.ts";
import type { Spelling } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";
import { RateWatch } from "./rate_note.ts";
import { isSurelyExact } from "../rows/exact_number.ts";
import { refuseJump, refuseStep } from "./frame_steps.ts";
import { type FaultSort, RowFault } from "../input/row_fault.ts";
import type { TimeUnit } from "../input/time_unit.ts";
import { timeMsOf } from "../input/time_value.ts";
import { SessionNotes, WRAP_FRAMES } from "../clock/session_notes.ts";
import { ZoneWatch } from "../clock/zone_note.ts";

/** Rate that is assumed when neither the input nor the caller says one. */
export const ASSUMED_RATE_HZ = 60;

/** Frames that are so far apart cannot be told from frames that wrapped and went back. */
const FRAME_JUMP_MAX = 2 ** 31;

/** Part of the time of missing frames that has to have passed for them to be missing. */
const SHARE_MIN = 4;

/** When a frame is. */
export interface FrameTime {
  /** Frame, an unsigned 32-bit integer. */
  readonly frame: number;
  /** Time of the frame in milliseconds. */
  readonly timeMs: number;
}

/** How frames go on. */
export interface FrameClockOptions extends FrameCounting {
  /** True when a frame or a time that goes back starts a new session, instead of being refused. */
  readonly isSplit?: boolean | undefined;
}

/** Frame and time of the rows so far, against which the next row is checked. */
export class FrameClock {
  /** Frame of the last row that was taken; undefined before the first. */
  frame: number | undefined;
  /** Time of that frame in milliseconds. */
  timeMs: number = 0;
  /** First frame of its session, from which frames count by `every`. */
  first: FrameTime | undefined;
  /** Sessions that ended before that frame. */
  session: number = 0;
  /** True when the row that was read last, taken or not, starts a new session. */
  isRestart: boolean = false;
  /** Makes frames of what the input says. */
  readonly counter: FrameCounter;
  readonly #isSplit: boolean;
  /** True when a frame of the input is the frame itself. */
  readonly #isPlain: boolean;
  readonly #sessions: SessionNotes;
  readonly #keys: RowKeys;
  readonly #rateHz: number | undefined;
  readonly #onWarning: ((warning: InputNote) => void) | undefined;
  readonly #every: number | undefined;
  readonly #unit: TimeUnit;
  readonly #rate: RateWatch;
  /** The time of the row that is read, and of the frame, as it came. */
  #rowTime: unknown;
  #frameTime: unknown;
  /** Both as messages show them. */
  #rowSpelt: unknown;
  #frameSpelt: unknown;
  #isRowTimed = false;
  readonly #zone = new ZoneWatch();
  /** Whether rows carry a time; undefined before the first row. */
  #isTimed: boolean | undefined;

  /**
   * Clock before the first row.
   *
   * @param every step between frames when the frames between two rows exist too, so that neither
   *   an odd step nor a huge one is taken; undefined when they do not
   * @param options how frames are counted, and what one that goes back is
   */
  constructor(
    keys: RowKeys,
    rateHz: number | undefined,
    onWarning: ((warning: InputNote) => void) | undefined,
    unit: TimeUnit = "ms",
    every?: number,
    options: FrameClockOptions = {},
  ) {
    this.counter = new FrameCounter(keys.frame, options);
    this.#isSplit = options.isSplit === true;
    this.#sessions = new SessionNotes(options);
    this.#isPlain = options.bits === undefined && (options.offset ?? 0) === 0;
    this.#keys = keys;
    this.#rateHz = rateHz;
    this.#onWarning = onWarning;
    this.#unit = unit;
    this.#rate = new RateWatch(unit, keys.time, options.bits);
    this.#every = every;
  }

  /** Notes on the times of the frames so far. */
  notes(): InputNote[] {
    if (this.#isTimed === false && this.#unit !== "ms") {
      const key = JSON.stringify(this.#keys.time);
      const problem = `the rows have no time ${key}, whose unit is said to be ${this.#unit}`;
      return [...this.#sessions.notes(), {
        code: "unused-time-unit",
        problem,
        remedy: remedy`give ${optionKey("timeKey")} KEY`,
      }];
    }
    // Of mixed games no rate can be told.
    const note = this.#sessions.isMixed ? undefined : this.#rate.note();
    const zone = this.#zone.notes(this.#keys.time);
    const watched = [...this.#sessions.notes(), ...this.#rate.turnNotes(), ...zone];
    return note === undefined ? watched : [...watched, note];
  }

  /**
   * Frame of a row.
   *
   * @param isTaken true when the last frame is complete, so that no row follows that is of it
   * @throws {RowFault} unless it is a frame that can follow the last one
   */
  readFrame(row: FlatRow, isTaken: boolean): number {
    this.isRestart = false;
    const { frame } = row;
    const isPlain = this.#isPlain && isFrame(frame);
    // The sum makes -0 a plain 0.
    const plain = isPlain ? frame + 0 : this.#count(frame, row);
    const before = this.frame;
    if (before === undefined) return plain;
    const isReset = this.counter.isWrapping && this.#isReset(row, plain, before);
    if (
      this.#isSplit &&
      (isReset || plain < before || this.#isOfRestart(row, isTaken && plain === before))
    ) {
      this.#sessions.assertAnother(this.session, this.#keys.frame);
      this.isRestart = true;
      return isPlain ? plain : this.counter.frameOf(this.counter.read(frame, row), frame, row);
    }
    if (isReset || plain < before) {
      const count = isPlain ? plain : this.counter.read(frame);
      throw new RowFault(
        isReset
          ? `the frame goes backwards, from ${
            this.counter.countOf(before)
          } to ${count}: for a counter that wraps too little time has passed`
          : `the frame goes backwards, from ${before} to ${plain}`,
        this.#sessions.remedyFor(before, count),
        { path: this.#keys.frame, part: "value" },
        { code: "frame-back", field: this.#keys.frame },
      );
    }
    if (this.#every !== undefined) {
      refuseStep(this.#keys.frame, this.first!.frame, plain, before, this.#every);
    } else if (plain - before >= FRAME_JUMP_MAX) refuseJump(this.#keys.frame, plain, before);
    return plain;
  }

  /** True where a counter went back to less since it starts anew, not since it wrapped. */
  #isReset(row: FlatRow, frame: number, before: number): boolean {
    const { counter } = this;
    const missing = frame - before - 1;
    if (missing <= WRAP_FRAMES || counter.countOf(frame) >= counter.countOf(before)) return false;
    const isReset = this.#isTimed === true ? this.#isTooSoon(row, frame, before) : undefined;
    if (isReset === undefined) this.#sessions.addWrap(missing);
    return isReset === true;
  }

  /** True when far less time has passed than frames take; undefined before that is known. */
  #isTooSoon(row: FlatRow, frame: number, before: number): boolean | undefined {
    const first = this.first!;
    if (before - first.frame < WRAP_FRAMES || this.timeMs <= first.timeMs) return undefined;
    const frameMs = (this.timeMs - first.timeMs) / (before - first.frame);
    const passedMs = timeMsOf(row.time, this.#unit, () => row.timeLiteral()) - this.timeMs;
    return passedMs * SHARE_MIN < frameMs * (frame - before);
  }

  /** Frame that a value of a line means; undefined when it is none. */
  frameOf(value: unknown): number | undefined {
    if (this.#isPlain && isFrame(value)) return value + 0;
    try {
      return this.#count(value);
    } catch {
      return undefined;
    }
  }

  #count(value: unknown, record?: Spelling): number {
    const { counter, frame: at, first } = this;
    if (value === undefined || value === null) counter.refuseMissing(at);
    const count = counter.read(value, record);
    return at === undefined
      ? counter.frameOf(count, value, record)
      : counter.frameNear(count, at, first, record);
  }

  /** True for a row with an earlier time. @param isAgain true where a later one is another frame's */
  #isOfRestart(row: FlatRow, isAgain: boolean): boolean {
    const { time } = row;
    if (this.#isTimed !== true || time === this.#frameTime) return false;
    const timeMs = timeMsOf(time, this.#unit, () => row.timeLiteral());
    return timeMs < this.timeMs || (isAgain && timeMs > this.timeMs);
  }

  /** Time of a row in milliseconds. @throws {RowFault} unless it agrees with the rows before */
  readTime(row: FlatRow, frame: number): number {
    const { time } = row;
    // Rows of one frame mostly repeat its time.
    if (
      this.#isTimed === true && frame === this.frame && time === this.#frameTime && !this.isRestart
    ) {
      this.#rowTime = time;
      this.#isRowTimed = true;
      return this.timeMs;
    }
    return this.#readNewTime(row, frame);
  }

  #readNewTime(row: FlatRow, frame: number): number {
    const { time } = row;
    const key = this.#keys.time;
    const name = `the time ${JSON.stringify(key)}`;
    const isTimed = time !== undefined && time !== null;
    this.#isRowTimed = isTimed;
    if (this.#isTimed !== undefined && isTimed !== this.#isTimed) {
      throw new RowFault(
        isTimed ? `${name} appears, rows before had none` : `${name} is missing`,
        remedy`give every row a time or none, or name another key with ${optionKey("timeKey")}`,
        isTimed ? { path: key, part: "key" } : undefined,
        { code: "no-time", field: key },
      );
    }
    if (!isTimed) return this.#timeByRate(frame);
    const refuse = (code: FaultSort["code"], problem: string, remedy: Remedy): never => {
      throw new RowFault(problem, remedy, { path: key, part: "value" }, { code, field: key });
    };
    const timeMs = timeMsOf(time, this.#unit, () => row.timeLiteral());
    if (timeMs !== timeMs) return refuse("bad-time", ...badTime(row, this.#unit));
    this.#rowTime = time;
    const isLong = typeof time === "number" && !isSurelyExact(time);
    this.#rowSpelt = isLong ? row.spelt(key, time) : time;
    if (this.isRestart) return timeMs;
    if (frame === this.frame && timeMs !== this.timeMs) {
      refuse("bad-time", ...otherTime(row, frame, this.#frameSpelt));
    }
    if (this.frame !== undefined && timeMs < this.timeMs) {
      refuse("time-back", ...timeBack(row, this.#frameSpelt));
    }
    return timeMs;
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

  /** Goes on to a frame that was read and found good. */
  advance(frame: number, timeMs: number): void {
    // Rows of one frame have one time.
    if (frame === this.frame && !this.isRestart) return;
    const isTimed = this.#isRowTimed;
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
    if (this.isRestart) {
      this.session++;
      this.first = undefined;
      this.#rate.restart();
      this.#sessions.restart(frame, this.frame!);
    } else if (frame !== this.frame) this.#sessions.add(frame);
    this.first ??= { frame, timeMs };
    if (isTimed && (frame !== this.frame || this.isRestart)) this.#rate.add(frame, timeMs);
    if (isTimed && frame !== this.frame) this.#zone.look(this.#rowTime);
    this.frame = frame;
    this.timeMs = timeMs;
    this.#frameTime = this.#rowTime;
    this.#frameSpelt = this.#rowSpelt;
    this.isRestart = false;
  }
}
