import { FRAME_MAX } from "../../core/time/frame.ts";
import type { RefusedLine } from "../input/refused_line.ts";

/** How far from its bounds a counter may be seen before and after it wraps. */
const WRAP_NEAR = 64;
/** The furthest that a countdown goes on at once: beyond, it is a number that is none. */
const STEP_MAX = 1 << 16;
/** Lines, such as events and blank ones, between two that follow each other. */
const LINES_BETWEEN = 8;
/** Faults of lines of a frame that lines before had, as those of a session that begins anew. */
const OF_OLD_FRAMES: ReadonlySet<string> = new Set([
  "bad-time",
  "frame-back",
  "frame-twice",
  "id-twice",
  "time-back",
]);

/** What the lines that are refused say together: of frames below zero, and of those that go back. */
export class RefusedLines {
  /** Bits of a counter that the first step back looks like the wrap of. */
  bits: 8 | 16 | undefined;
  /** Least frame beyond those that a recording holds; undefined without one. */
  beyond: number | undefined;
  /** True when times went back while frames went on, as when a clock is set. */
  isClockSet: boolean = false;
  /** True when frames or times went back and on from there, as after a restart. */
  isRestart: boolean = false;
  /** True when a line that is refused is a record of CSV. */
  isCsv: boolean = false;
  /** First and last frame of those below 0 that go on from each other before all others. */
  #countdown: { readonly from: number; readonly to: number } | undefined;
  #back: { readonly line: number; readonly frame: number } | undefined;

  /** Adds a line that is refused. */
  add({ line, sort: { code }, isCsv, frame, named }: RefusedLine): void {
    if (isCsv) this.isCsv = true;
    const next = typeof named === "string" ? Number(named) : named;
    if (typeof next !== "number" || !Number.isSafeInteger(next)) return;
    // One below 0 among others is a mistake of its own.
    if (next < 0 && frame === undefined) this.#addBelow(next);
    if (code === "bad-frame" && next > FRAME_MAX) {
      this.beyond = Math.min(this.beyond ?? next, next);
    }
    if (frame === undefined) return;
    if (code === "time-back" && next > frame) {
      this.isClockSet = true;
      return;
    }
    const back = this.#back;
    const isNear = back !== undefined && line > back.line && line <= back.line + LINES_BETWEEN;
    if (OF_OLD_FRAMES.has(code) && isNear && next > back.frame) this.isRestart = true;
    if (code !== "frame-back" && code !== "time-back") return;
    if (back === undefined && code === "frame-back") this.bits = wrapBits(frame, next);
    this.#back = { line, frame: next };
  }

  /**
   * Frame from which an input counts to frame 0; 0 without such a countdown.
   *
   * @param isAll true when no frame is from 0 on, wherever the others end
   */
  countdownFrom(isAll: boolean): number {
    const { from, to } = this.#countdown ?? { from: 0, to: 0 };
    return isAll || to >= -STEP_MAX ? from : 0;
  }

  #addBelow(frame: number): void {
    const { from, to } = this.#countdown ?? { from: frame, to: frame };
    if (frame < to) return;
    this.#countdown = { from: frame - to > STEP_MAX ? frame : from, to: frame };
  }
}

function wrapBits(from: number, to: number): 8 | 16 | undefined {
  for (const bits of [8, 16] as const) {
    const size = 2 ** bits;
    const near = Math.min(WRAP_NEAR, size / 4);
    if (from < size && from >= size - near && to >= 0 && to < near) return bits;
  }
  return undefined;
}
