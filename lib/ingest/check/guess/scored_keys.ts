import type { SampledLine, Scalars } from "./line_sample.ts";

/** Names that a path of a line's own key has; of more the first are entities of a collection. */
export const DEPTH_MAX: number = 2;
/** Keys that are looked at. */
const KEYS_MAX = 128;

/** Keys of the lines themselves, not of what they hold. */
export function ownKeys(sample: readonly SampledLine[], taken: readonly string[]): string[] {
  return keysOf(sample.map(({ own }) => own), taken)
    .filter((key) => key.split(".").length <= DEPTH_MAX);
}

/** Keys of some rows, the most frequent ones. */
export function keysOf(rows: readonly Scalars[], taken: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const key of row.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const key of taken) counts.delete(key);
  if (counts.size <= KEYS_MAX) return [...counts.keys()];
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, KEYS_MAX).map(([key]) => key);
}

/** Values of a key, of the lines that have it. */
export function valuesOf(sample: readonly SampledLine[], key: string) {
  return sample.flatMap(({ own }) => own.get(key) ?? []);
}

/** How much the name of a key says: 2 for a name of the first kind, 1 of the second, else 0. */
export function nameScore(key: string, names: RegExp, like: RegExp): number {
  const name = plain(key);
  return names.test(name) ? 2 : like.test(name) ? 1 : 0;
}

/** The last name of a path, without case and punctuation. */
export function plain(key: string): string {
  return key.split(".").at(-1)!.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** The key of the highest score, of equals the least nested and then the first. */
export function best(
  keys: readonly string[],
  scoreOf: (key: string) => number,
): string | undefined {
  const scored = keys.map((key) => ({ key, score: scoreOf(key) })).filter(({ score }) => score > 0);
  const depth = (key: string) => key.split(".").length;
  scored.sort((a, b) => b.score - a.score || depth(a.key) - depth(b.key));
  return scored[0]?.key;
}
