import { turnBetween } from "../../core/geometry/rotation.ts";
import type { KindPlan } from "./drawn_plan.ts";
import { readRotation } from "./read_rotation.ts";
import type { StateValues } from "./state_values.ts";

/** What sums of doubles may be off by, as a part of what goes into them. */
const ROUNDING = 2 ** -47;
/** What comes of a turn between two rotations that are equal, in degrees. */
const TURN_ROUNDING = 2 ** -40;
/** Where an angle begins to be looked at more closely, in degrees. */
const TURN_SMALL = 2 ** -10;

const FROM: [number, number, number, number] = [0, 0, 0, 1];
const AT: [number, number, number, number] = [0, 0, 0, 1];

/**
 * Difference of two drawn values that is nothing but rounding: about 2^-46 of what they were drawn
 * from, and what they move by in the last digits of a time. 0 where both are states as they are.
 *
 * @param least size of the value where it is smaller, such as 1 of a quaternion
 */
export function roundingOf(
  drawn: StateValues,
  d: number,
  truth: StateValues,
  t: number,
  slot: number,
  least: number = 0,
): number {
  const rounding = roundingAt(drawn, d, slot, least) + roundingAt(truth, t, slot, least);
  return rounding < Infinity ? rounding : 0;
}

function roundingAt(state: StateValues, place: number, slot: number, least: number): number {
  const { from, part, timeRounding } = state;
  if (from === undefined) return 0;
  const start = from.values[from.starts[place]! + slot]!;
  const value = state.values[state.starts[place]! + slot]!;
  return ROUNDING * (Math.abs(start) + Math.abs(value) + least) +
    (ROUNDING + timeRounding) * Math.abs(value - start) / part;
}

/** The same of a distance. */
export function distanceRounding(
  axes: Int32Array,
  drawn: StateValues,
  d: number,
  truth: StateValues,
  t: number,
): number {
  let sum = 0;
  for (let i = 0; i < axes.length; i++) sum += roundingOf(drawn, d, truth, t, axes[i]!);
  return sum;
}

/** True for a turn between two drawn rotations that is nothing but rounding. */
export function isTurnRounding(
  degrees: number,
  { slots }: KindPlan,
  fields: readonly number[],
  drawn: StateValues,
  d: number,
  truth: StateValues,
  t: number,
): boolean {
  if (degrees > TURN_SMALL || (drawn.from === undefined && truth.from === undefined)) return false;
  const moved = (state: StateValues, place: number): number => {
    const { from, part, timeRounding } = state;
    if (from === undefined) return 0;
    const areRotations = readRotation(from.values, from.starts[place]!, fields, slots, FROM) &&
      readRotation(state.values, state.starts[place]!, fields, slots, AT);
    return areRotations ? timeRounding * turnBetween(FROM, AT) / part : 0;
  };
  return degrees <= TURN_ROUNDING + moved(drawn, d) + moved(truth, t);
}
