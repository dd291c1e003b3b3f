import type { StateValues } from "./state_values.ts";

/** Difference of two numbers, at most the largest double; Infinity or NaN where one is none. */
export function differenceOf(a: number, b: number): number {
  const difference = Math.abs(a - b);
  return difference === Infinity && a - a === 0 && b - b === 0 ? Number.MAX_VALUE : difference;
}

/**
 * Distance of two positions, of which the square is beyond the largest double: at most that double.
 *
 * @param largest largest difference of their coordinates, above 0 and finite
 */
export function scaledDistance(
  position: readonly number[],
  slots: readonly number[],
  drawn: StateValues,
  d: number,
  truth: StateValues,
  t: number,
  largest: number,
): number {
  let squared = 0;
  for (const field of position) {
    const a = drawn.values[drawn.starts[d]! + slots[field]!]!;
    const b = truth.values[truth.starts[t]! + slots[field]!]!;
    const part = a / largest - b / largest;
    squared += part * part;
  }
  return Math.min(Number.MAX_VALUE, largest * Math.sqrt(squared));
}
