import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { FieldError } from "../report/seen_figures.ts";
import type { AngleUnits } from "./angle_units.ts";
import { COLUMN_ERRORS, type KindPlan, POSITION_ERROR, ROTATION_ERROR } from "./drawn_plan.ts";
import type { ErrorTallies } from "./error_tallies.ts";

/** Errors of every kind: its position and rotation, where it has them, then each field. */
export function fieldErrors(
  plans: readonly KindPlan[],
  units: AngleUnits,
  tallies: ErrorTallies,
  names: ReadonlyEntityNames | undefined,
): FieldError[] {
  return plans.flatMap((plan, kind) => {
    const { columns, firstError, position, rotation } = plan;
    const errors: FieldError[] = [];
    const add = (field: string, unit: string | undefined, error: number) => {
      const { worst, ...spread } = tallies.spread(kind, firstError + error);
      errors.push({
        kind: plan.kind.name,
        field,
        ...(unit === undefined ? {} : { unit }),
        ...spread,
        ...(worst && { worst: { ...worst, entity: names?.idOf(worst.entity) ?? worst.entity } }),
      });
    };
    if (position.length > 0) add("position", undefined, POSITION_ERROR);
    if (rotation.length > 0) add("rotation", "deg", ROTATION_ERROR);
    columns.forEach(({ field, isDoubtful }, column) => {
      if (isDoubtful) return;
      const chosen = units.columnOf(kind, column);
      add(plan.kind.fields[field]!.name, columns[chosen]!.unit, COLUMN_ERRORS + chosen);
    });
    return errors;
  });
}
