/** Three digits behind the point: a thousandth of a unit or of a millisecond. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Parts that the page divides 1 into where it holds a component of a quaternion. */
export const ROTATION_STEPS = 10_000;
