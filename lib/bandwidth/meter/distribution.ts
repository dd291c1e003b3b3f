import { quantilesOf } from "../spread/nearest_rank.ts";

/** Counts of values, for exact figures over many packets in little memory. */
export class Distribution {
  /** Number of values. */
  count: number = 0;
  /** Sum of the values. */
  sum: number = 0;
  readonly #counts: Map<number, number> = new Map();

  /** Adds a value, `times` times. */
  add(value: number, times: number = 1): void {
    this.count += times;
    this.sum += value * times;
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + times);
  }

  /** Mean; 0 without values. */
  get mean(): number {
    return this.count === 0 ? 0 : this.sum / this.count;
  }

  /**
   * Smallest value that at least the given share of all values do not exceed (nearest rank).
   *
   * @param shares each 0 to 1; 1 gives the maximum
   * @returns one value per share; zeros without values
   */
  quantiles(shares: readonly number[]): number[] {
    return quantilesOf(this.sorted(), this.count, shares);
  }

  /**
   * Histogram of at most `count` bars of one whole width that start at 0; empty bars are left out.
   */
  bars(count: number): { from: number; packets: number }[] {
    const sorted = this.sorted();
    const max = sorted.at(-1)?.[0] ?? 0;
    const width = Math.max(1, Math.ceil((max + 1) / count));
    const bars: { from: number; packets: number }[] = [];
    for (const [value, times] of sorted) {
      const from = Math.floor(value / width) * width;
      const last = bars.at(-1);
      if (last?.from === from) last.packets += times;
      else bars.push({ from, packets: times });
    }
    return bars;
  }

  /** Pairs of value and count, values ascending. */
  sorted(): [value: number, times: number][] {
    return [...this.#counts].sort(([a], [b]) => a - b);
  }
}
