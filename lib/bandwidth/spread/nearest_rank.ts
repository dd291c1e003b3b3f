/**
 * Rank, from 1, of the smallest of `count` ascending values that at least a share of all do not
 * exceed.
 *
 * @param share 0 to 1; 1 gives the rank of the largest
 */
export function nearestRank(share: number, count: number): number {
  // A product that is a whole number may come out just above it.
  return Math.max(1, Math.ceil(share * count * (1 - 2 * Number.EPSILON)));
}

/**
 * Smallest values that at least given shares of all values do not exceed (nearest rank).
 *
 * @param sorted pairs of value and number of values, values ascending
 * @param count of all values
 * @param shares each 0 to 1; 1 gives the largest
 * @returns one value per share; zeros without values
 */
export function quantilesOf(
  sorted: readonly (readonly [value: number, times: number])[],
  count: number,
  shares: readonly number[],
): number[] {
  return shares.map((share) => {
    const rank = nearestRank(share, count);
    let below = 0;
    for (const [value, times] of sorted) {
      below += times;
      if (below >= rank) return value;
    }
    return 0;
  });
}
