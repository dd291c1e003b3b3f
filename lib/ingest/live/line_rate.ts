const WINDOW_MS = 1000;

/** Counts lines a second, and says for how long a producer of too many has to wait. */
export class LineRate {
  readonly #linesMax: number;
  #sinceMs = -Infinity;
  #lines = 0;

  /** @param linesMax lines a second */
  constructor(linesMax: number) {
    this.#linesMax = linesMax;
  }

  /** Counts lines. @returns true when they are more than may come within the second */
  add(lines: number, nowMs: number): boolean {
    if (nowMs - this.#sinceMs >= WINDOW_MS) {
      this.#sinceMs = nowMs;
      this.#lines = 0;
    }
    this.#lines += lines;
    return this.#lines > this.#linesMax;
  }

  /** Time until the next second begins, and one more for each that was used ahead. */
  waitMs(nowMs: number): number {
    const ahead = Math.ceil(this.#lines / this.#linesMax);
    return Math.max(0, this.#sinceMs + ahead * WINDOW_MS - nowMs);
  }
}
