import * as v from "valibot";
import { type Condition, parseConditions, readsShooter } from "./condition.ts";
import { issueText } from "../json/json_issue.ts";
import { type HitKind, type HitModel, POSITION_FIELDS, type YawField } from "./hit_model.ts";
import { shapeFlaw, SHAPES_MAX, type TargetShape } from "./target_shape.ts";

const finite = v.pipe(v.number(), v.finite());
const text = v.pipe(v.string(), v.nonEmpty());
const field = v.pipe(text, v.check((name) => Number.isNaN(Number(name))));
const measure = v.union([finite, field], "expected a number or the name of a field");
const vector = v.tuple([measure, measure, measure]);
const conditions = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): Condition[] => {
    try {
      return parseConditions(dataset.value);
    } catch (error) {
      addIssue({ message: (error as Error).message });
      return NEVER;
    }
  }),
);
const ownConditions = v.pipe(
  conditions,
  v.check(
    (list) => !list.some(readsShooter),
    "a shape's condition reads its target's fields, not the shooter's",
  ),
);
const common = {
  name: v.optional(v.string()),
  turns: v.optional(v.boolean()),
  when: v.optional(ownConditions),
};
const shape = v.pipe(
  v.variant("shape", [
    v.strictObject({
      ...common,
      shape: v.literal("sphere"),
      center: v.optional(vector, [0, 0, 0]),
      radius: measure,
    }),
    v.strictObject({
      ...common,
      shape: v.literal("capsule"),
      from: vector,
      to: vector,
      radius: measure,
    }),
    v.strictObject({ ...common, shape: v.literal("box"), min: vector, max: vector }),
  ]),
  v.rawCheck(({ dataset, addIssue }) => {
    const flaw = dataset.typed ? shapeFlaw(dataset.value as TargetShape) : undefined;
    if (flaw !== undefined) addIssue({ message: flaw });
  }),
);
const yaw = v.pipe(
  v.strictObject({
    field: text,
    unit: v.optional(v.picklist(["deg", "rad", "turn"])),
    sign: v.optional(v.picklist([1, -1])),
    zero: v.optional(finite),
  }),
  v.check(
    ({ unit = "deg", zero = 0 }) => Math.abs(zero) <= TURN[unit],
    "zero is more than a turn; it is given in the field's own unit",
  ),
);
/** One turn in each unit, with room for rounding. */
const TURN = { deg: 360, rad: 6.3, turn: 1 } as const;
const YAW_FORMS =
  "expected the name of a field, or an object with the keys field, unit (deg, rad or turn), sign (1 or -1), zero";
const kind = v.strictObject({
  position: v.optional(v.tuple([text, text, text])),
  yaw: v.optional(v.union([text, yaw], YAW_FORMS)),
  rotation: v.optional(v.tuple([text, text, text, text])),
  alive: v.optional(conditions),
  rewinds: v.optional(conditions),
  shapes: v.pipe(v.array(shape), v.maxLength(SHAPES_MAX)),
});
const axis = v.picklist(["x", "y", "z"]);
const hand = v.picklist(["left", "right"]);
const model = v.strictObject({
  up: v.optional(axis),
  handed: v.optional(hand),
  kinds: v.record(v.string(), kind),
});

/**
 * Hit model from a JSON value.
 *
 * Its form, where everything but `shapes` and the numbers of a shape may be left out:
 *
 * ```json
 * {"up": "z", "kinds": {"player": {"position": ["x", "y", "z"], "alive": "dead=0&team!=shooter.team",
 *  "rewinds": "team!=shooter.team", "yaw": {"field": "yaw", "unit": "deg", "sign": 1, "zero": 0},
 *  "shapes": [
 *   {"shape": "box", "name": "body", "min": [-16, -16, -24], "max": [16, 16, "top"], "when": "duck=0"},
 *   {"shape": "sphere", "name": "head", "center": [4, 0, 26], "radius": 7, "turns": true},
 *   {"shape": "capsule", "name": "arm", "from": [0, 0, 0], "to": [20, 0, 0], "radius": 3}
 * ]}}}
 * ```
 *
 * `"handed": "left"` beside `up` says that the axes are left-handed, as Unity's and Unreal's are.
 * `rotation` names the four fields of a quaternion instead of a yaw. Where a kind has a rotation, or
 * says the convention of its yaw, its shapes turn unless they say `"turns": false`; elsewhere those
 * turn that say so.
 *
 * @param value what `JSON.parse` gave
 * @throws {TypeError} naming the path and what was expected there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readHitModel } from "@hindcast/hindcast/rewind";
 *
 * const model = readHitModel({
 *   kinds: {
 *     player: {
 *       position: ["pos.x", "pos.y", "pos.z"],
 *       shapes: [{ shape: "sphere", center: [0, 0, 40], radius: "size" }],
 *     },
 *   },
 * });
 * assert.deepEqual(model.kinds[0].position, ["pos.x", "pos.y", "pos.z"]);
 * ```
 */
export function readHitModel(value: unknown): HitModel {
  const result = v.safeParse(model, value);
  if (!result.success) {
    throw new TypeError(`Cannot read hit shapes${issueText(model, value, result.issues)}`);
  }
  const { handed, kinds, up } = result.output;
  const named = Object.keys((value as { readonly kinds: object }).kinds);
  const lost = named.find((name) => !Object.hasOwn(kinds, name));
  if (lost !== undefined) {
    throw new TypeError(
      `Cannot read hit shapes at kinds: ${
        JSON.stringify(lost)
      } cannot be a kind here, since objects in JavaScript have a property of that name; record it under another name`,
    );
  }
  if (named.length === 0) throw new TypeError("Cannot read hit shapes at kinds: there is no kind");
  return {
    ...(up === undefined ? {} : { up }),
    ...(handed === undefined ? {} : { handed }),
    kinds: Object.entries(kinds).map(([name, entry]) => kindOf(name, entry)),
  };
}

function kindOf(name: string, entry: v.InferOutput<typeof kind>): HitKind {
  const { alive, position, rewinds, rotation, shapes } = entry;
  const isOriented = rotation !== undefined || typeof entry.yaw === "object";
  return {
    kind: name,
    position: position ?? POSITION_FIELDS,
    yaw: entry.yaw as string | YawField | undefined ?? "yaw",
    ...(rotation === undefined ? {} : { rotation }),
    alive: alive ?? [],
    ...(rewinds === undefined ? {} : { rewinds }),
    shapes: shapes.map((given) => {
      const shape = given as TargetShape;
      return isOriented && shape.turns === undefined ? { ...shape, turns: true } : shape;
    }),
  };
}
