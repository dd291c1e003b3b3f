import type { FieldValue } from "../../core/state/schema.ts";
import { compares } from "../shape/condition.ts";
import type { KindPlan, RowTest } from "../shape/model_plan.ts";
import { ModelMisfitError } from "./model_misfit_error.ts";
import type { Pose } from "../shape/pose.ts";

/** The row of an entity as a plan reads it. */
export interface RowValues {
  /** Value of a field by its place in the plan's fields; undefined when the row lacks it. */
  value(place: number): FieldValue | undefined;
  /** True for a field that rows of the kind may have, by its place in the plan's fields. */
  hasField(place: number): boolean;
  /** Id of its entity for people to read. */
  readonly idText: string;
}

/**
 * Fills `out` with the pose that a row gives: place, orientation, life, and the shapes in force. Facts
 * and what depends on a shooter are left to the caller.
 *
 * @returns false for a row without a place, though others of its kind have one: it is nowhere
 * @throws {TypeError} when the row has no number where a position, or a shape in force, takes one
 */
export function fillPose(plan: KindPlan, row: RowValues, out: Pose): boolean {
  const [xPlace, yPlace, zPlace] = plan.position as [number, number, number];
  const x = row.value(xPlace);
  const y = row.value(yPlace);
  const z = row.value(zPlace);
  const isFlat = z === undefined && plan.kind.position[2] === "z" && !row.hasField(zPlace);
  const isNowhere = (x === undefined && row.hasField(xPlace)) ||
    (y === undefined && row.hasField(yPlace)) || (z === undefined && row.hasField(zPlace));
  if (isNowhere) return false;
  out.x = numberOf(plan, row, xPlace, x);
  out.y = numberOf(plan, row, yPlace, y);
  out.z = isFlat ? 0 : numberOf(plan, row, zPlace, z);
  fillOrientation(plan, row, out);
  out.isAlive = holds(plan.alive, row);
  out.isEligible = true;
  out.isRewound = holds(plan.rewinds, row);
  out.shapes = 0;
  for (let i = 0; i < plan.when.length; i++) {
    if (holds(plan.when[i]!, row)) out.shapes |= 1 << i;
  }
  out.numbers.length = plan.numbers.length;
  for (let i = 0; i < plan.numbers.length; i++) {
    const value = row.value(plan.numbers[i]!);
    out.numbers[i] = typeof value === "number" ? value : NaN;
  }
  if (out.isAlive && plan.numbers.length > 0) assertShapes(plan, row, out);
  return true;
}

function fillOrientation(plan: KindPlan, row: RowValues, out: Pose): void {
  out.yawDegrees = 0;
  if (plan.rotation === undefined) {
    const yaw = row.value(plan.yaw);
    if (typeof yaw === "number") {
      out.yawDegrees = plan.yawZeroDegrees + yaw * plan.yawDegreesPerUnit;
    }
    return;
  }
  let squared = 0;
  for (let i = 0; i < 4; i++) {
    const place = plan.rotation[i]!;
    const value = numberOf(plan, row, place, row.value(place));
    out.rotation[i] = value;
    squared += value * value;
  }
  // Four zeros are no rotation: an entity that was never turned.
  const length = Math.sqrt(squared);
  for (let i = 0; i < 4; i++) {
    out.rotation[i] = length > 0 ? out.rotation[i]! / length : i === 3 ? 1 : 0;
  }
}

function holds(tests: readonly RowTest[], row: RowValues): boolean {
  for (const { condition: { operator, right }, field } of tests) {
    if (!compares(operator, row.value(field), right as FieldValue)) return false;
  }
  return true;
}

function numberOf(
  plan: KindPlan,
  row: RowValues,
  place: number,
  value: FieldValue | undefined,
): number {
  if (typeof value === "number") return value;
  const { name, what } = plan.fields[place]!;
  throw noNumber(plan, row, `${what} field ${JSON.stringify(name)}`);
}

function assertShapes(plan: KindPlan, row: RowValues, pose: Pose): void {
  for (let i = 0; i < plan.shapes.length; i++) {
    if ((pose.shapes & (1 << i)) === 0) continue;
    for (const name of plan.shapes.fieldsOf(i)) {
      if (!Number.isNaN(pose.numbers[plan.shapes.fields.indexOf(name)])) continue;
      throw noNumber(plan, row, `field ${JSON.stringify(name)}, which a shape takes`);
    }
  }
}

function noNumber(plan: KindPlan, row: RowValues, field: string): ModelMisfitError {
  return new ModelMisfitError(plan.kind.kind, `entity ${row.idText} has no number in its ${field}`);
}
