/** Buckets an octave; steps of one bucket differ by a fifth at most. */
const BUCKETS_PER_OCTAVE = 4;
const OCTAVE_MIN = -64;
const BUCKETS = 128 * BUCKETS_PER_OCTAVE;
/** Share of the longest steps that count as pauses, from so many steps on. */
const PAUSES = 0.01;
const STEPS_WITH_PAUSES_MIN = 4;

/** Distribution of the steps of a clock, in memory that does not grow. */
export class StepFacts {
  /** Steps so far. */
  count: number = 0;
  readonly #counts = new Float64Array(BUCKETS);
  readonly #sums = new Float64Array(BUCKETS);

  /** Adds a step above 0. */
  add(step: number): void {
    const bucket = Math.floor((Math.log2(step) - OCTAVE_MIN) * BUCKETS_PER_OCTAVE);
    const at = Math.max(0, Math.min(BUCKETS - 1, bucket));
    this.count++;
    this.#counts[at]!++;
    this.#sums[at]! += step;
  }

  /** Mean of the bucket that holds the middle step; NaN without steps. */
  get median(): number {
    let below = 0;
    for (let at = 0; at < BUCKETS; at++) {
      below += this.#counts[at]!;
      if (below * 2 >= this.count && below > 0) return this.#sums[at]! / this.#counts[at]!;
    }
    return NaN;
  }

  /** Mean without the longest steps, which are pauses; NaN without steps. */
  get meanWithoutPauses(): number {
    let pauses = this.count < STEPS_WITH_PAUSES_MIN ? 0 : Math.ceil(this.count * PAUSES);
    let [count, sum] = [0, 0];
    for (let at = BUCKETS - 1; at >= 0; at--) {
      const inBucket = this.#counts[at]!;
      if (inBucket === 0) continue;
      const kept = Math.max(0, inBucket - pauses);
      pauses -= inBucket - kept;
      count += kept;
      sum += this.#sums[at]! / inBucket * kept;
    }
    return sum / count;
  }
}
