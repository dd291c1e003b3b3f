import { createRandom } from "../net/link/random.ts";

/**
 * Some of a run's consumers, ascending: all where they are no more than asked for, else as many,
 * drawn from the run's seed by a stream of their own.
 *
 * @param of number of consumers
 */
export function sampleConsumers(seed: number, of: number, count: number): number[] {
  const random = createRandom(seed, 0, "sample");
  const chosen = new Set<number>();
  // R. W. Floyd's way: each choice of so many is as likely as any other.
  for (let last = Math.max(0, of - count); last < of; last++) {
    const drawn = of <= count ? last : random.below(last + 1);
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return [...chosen].sort((a, b) => a - b);
}
