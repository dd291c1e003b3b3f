import type { FieldValue } from "../../core/state/schema.ts";
import {
  compares,
  type Condition,
  type FieldReference,
  isReference,
  readsShooter,
} from "./condition.ts";
import { type HitKind, type HitModel, upAxis, type YawField } from "./hit_model.ts";
import { KindShapes } from "./kind_shapes.ts";
import type { Pose } from "./pose.ts";

/** A condition that reads fields of the target's own row: which of the kind's fields. */
export interface RowTest {
  /** The condition. */
  readonly condition: Condition;
  /** Place of its field in {@linkcode KindPlan.fields}. */
  readonly field: number;
}

/** A hit kind, ready to be read: every field that it asks for has a place in one list. */
export interface KindPlan {
  /** The kind. */
  readonly kind: HitKind;
  /** Fields that a row of it is read for, each once, and what for. */
  readonly fields: readonly { readonly name: string; readonly what: string }[];
  /** Places of the position's fields. */
  readonly position: readonly number[];
  /** Places of the quaternion's fields; undefined for a kind that has a yaw. */
  readonly rotation: readonly number[] | undefined;
  /** Place of the yaw's field. */
  readonly yaw: number;
  /** Degrees of a unit of the yaw, with its sense. */
  readonly yawDegreesPerUnit: number;
  /** Degrees of the yaw's value 0. */
  readonly yawZeroDegrees: number;
  /** True when a shape turns. */
  readonly turns: boolean;
  /** Who is alive. */
  readonly alive: readonly RowTest[];
  /** Who is rewound. */
  readonly rewinds: readonly RowTest[];
  /** When each shape is in force. */
  readonly when: readonly (readonly RowTest[])[];
  /** Places of the fields that shapes take numbers from. */
  readonly numbers: readonly number[];
  /** Conditions of its life that look at the shooter. */
  readonly eligible: readonly Condition[];
  /** Conditions of its rewinding that look at the shooter. */
  readonly rewindsFor: readonly Condition[];
  /** Its shapes. */
  readonly shapes: KindShapes;
}

/** A hit model, ready to be read. */
export class ModelPlan {
  /** Kinds in the model's order. */
  readonly kinds: readonly KindPlan[];
  /** Fields that conditions on the shooter and the teleport rule read, each once. */
  readonly facts: readonly string[];
  /** Of those, the fields that are the shooter's. */
  readonly shooterFacts: readonly string[];
  /** Place of the teleport field among the facts, or -1. */
  readonly teleportFact: number;
  /** Index of the up axis. */
  readonly up: number;
  /** True when some target may stand at now while others are rewound. */
  readonly hasStanding: boolean;

  /** Plan of a model; use {@linkcode planOf}. */
  constructor(model: HitModel) {
    const conditions = model.kinds.flatMap(({ alive, rewinds = [] }) => [...alive, ...rewinds])
      .filter(readsShooter);
    const references = conditions.flatMap(({ left, right }) =>
      isReference(right) ? [left, right] : [left]
    );
    const names = references.map(({ field }) => field);
    if (model.teleportField !== undefined) names.push(model.teleportField);
    this.facts = [...new Set(names)];
    const ofShooter = references.filter((reference) => reference.of === "shooter");
    this.shooterFacts = [...new Set(ofShooter.map(({ field }) => field))];
    this.teleportFact = model.teleportField === undefined
      ? -1
      : this.facts.indexOf(model.teleportField);
    this.up = upAxis(model);
    this.hasStanding = model.kinds.some(({ rewinds = [] }) => rewinds.length > 0);
    this.kinds = model.kinds.map(planKind);
  }

  /** True when a place and a yaw say all of a pose: no quaternion, no shape that depends on its target. */
  get isPlain(): boolean {
    return !this.readsShooter &&
      this.kinds.every(({ numbers, rotation, when }) =>
        rotation === undefined && numbers.length === 0 && when.every((tests) => tests.length === 0)
      );
  }

  /** True when the model looks at who shoots. */
  get readsShooter(): boolean {
    return this.shooterFacts.length > 0;
  }

  /** Says of a pose whether it is a target of a shooter, and rewound for him. */
  lookAtShooter(pose: Pose, shooter: readonly (FieldValue | undefined)[]): void {
    const { eligible, rewindsFor } = this.kinds[pose.kind]!;
    pose.isEligible = eligible.every((condition) => this.#holds(condition, pose, shooter));
    if (pose.isRewound) {
      pose.isRewound = rewindsFor.every((condition) => this.#holds(condition, pose, shooter));
    }
  }

  #holds(
    { left, operator, right }: Condition,
    pose: Pose,
    shooter: readonly (FieldValue | undefined)[],
  ): boolean {
    const valueOf = ({ of, field }: FieldReference) =>
      (of === "shooter" ? shooter : pose.facts)[this.facts.indexOf(field)];
    return compares(operator, valueOf(left), isReference(right) ? valueOf(right) : right);
  }
}

const plans = new WeakMap<HitModel, ModelPlan>();

/** Plan of a model, made once. */
export function planOf(model: HitModel): ModelPlan {
  let plan = plans.get(model);
  if (plan === undefined) plans.set(model, plan = new ModelPlan(model));
  return plan;
}

const DEGREES = { deg: 1, rad: 180 / Math.PI, turn: 360 } as const;

function planKind(kind: HitKind): KindPlan {
  const fields: { name: string; what: string }[] = [];
  const places = new Map<string, number>();
  const place = (name: string, what: string): number => {
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, fields.length);
    return fields.push({ name, what }) - 1;
  };
  const tests = (conditions: readonly Condition[], what: string): RowTest[] =>
    conditions.filter((condition) => !readsShooter(condition))
      .map((condition) => ({ condition, field: place(condition.left.field, what) }));
  const position = kind.position.map((name) => place(name, "position"));
  const { field, unit = "deg", sign = 1, zero = 0 }: YawField = typeof kind.yaw === "string"
    ? { field: kind.yaw }
    : kind.yaw;
  const shapes = new KindShapes(kind.shapes);
  const { alive, rewinds = [] } = kind;
  return {
    kind,
    position,
    rotation: kind.rotation?.map((name) => place(name, "rotation")),
    yaw: place(field, "yaw"),
    yawDegreesPerUnit: DEGREES[unit] * sign,
    yawZeroDegrees: DEGREES[unit] * zero,
    turns: kind.shapes.some((shape) => shape.turns === true),
    alive: tests(alive, "alive"),
    rewinds: tests(rewinds, "rewinds"),
    when: kind.shapes.map(({ when = [] }) => tests(when, "when")),
    numbers: shapes.fields.map((name) => place(name, "shape")),
    eligible: alive.filter(readsShooter),
    rewindsFor: rewinds.filter(readsShooter),
    shapes,
    fields,
  };
}
