/** A run of frames where it lies on a line, both ends included. */
export interface Run {
  readonly first: number;
  readonly last: number;
  readonly frames: number;
}

/**
 * Runs, in the order that they have, each of which begins after the one before ends, and which have
 * the most frames together. Time grows as n log n.
 *
 * @returns their indexes
 */
export function longestChain(runs: readonly Run[]): number[] {
  const ends = [...new Set(runs.map(({ last }) => last))].sort((a, b) => a - b);
  const best = new PrefixBest(ends.length);
  const sums = new Float64Array(runs.length);
  const before = new Int32Array(runs.length).fill(-1);
  let end = -1;
  for (let i = 0; i < runs.length; i++) {
    const { first, frames, last } = runs[i]!;
    const found = best.below(placeOf(ends, first), sums);
    before[i] = found;
    sums[i] = frames + (found < 0 ? 0 : sums[found]!);
    best.put(placeOf(ends, last), i, sums);
    if (end < 0 || sums[i]! > sums[end]!) end = i;
  }
  const chain: number[] = [];
  for (let i = end; i >= 0; i = before[i]!) chain.push(i);
  return chain.reverse();
}

/** Number of ascending values below a limit. */
function placeOf(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For each place the item with the largest sum at it or before: a Fenwick tree. */
class PrefixBest {
  readonly #items: Int32Array;

  constructor(places: number) {
    this.#items = new Int32Array(places + 1).fill(-1);
  }

  /** Puts an item at a place. */
  put(place: number, item: number, sums: Float64Array): void {
    for (let i = place + 1; i < this.#items.length; i += i & -i) {
      const other = this.#items[i]!;
      if (other < 0 || sums[item]! > sums[other]!) this.#items[i] = item;
    }
  }

  /** Item with the largest sum before a place; -1 when there is none. */
  below(place: number, sums: Float64Array): number {
    let found = -1;
    for (let i = place; i > 0; i -= i & -i) {
      const item = this.#items[i]!;
      if (item >= 0 && (found < 0 || sums[item]! > sums[found]!)) found = item;
    }
    return found;
  }
}
