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
