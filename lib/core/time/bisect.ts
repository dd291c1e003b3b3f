/**
 * Last index of a range for which a test holds that holds up to some index: binary search.
 *
 * @param low index for which the test is taken to hold, the answer where it holds for no later one
 * @param high last index of the range
 */
export function lastIndex(low: number, high: number, holds: (index: number) => boolean): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to + 1) >>> 1;
    if (holds(middle)) from = middle;
    else to = middle - 1;
  }
  return from;
}
