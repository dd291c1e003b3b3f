import * as v from "valibot";
import { type AliveTest, parseAlive } from "./alive.ts";
import { type HitModel, POSITION_FIELDS, shapeFlaw } from "./hit_model.ts";
import type { HitShape } from "./hit_shape.ts";

const finite = v.pipe(v.number(), v.finite());
const vector = v.tuple([finite, finite, finite]);
const common = { name: v.optional(v.string()), turns: v.optional(v.boolean()) };
const shape = v.pipe(
  v.variant("shape", [
    v.strictObject({
      ...common,
      shape: v.literal("sphere"),
      center: v.optional(vector, [0, 0, 0]),
      radius: finite,
    }),
    v.strictObject({
      ...common,
      shape: v.literal("capsule"),
      from: vector,
      to: vector,
      radius: finite,
    }),
    v.strictObject({ ...common, shape: v.literal("box"), min: vector, max: vector }),
  ]),
  v.rawCheck(({ dataset, addIssue }) => {
    const flaw = dataset.typed ? shapeFlaw(dataset.value as HitShape) : undefined;
    if (flaw !== undefined) addIssue({ message: flaw });
  }),
);
const alive = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): AliveTest[] => {
    try {
      return parseAlive(dataset.value);
    } catch (error) {
      addIssue({ message: (error as Error).message });
      return NEVER;
    }
  }),
);
const kind = v.strictObject({
  position: v.optional(v.tuple([v.string(), v.string(), v.string()])),
  yaw: v.optional(v.string(), "yaw"),
  alive: v.optional(alive),
  shapes: v.array(shape),
});
const model = v.strictObject({ kinds: v.record(v.string(), kind) });

/**
 * Hit model from a JSON value.
 *
 * Its form, where `position`, `yaw`, `alive`, `name`, `center` and `turns` may be left out:
 *
 * ```json
 * {"kinds": {"player": {"position": ["x", "y", "z"], "yaw": "yaw", "alive": "dead=0", "shapes": [
 *   {"shape": "box", "name": "body", "min": [-16, -16, -24], "max": [16, 16, 20]},
 *   {"shape": "sphere", "name": "head", "center": [4, 0, 26], "radius": 7, "turns": true},
 *   {"shape": "capsule", "name": "arm", "from": [0, 0, 0], "to": [20, 0, 0], "radius": 3}
 * ]}}}
 * ```
 *
 * @param value what `JSON.parse` gave
 * @throws {TypeError} naming the path and what was expected there
 */
export function readHitModel(value: unknown): HitModel {
  const result = v.safeParse(model, value);
  if (!result.success) {
    const issue = result.issues[0];
    const path = v.getDotPath(issue);
    throw new TypeError(
      `Cannot read hit shapes${path === null ? "" : ` at ${path}`}: ${issue.message}`,
    );
  }
  return {
    kinds: Object.entries(result.output.kinds).map(([name, entry]) => ({
      kind: name,
      position: entry.position ?? POSITION_FIELDS,
      yaw: entry.yaw,
      alive: entry.alive ?? [],
      shapes: entry.shapes as readonly HitShape[],
    })),
  };
}
