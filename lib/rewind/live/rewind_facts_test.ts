import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConditions } from "../shape/condition.ts";
import { type HitModel, parseHitModel } from "../shape/hit_model.ts";
import { readHitModel } from "../shape/hit_model_json.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import { readRewindFacts, rewindFacts } from "./rewind_facts.ts";

const sphere = { shape: "sphere", center: [0, 0, "eye"], radius: "-size" } as const;

/** Models by hand, with all that a model can say. */
const MODELS: readonly HitModel[] = [
  parseHitModel(["player=box:-16,-16,-24,16,16,32", "player/head=sphere:0,0,22,8"]),
  parseHitModel(
    ["a=yawbox:-1,-1,-1,1,1,1", "b=capsule:0,0,0,0,0,9,2.5"],
    "hp>0&team!=shooter.team&id!=7",
    "mode=fly&x<=0.1&shooter.hp>=1",
  ),
  readHitModel({
    up: "y",
    handed: "left",
    kinds: {
      car: {
        position: ["pos.x", "pos.y", "pos.z"],
        rotation: ["r.x", "r.y", "r.z", "r.w"],
        shapes: [{ shape: "box", min: [-1, 0, -2], max: [1, "top", 2], when: "duck=1" }],
      },
      tank: {
        yaw: { field: "heading", unit: "rad", sign: -1, zero: 1.5 },
        shapes: [{ ...sphere, turns: false }, sphere],
      },
      plane: { shapes: [] },
    },
  }),
  {
    // What only a program can say: a kind whose yaw has a convention, and a shape that turns not.
    kinds: [{
      kind: "tank",
      position: ["x", "y", "z"],
      yaw: { field: "yaw", unit: "turn" },
      alive: parseConditions("alive=true"),
      shapes: [{ shape: "sphere", center: [1, 0, 0], radius: 1 }],
    }],
    up: "x",
  },
];

/** The model with every shape saying whether it turns. */
function explicit({ kinds, ...rest }: HitModel): HitModel {
  return {
    ...rest,
    kinds: kinds.map((kind) => ({
      ...kind,
      shapes: kind.shapes.map((shape) => ({ ...shape, turns: shape.turns === true })),
    })),
  };
}

test("rewindFacts() says a model so that readRewindFacts() reads the same", () => {
  for (const model of MODELS) {
    const facts = rewindFacts({ model });
    const read = readRewindFacts(new Map(Object.entries(facts)))!;
    assert.deepEqual(read.model, explicit(model));
    assert.deepEqual([read.policy, read.ringFrames], [undefined, undefined]);
  }
});

test("rewindFacts() says policy, ring and teleports by their texts", () => {
  const [model] = MODELS as [HitModel];
  const policy = parseRewindPolicy("stamped:max=300");
  const facts = (options: object) => rewindFacts({ model, ...options });
  assert.deepEqual({ ...facts({ policy, ringFrames: 64 }), model: "" }, {
    model: "",
    policy: "stamped:max=300",
    ringFrames: "64",
    teleport: "none",
  });
  assert.equal(facts({ teleportUnits: 12.5 }).teleport, "12.5");
  assert.equal(facts({ teleport: { by: "speed", unitsPerSecond: 900 } }).teleport, "speed:900");
  const byField = { ...model, teleportField: "warped" };
  assert.equal(
    rewindFacts({ model: byField, teleport: { by: "field", as: "flag" } }).teleport,
    "field:warped",
  );
  const read = readRewindFacts(new Map(Object.entries(facts({ policy, ringFrames: 64 }))))!;
  assert.equal(read.policy?.name, "stamped:max=300");
  assert.equal(read.ringFrames, 64);
  assert.deepEqual(read.teleport, { by: "units", units: Infinity });
});

test("rewindFacts() refuses what no text says, instead of leaving it out", () => {
  const [model] = MODELS as [HitModel];
  const own: RewindPolicy = { name: "my rule", needs: [], wish: () => {} };
  assert.throws(() => rewindFacts({ model, policy: own }), /"my rule": no text makes it/);
  assert.throws(() => rewindFacts({ model, ringFrames: 0 }), /ringFrames is 0/);
  assert.throws(
    () => rewindFacts({ model, teleport: { by: "event", timesMs: { 1: [5] } } }),
    /the rule by event has no text/,
  );
  assert.throws(
    () => rewindFacts({ model, teleport: { by: "field", as: "flag" } }),
    /the rule by field has no text/,
  );
  const twice = { kinds: [...model.kinds, ...model.kinds] };
  assert.throws(() => rewindFacts({ model: twice }), /a kind stands in it twice/);
  const odd = { ...model.kinds[0]!, kind: "__proto__" };
  assert.throws(() => rewindFacts({ model: { kinds: [odd] } }), TypeError);
  const spaced = { ...model.kinds[0]!, alive: [{ ...parseConditions("a=1")[0]!, right: "b c" }] };
  assert.throws(() => rewindFacts({ model: { kinds: [spaced] } }), TypeError);
});

test("readRewindFacts() of a recording that says nothing is undefined", () => {
  assert.equal(readRewindFacts(new Map()), undefined);
  assert.equal(readRewindFacts(new Map([["policy", "none"]])), undefined);
});
