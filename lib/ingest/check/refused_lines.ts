import { FRAME_MAX } from "../../core/time/frame.ts";
import type { RefusedLine } from "../input/refused_line.ts";

/** How far from its bounds a counter may be seen before and after it wraps. */
const WRAP_NEAR = 64;
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
  /** Least frame of a countdown before frame 0, as which an input may begin; 0 without one. */
  least: number = 0;
  /** Least frame beyond those that a recording holds; undefined without one. */
  beyond: number | undefined;
  /** True when times went back while frames went on, as when a clock is set. */
  isClockSet: boolean = false;
  /** True when frames or times went back and on from there, as after a restart. */
  isRestart: boolean = false;
  /** True when a line that is refused is a record of CSV. */
  isCsv: boolean = false;
  #back: { readonly line: number; readonly frame: number } | undefined;

  /** Adds a line that is refused. */
  add({ line, sort: { code }, isCsv, frame, named }: RefusedLine): void {
    if (isCsv) this.isCsv = true;
    const next = typeof named === "string" ? Number(named) : named;
    if (typeof next !== "number" || !Number.isSafeInteger(next)) return;
    // One below 0 among others is a mistake of its own.
    if (next < this.least && frame === undefined) this.least = next;
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
}

function wrapBits(from: number, to: number): 8 | 16 | undefined {
  for (const bits of [8, 16] as const) {
    const size = 2 ** bits;
    const near = Math.min(WRAP_NEAR, size / 4);
    if (from < size && from >= size - near && to >= 0 && to < near) return bits;
  }
  return undefined;
}
