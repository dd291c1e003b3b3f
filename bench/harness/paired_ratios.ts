/** Median and quartiles of some figures. */
export interface Spread {
  /** Lower quartile. */
  readonly q1: number;
  /** Median. */
  readonly median: number;
  /** Upper quartile. */
  readonly q3: number;
}

/**
 * Median and quartiles, between neighbours by their distance (type 7 of Hyndman and Fan, as in R,
 * NumPy and spreadsheets).
 *
 * @throws {RangeError} without a figure
 */
export function spreadOf(figures: readonly number[]): Spread {
  if (figures.length === 0) throw new RangeError("Cannot tell the median of no figures");
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const low = Math.floor(place);
    const high = Math.ceil(place);
    return sorted[low]! + (sorted[high]! - sorted[low]!) * (place - low);
  };
  return { q1: at(0.25), median: at(0.5), q3: at(0.75) };
}

/**
 * Ratios of two series round by round: what disturbs a round disturbs both of its sides, and so
 * falls out of its ratio.
 *
 * @throws {RangeError} when a round has but one side
 */
export function pairedRatios(figures: readonly number[], base: readonly number[]): number[] {
  if (figures.length !== base.length) {
    throw new RangeError(`Cannot pair ${figures.length} rounds with ${base.length}`);
  }
  return figures.map((figure, round) => figure / base[round]!);
}
