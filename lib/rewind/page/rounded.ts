import type { HitModel } from "../shape/hit_model.ts";
import type { ShapeNumber, TargetShape } from "../shape/target_shape.ts";

/** Three digits behind the point: a thousandth of a millisecond, or of a frame. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** A size or a distance: a thousandth of a unit, and of what is smaller a thousandth of itself. */
export function roundedUnits(value: number): number {
  return Math.abs(value) < 0.1 ? Number(value.toPrecision(4)) : rounded(value);
}

/** Parts that the page divides 1 into where it holds a component of a quaternion. */
export const ROTATION_STEPS = 10_000;

/** Parts of the smallest half width of a shape that a position is held to. */
const PARTS = 64;

const steps = new WeakMap<HitModel, number>();

/** Units to which places of a model's targets are held: a small part of its smallest shape. */
export function placeStep(model: HitModel): number {
  const known = steps.get(model);
  if (known !== undefined) return known;
  const halves = model.kinds.flatMap(({ shapes }) => shapes.flatMap(halfWidths));
  const step = Math.min(...halves) / PARTS;
  steps.set(model, step);
  return step;
}

/** A place of a model's targets, finer than is seen of their shapes. */
export function roundedPlace(model: HitModel, value: number): number {
  const step = placeStep(model);
  let decimals = 3;
  while (10 ** -decimals > step && decimals < 12) decimals++;
  return Number(value.toFixed(decimals));
}

/** Half the width of a shape along each of its axes, as far as plain numbers say it. */
function halfWidths(shape: TargetShape): number[] {
  const sides = shape.shape === "box"
    ? shape.max.map((high, k) => halfBetween(shape.min[k]!, high))
    : [halfBetween(0, shape.radius) * 2];
  return sides.filter((side) => side > 0);
}

function halfBetween(low: ShapeNumber, high: ShapeNumber): number {
  return typeof low === "number" && typeof high === "number" ? (high - low) / 2 : 0;
}
