import type { RefusedLine } from "../input/refused_line.ts";

/** How far from its bounds a counter may be seen before and after it wraps. */
const WRAP_NEAR = 64;

/** Where frames go back, seen from the lines that are refused for it. */
export class FrameSteps {
  /** Bits of a counter that the first step back looks like the wrap of. */
  bits: 8 | 16 | undefined;
  /** Lines whose frame lies before the last one. */
  back: number = 0;
  /** Least frame below zero. */
  least: number = 0;
  #last: number | undefined;
  /** Steps back among those lines: what follows a restart goes forward. */
  restarts: number = 0;

  /** Adds a line that is refused. */
  add({ sort, frame, named }: RefusedLine): void {
    const next = typeof named === "string" ? Number(named) : named;
    if (typeof next !== "number" || !Number.isSafeInteger(next)) return;
    if (next < this.least) this.least = next;
    if (sort.code !== "frame-back" || frame === undefined) return;
    if (this.back === 0) this.bits = wrapBits(frame, next);
    if (this.#last === undefined || next < this.#last) this.restarts++;
    this.#last = next;
    this.back++;
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
