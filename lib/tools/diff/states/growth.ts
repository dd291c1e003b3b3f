/** Spans of time of which each has a mean. */
const SPANS_MAX = 64;
/** Kendall's tau, from -1 to 1, from which on means rise. */
const TAU_MIN = 0.6;
/** Standard deviations that tau has to be above what chance gives. */
const DEVIATIONS_MIN = 5;
/** How often the mean of the last third holds that of the first. */
const RATIO_MIN = 2;

/**
 * Whether differences grow, in memory that does not: the frames from the first difference on are
 * divided into at most 64 spans of equal length, which doubles when they are used up, and of each
 * the mean |difference| is kept. They grow when the means rise, by a Kendall's tau of at least 0.6
 * that is five standard deviations above what means in random order have, and when the last third
 * of them is at least twice the first. Noise does not grow, nor does a constant offset.
 */
export class Growth {
  readonly #sums = new Float64Array(SPANS_MAX);
  readonly #counts = new Float64Array(SPANS_MAX);
  #first: number | undefined;
  #width = 1;

  /**
   * Adds the differences of a frame; the first frame that is added has the first difference.
   *
   * @param place number of the frame, not below that of the one before
   * @param sum sum of its |differences|
   * @param count number of values that were compared, above 0
   */
  add(place: number, sum: number, count: number): void {
    this.#first ??= place;
    const offset = place - this.#first;
    while (offset >= this.#width * SPANS_MAX) this.#double();
    const span = Math.floor(offset / this.#width);
    this.#sums[span]! += sum;
    this.#counts[span]! += count;
  }

  /** True when the differences grow; undefined when there are too few frames to tell. */
  get isGrowing(): boolean | undefined {
    const means = this.#means();
    const count = means.length;
    const deviation = Math.sqrt((2 * (2 * count + 5)) / (9 * count * (count - 1)));
    const tauMin = Math.max(TAU_MIN, DEVIATIONS_MIN * deviation);
    if (!(tauMin <= 1)) return undefined;
    const third = Math.floor(count / 3);
    const isMore = meanOf(means.slice(-third)) >= RATIO_MIN * meanOf(means.slice(0, third));
    return isMore && kendallTau(means) >= tauMin;
  }

  #means(): number[] {
    const means: number[] = [];
    this.#counts.forEach((count, i) => {
      if (count > 0) means.push(this.#sums[i]! / count);
    });
    return means;
  }

  #double(): void {
    for (const list of [this.#sums, this.#counts]) {
      for (let i = 0; i < SPANS_MAX; i += 2) list[i / 2] = list[i]! + list[i + 1]!;
      list.fill(0, SPANS_MAX / 2);
    }
    this.#width *= 2;
  }
}

/** Pairs that rise less those that fall, of all pairs. */
function kendallTau(values: readonly number[]): number {
  let rises = 0;
  for (let i = 0; i < values.length; i++) {
    for (let j = i + 1; j < values.length; j++) rises += Math.sign(values[j]! - values[i]!) || 0;
  }
  return (2 * rises) / (values.length * (values.length - 1));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
