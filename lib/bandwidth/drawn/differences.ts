import { turnBetween } from "../../core/geometry/rotation.ts";
import type { KindPlan } from "./drawn_plan.ts";
import { readRotation } from "./read_rotation.ts";
import type { StateValues } from "./state_values.ts";

const DRAWN: [number, number, number, number] = [0, 0, 0, 1];
const TRUE: [number, number, number, number] = [0, 0, 0, 1];

/** True for equal values; one that is no number is equal to another such. */
export function isEqual(a: number, b: number): boolean {
  return a === b || (a !== a && b !== b);
}

/** Difference of two numbers, at most the largest double; Infinity or NaN where one is none. */
export function differenceOf(a: number, b: number): number {
  const difference = Math.abs(a - b);
  return difference === Infinity && a - a === 0 && b - b === 0 ? Number.MAX_VALUE : difference;
}

/**
 * Distance of two positions whose axes are there, at most the largest double; no finite number where
 * they have none.
 */
export function distanceOf(
  plan: KindPlan,
  drawn: StateValues,
  d: number,
  truth: StateValues,
  t: number,
): number {
  const { position, slots } = plan;
  let squared = 0;
  let largest = 0;
  for (let i = 0; i < position.length; i++) {
    const slot = slots[position[i]!]!;
    const a = drawn.values[drawn.starts[d]! + slot]!;
    const b = truth.values[truth.starts[t]! + slot]!;
    if (isEqual(a, b)) continue;
    squared += (a - b) * (a - b);
    largest = Math.max(largest, differenceOf(a, b));
  }
  const isOver = squared === Infinity && largest < Infinity;
  return isOver ? scaledDistance(plan, drawn, d, truth, t, largest) : Math.sqrt(squared);
}

/** Distance of which the square is beyond the largest double, by the largest difference in it. */
function scaledDistance(
  { position, slots }: KindPlan,
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
    if (isEqual(a, b)) continue;
    const part = a / largest - b / largest;
    squared += part * part;
  }
  return Math.min(Number.MAX_VALUE, largest * Math.sqrt(squared));
}

/** Turn in degrees between two rotations that are there; likewise. */
export function turnOf(
  { slots }: KindPlan,
  fields: readonly number[],
  drawn: StateValues,
  d: number,
  truth: StateValues,
  t: number,
): number {
  const at = drawn.starts[d]!;
  const from = truth.starts[t]!;
  const areEqual = fields.every((field) =>
    isEqual(drawn.values[at + slots[field]!]!, truth.values[from + slots[field]!]!)
  );
  if (areEqual) return 0;
  const areRotations = readRotation(drawn.values, at, fields, slots, DRAWN) &&
    readRotation(truth.values, from, fields, slots, TRUE);
  return areRotations ? turnBetween(DRAWN, TRUE) : Infinity;
}
