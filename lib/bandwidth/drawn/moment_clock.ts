/**
 * The times of the recorded frames as they are, in milliseconds, without the holes between them. What is
 * a hole is judged in whole microseconds, as everywhere.
 */
export class MomentClock {
  readonly #thresholdUs: number;
  /** By stretch between two holes, when it begins. */
  readonly #startsMs: number[] = [];
  /** By stretch, what the clock says then. */
  readonly #clocksMs: number[] = [];
  #newestMs = -Infinity;

  /** Clock before the first frame. */
  constructor(freezeMs: number) {
    this.#thresholdUs = Math.round(freezeMs * 1000);
  }

  /** Moves on to a frame, which does not go back; what the clock says. */
  advance(timeMs: number): number {
    const sinceUs = Math.round(timeMs * 1000) - Math.round(this.#newestMs * 1000);
    if (sinceUs === Infinity) {
      this.#startsMs.push(0);
      this.#clocksMs.push(0);
    } else if (sinceUs > this.#thresholdUs) {
      // A hole takes no time at all.
      this.#clocksMs.push(this.at(this.#newestMs));
      this.#startsMs.push(timeMs);
    }
    this.#newestMs = timeMs;
    return this.at(timeMs);
  }

  /** What the clock says at a recorded frame. */
  at(timeMs: number): number {
    const starts = this.#startsMs;
    let stretch = starts.length - 1;
    while (stretch > 0 && starts[stretch]! > timeMs) stretch--;
    return this.#clocksMs[stretch]! + (timeMs - starts[stretch]!);
  }
}
