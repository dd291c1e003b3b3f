import type { FrameHead } from "../../../lib/ingest.ts";
import { isLater } from "../is_later.ts";

/** Why and at what moment a dump is to be written. */
export interface Trigger {
  /** Frame; undefined for the one of its time. */
  readonly frame: number | undefined;
  /** Time in milliseconds; undefined for the one of its frame. */
  readonly timeMs: number | undefined;
  /** What it is called: `ev=disputed`. */
  readonly why: string;
  /** True when somebody waits for it now. */
  readonly isAsked: boolean;
}

/** A dump that is to be written. */
export interface PendingDump {
  /** Frame of the first trigger. */
  readonly frame: number;
  readonly why: string;
  /** Time of the earliest trigger. */
  readonly earliestMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** Newest frame of a trigger. */
  readonly lastFrame: number;
  /** Triggers that it is for. */
  readonly triggers: number;
}

/** How dumps are cut, in milliseconds. */
export interface DumpTimes {
  /** Undefined for all that is kept. */
  readonly beforeMs: number | undefined;
  readonly afterMs: number;
  /** Between the end of a dump and the next, unless somebody asks. */
  readonly gapMs: number;
  /** Longest dump. */
  readonly spanMs: number;
}

interface Waiting {
  readonly first: FrameHead;
  readonly why: string;
  readonly clockMs: number;
  last: FrameHead;
  earliestMs: number;
  triggers: number;
  isAsked: boolean;
}

/** Triggers whose frame is still to come, at most. */
const AHEAD_MAX = 256;
/** Time without frames after which the clock counts. */
const IDLE_MS = 1000;

/** When a dump is written: one waits at a time, and triggers until then are for the same. */
export class DumpSchedule {
  readonly #times: DumpTimes;
  readonly #nowMs: () => number;
  #ahead: Trigger[] = [];
  #waiting: Waiting | undefined;
  /** Triggers at frames that come behind the end of the dump that is due. */
  #next: Waiting | undefined;
  #head: FrameHead | undefined;
  #headClockMs = 0;
  /** End of the dump before, in the time of the stream and of the clock. */
  #endMs = -Infinity;
  #endClockMs = -Infinity;

  /** Nothing waits. @param nowMs a clock */
  constructor(times: DumpTimes, nowMs: () => number = () => performance.now()) {
    this.#times = times;
    this.#nowMs = nowMs;
  }

  /** True when a trigger has come that no dump was written for. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined || this.#ahead.length > 0;
  }

  /**
   * Takes a trigger. One whose frame or time is not kept any more is of now.
   *
   * @param timeOf time of a frame that is kept; undefined for one that is not
   * @param firstMs time of the oldest frame that is kept
   */
  add(
    trigger: Trigger,
    timeOf: (frame: number) => number | undefined,
    firstMs = -Infinity,
  ): void {
    const head = this.#head;
    const { frame = head?.frame, timeMs } = trigger;
    const isAhead = frame === undefined || head === undefined || isLater(frame, head.frame) ||
      (trigger.frame === undefined && timeMs !== undefined && timeMs > head.timeMs);
    if (isAhead && this.#ahead.length < AHEAD_MAX) {
      this.#ahead.push(trigger);
      return;
    }
    const at = frame ?? 0;
    const isLate = trigger.frame === undefined && timeMs !== undefined && timeMs < firstMs;
    const ownMs = trigger.frame === undefined && !isLate ? timeMs : timeOf(at);
    this.#place({ frame: at, timeMs: ownMs ?? head?.timeMs ?? 0 }, trigger);
  }

  /** Goes on to a frame, which is not written yet. @returns true when a dump is due before it */
  advance(head: FrameHead): boolean {
    const last = this.#head;
    this.#head = { frame: head.frame, timeMs: head.timeMs };
    this.#headClockMs = this.#nowMs();
    const atHead = this.#ahead.length > 0 ? this.#placeBefore(head, last) : [];
    const isDue = this.#isDueBefore(head);
    for (const trigger of atHead) this.#place(head, trigger, isDue);
    return isDue;
  }

  #isDueBefore({ timeMs }: FrameHead): boolean {
    const waiting = this.#waiting;
    if (waiting === undefined || timeMs <= this.#dueMs(waiting)) return false;
    return waiting.isAsked || timeMs - this.#endMs >= this.#times.gapMs;
  }

  /** True when a dump is due although no frame comes. */
  get isDueByClock(): boolean {
    const nowMs = this.#nowMs();
    const isIdle = nowMs - this.#headClockMs >= IDLE_MS;
    if (isIdle) this.settle();
    const waiting = this.#waiting;
    if (waiting === undefined) return false;
    const { afterMs, gapMs } = this.#times;
    if (waiting.isAsked && afterMs === 0) return true;
    if (!isIdle || nowMs - waiting.clockMs < afterMs) return false;
    return waiting.isAsked || nowMs - this.#endClockMs >= gapMs;
  }

  /** Places what waits for a frame at the newest there is, as none may follow. */
  settle(): void {
    const head = this.#head;
    if (head === undefined) return;
    for (const trigger of this.#ahead.splice(0)) {
      this.#place({ frame: trigger.frame ?? head.frame, timeMs: head.timeMs }, trigger);
    }
  }

  /** Takes the dump that waits out; undefined when none does. */
  take(): PendingDump | undefined {
    const waiting = this.#waiting;
    if (waiting === undefined) return undefined;
    this.#waiting = this.#next;
    this.#next = undefined;
    const { beforeMs } = this.#times;
    const { first, last, earliestMs, why, triggers } = waiting;
    const toMs = Math.max(this.#dueMs(waiting), last.timeMs);
    this.#endMs = Math.max(toMs, this.#head?.timeMs ?? toMs);
    this.#endClockMs = this.#nowMs();
    return {
      frame: first.frame,
      why,
      earliestMs,
      fromMs: beforeMs === undefined ? -Infinity : earliestMs - beforeMs,
      toMs,
      lastFrame: last.frame,
      triggers,
    };
  }

  /** Begins anew, with frames that may go back. */
  restart(): void {
    this.#ahead = [];
    this.#waiting = undefined;
    this.#next = undefined;
    this.#head = undefined;
    this.#endMs = -Infinity;
  }

  /** Places what is before a frame. @returns what is at it */
  #placeBefore(head: FrameHead, last: FrameHead | undefined): Trigger[] {
    const ahead = this.#ahead;
    this.#ahead = [];
    const atHead: Trigger[] = [];
    for (const trigger of ahead) {
      const { frame, timeMs } = trigger;
      const order = frame === undefined
        ? (timeMs ?? head.timeMs) - head.timeMs
        : frame - head.frame | 0;
      if (order > 0) this.#ahead.push(trigger);
      else if (order === 0) atHead.push(trigger);
      else if (frame === undefined) {
        this.#place({ frame: (last ?? head).frame, timeMs: timeMs ?? head.timeMs }, trigger);
      } else {
        const at = last === undefined ? head.timeMs : timeBetween(last, head, frame);
        this.#place({ frame, timeMs: at }, trigger);
      }
    }
    return atHead;
  }

  #place({ frame, timeMs }: FrameHead, { why, isAsked }: Trigger, isForNext = false): void {
    const at = { frame, timeMs };
    const waiting = isForNext ? this.#next : this.#waiting;
    if (waiting === undefined) {
      const clockMs = this.#nowMs();
      const begun: Waiting = {
        first: at,
        last: at,
        earliestMs: timeMs,
        why,
        clockMs,
        triggers: 1,
        isAsked,
      };
      if (isForNext) this.#next = begun;
      else this.#waiting = begun;
      return;
    }
    waiting.triggers++;
    waiting.isAsked ||= isAsked;
    waiting.earliestMs = Math.min(waiting.earliestMs, timeMs);
    if (timeMs >= waiting.last.timeMs) waiting.last = at;
  }

  /** Time after which a dump is due: after its last trigger, unless it gets too long. */
  #dueMs({ first, last }: Waiting): number {
    const { beforeMs, afterMs, spanMs } = this.#times;
    const longestMs = Math.max(afterMs, beforeMs === undefined ? 0 : spanMs - beforeMs);
    return Math.min(last.timeMs + afterMs, first.timeMs + longestMs);
  }
}

/** Time of a frame on the line through two others. */
export function timeBetween(a: FrameHead, b: FrameHead, frame: number): number {
  const span = (b.frame - a.frame) >>> 0;
  if (span === 0) return a.timeMs;
  return a.timeMs + (b.timeMs - a.timeMs) * ((frame - a.frame) >>> 0) / span;
}
