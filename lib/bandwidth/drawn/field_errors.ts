import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { FieldError } from "../report/seen_figures.ts";
import type { AngleUnits } from "./angle_units.ts";
import type { KindPlan } from "./drawn_plan.ts";
import type { ErrorTallies } from "./error_tallies.ts";

/** Errors of every kind: its position and rotations, where it has them, then each field. */
export function fieldErrors(
  plans: readonly KindPlan[],
  units: AngleUnits,
  tallies: ErrorTallies,
  names: ReadonlyEntityNames | undefined,
): FieldError[] {
  return plans.flatMap((plan, kind) => {
    const { columns, firstColumnError, firstRotationError, position, positionError } = plan;
    const errors: FieldError[] = [];
    const nameOf = (field: number) => plan.kind.fields[field]!.name;
    const add = (field: string, error: number, unit?: string, axes?: readonly number[]) => {
      const spread = tallies.spread(kind, error);
      if (spread === undefined) return;
      const { entity, frame } = spread.worst;
      errors.push({
        kind: plan.kind.name,
        field,
        ...(axes === undefined ? {} : { axes: axes.map(nameOf) }),
        ...(unit === undefined ? {} : { unit }),
        ...spread,
        worst: { entity: names?.idOf(entity) ?? entity, frame },
      });
    };
    if (position.length > 0) add("position", positionError, undefined, position);
    plan.rotations.forEach(({ fields, name }, i) =>
      add(name, firstRotationError + i, "deg", fields)
    );
    columns.forEach(({ field, isDoubtful }, column) => {
      if (isDoubtful) return;
      const chosen = units.columnOf(kind, column);
      add(nameOf(field), firstColumnError + chosen, columns[chosen]!.unit);
    });
    return errors;
  });
}
