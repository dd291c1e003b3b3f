/**
 * The times of the recorded frames, in microseconds, with the holes between them: neighbouring
 * frames that are further apart than a threshold.
 */
export class RecordingClock {
  /** Number of holes. */
  holes: number = 0;
  /** Time of all holes. */
  holesUs: number = 0;
  readonly #thresholdUs: number;
  #firstUs = 0;
  #newestUs = -Infinity;
  /** Times at which holes ended, ascending. */
  readonly #endsUs: number[] = [];
  /** By hole, the time of all holes up to its end. */
  readonly #sumsUs: number[] = [];

  /** Clock before the first frame. */
  constructor(thresholdUs: number) {
    this.#thresholdUs = thresholdUs;
  }

  /** Time from the first frame to the newest. */
  get lengthUs(): number {
    return Math.max(0, this.#newestUs - this.#firstUs);
  }

  /** Moves on to the time of a frame, which does not go back; the same time again changes nothing. */
  advance(nowUs: number): void {
    const sinceUs = nowUs - this.#newestUs;
    this.#newestUs = nowUs;
    if (sinceUs === Infinity) this.#firstUs = nowUs;
    if (sinceUs <= this.#thresholdUs || sinceUs === Infinity) return;
    this.holes++;
    this.holesUs += sinceUs;
    this.#endsUs.push(nowUs);
    this.#sumsUs.push(this.holesUs);
  }

  /**
   * Holes, newest first, by the time of all holes before them: from `beforeUs` on, and up to the one
   * whose end `upToUs` tells.
   */
  *holesBack(beforeUs: number, upToUs: number): Generator<{ fromUs: number; toUs: number }> {
    for (let i = this.#endsUs.length - 1; i >= 0 && this.#sumsUs[i]! > beforeUs; i--) {
      if (this.#sumsUs[i]! > upToUs) continue;
      const toUs = this.#endsUs[i]!;
      yield { fromUs: toUs - (this.#sumsUs[i]! - (this.#sumsUs[i - 1] ?? 0)), toUs };
    }
  }

  /** Time of the holes before a frame that is not newer than the last advance. */
  holesBefore(frameUs: number): number {
    let end = this.#endsUs.length;
    if (end === 0 || frameUs >= this.#endsUs[end - 1]!) return this.holesUs;
    let begin = 0;
    while (begin < end) {
      const middle = (begin + end) >> 1;
      if (this.#endsUs[middle]! <= frameUs) begin = middle + 1;
      else end = middle;
    }
    return begin === 0 ? 0 : this.#sumsUs[begin - 1]!;
  }
}
