import { type Condition, conditionText } from "./condition.ts";
import type { HitKind, HitModel } from "./hit_model.ts";
import type { TargetShape } from "./target_shape.ts";

/** JSON value of a hit model, of the form that {@linkcode readHitModel} reads. */
export function hitModelValue({ handed, kinds, up }: HitModel): object {
  return {
    ...(up === undefined ? {} : { up }),
    ...(handed === undefined ? {} : { handed }),
    kinds: Object.fromEntries(kinds.map((kind) => [kind.kind, kindValue(kind)])),
  };
}

function kindValue({ alive, position, rewinds, rotation, shapes, yaw }: HitKind): object {
  return {
    position,
    yaw,
    ...(rotation === undefined ? {} : { rotation }),
    ...conditionsMember("alive", alive),
    ...conditionsMember("rewinds", rewinds),
    shapes: shapes.map(shapeValue),
  };
}

/** A shape that says whether it turns, which depends on its kind where it does not. */
function shapeValue({ when, ...shape }: TargetShape): object {
  return { ...shape, turns: shape.turns === true, ...conditionsMember("when", when) };
}

/** Conditions under their key; nothing where there are none, which no text can say. */
function conditionsMember(key: string, conditions: readonly Condition[] = []): object {
  return conditions.length === 0 ? {} : { [key]: conditions.map(conditionText).join("&") };
}
