import type { HitShape } from "../shape/hit_shape.ts";
import type { KindPlan, ModelPlan } from "../shape/model_plan.ts";
import type { Pose } from "../shape/pose.ts";
import { shapeNumbers } from "../shape/target_shape.ts";
import { shapeAt, type TargetPose } from "../verdict/target_pose.ts";
import type { Vector } from "../shape/vector.ts";
import { roundedUnits } from "./rounded.ts";

/** Shapes of a target in the order of its kind; null for one that is not in force. */
export type ShapeList = readonly (HitShape | null)[];

/** True when the shapes of a kind depend on the target's state. */
export function hasVaryingShapes({ numbers, when }: KindPlan): boolean {
  return numbers.length > 0 || when.some((tests) => tests.length > 0);
}

/** Shapes at a row of a recording. */
export function rowShapes({ shapes }: KindPlan, pose: Pose): ShapeList {
  return listOf(shapes.length, (index) => shapes.at(index, pose));
}

/** Shapes of a target as a policy or a client had it. */
export function targetShapes(plan: ModelPlan, target: TargetPose): ShapeList {
  const { length } = plan.kinds[target.kind]!.shapes;
  return listOf(length, (index) => shapeAt(plan, target, index));
}

function listOf(length: number, shapeOf: (index: number) => HitShape | undefined): ShapeList {
  const list: (HitShape | null)[] = [];
  for (let index = 0; index < length; index++) {
    const shape = shapeOf(index);
    // The dead may lack the numbers that their shapes take.
    const isWhole = shape !== undefined && shapeNumbers(shape).every(Number.isFinite);
    list.push(isWhole ? plainShape(shape) : null);
  }
  return list;
}

/** A copy with rounded numbers and without conditions. */
function plainShape(shape: HitShape): HitShape {
  const { name, turns } = shape;
  const common = {
    ...(name === undefined ? {} : { name }),
    ...(turns === undefined ? {} : { turns }),
  };
  const vector = ([x, y, z]: Vector): Vector => [roundedUnits(x), roundedUnits(y), roundedUnits(z)];
  switch (shape.shape) {
    case "sphere": {
      const { center, radius } = shape;
      return { shape: "sphere", ...common, center: vector(center), radius: roundedUnits(radius) };
    }
    case "capsule": {
      const ends = { from: vector(shape.from), to: vector(shape.to) };
      return { shape: "capsule", ...common, ...ends, radius: roundedUnits(shape.radius) };
    }
    default:
      return { shape: "box", ...common, min: vector(shape.min), max: vector(shape.max) };
  }
}

/** Lists of shapes, each held once. */
export class ShapeLists {
  /** The lists, by index. */
  readonly lists: ShapeList[] = [];
  /** True when there was no room for one. */
  isCut = false;
  readonly #indexes = new Map<string, number>();
  readonly #shapesMax: number;
  #shapes = 0;

  /** No lists, with room for so many shapes in all. */
  constructor(shapesMax: number) {
    this.#shapesMax = shapesMax;
  }

  /** Index of a list, which is added unless it is there; -1 when there is no room. */
  add(list: ShapeList): number {
    const key = JSON.stringify(list);
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    if (this.#shapes + list.length > this.#shapesMax) {
      this.isCut = true;
      return -1;
    }
    this.#shapes += list.length;
    this.#indexes.set(key, this.lists.length);
    return this.lists.push(list) - 1;
  }
}
