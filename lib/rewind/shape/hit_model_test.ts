import assert from "node:assert/strict";
import { test } from "node:test";
import { compares, parseConditions } from "./condition.ts";
import { parseHitModel } from "./hit_model.ts";
import { readHitModel } from "./hit_model_json.ts";

test("parseHitModel reads every shape", () => {
  const model = parseHitModel([
    "player=box:-16,-16,-24,16,16,32",
    "player/head=sphere:0,0,22,8",
    "car=yawbox:-60,-40,-15,60,40,20",
    "ball=sphere:92.75",
    "bot/arm=capsule:0,0,0,10,0,0,3",
  ], "dead=0&health>0");
  assert.deepEqual(model.kinds.map((kind) => kind.kind), ["player", "car", "ball", "bot"]);
  assert.deepEqual(model.kinds[0]!.shapes[1], {
    shape: "sphere",
    name: "head",
    center: [0, 0, 22],
    radius: 8,
  });
  assert.equal(model.kinds[1]!.shapes[0]!.turns, true);
  assert.equal(model.kinds[0]!.alive.length, 2);
});

test("parseHitModel names what it does not understand", () => {
  for (
    const [text, why] of [
      ["player", /expected kind=box/],
      ["player=box:1,2,3", /box with 3 numbers/],
      ["player=box:1,2,3,4,x,6", /not a list of numbers/],
      ["player=box:16,0,0,-16,1,1", /min is 16 and max -16 along x/],
      ["player=sphere:-1", /radius is -1/],
      ["player=cone:1", /cone with 1 numbers/],
    ] as const
  ) assert.throws(() => parseHitModel([text]), why);
});

test("readHitModel reads JSON and names the path of an error", () => {
  const model = readHitModel({
    kinds: {
      player: {
        alive: "dead=0",
        shapes: [
          { shape: "box", name: "body", min: [-16, -16, -24], max: [16, 16, 20], turns: true },
          { shape: "sphere", name: "head", center: [0, 0, 26], radius: 7 },
        ],
      },
    },
  });
  assert.deepEqual(model.kinds[0]!.position, ["x", "y", "z"]);
  assert.equal(model.kinds[0]!.shapes[1]!.name, "head");
  const bad = (value: unknown, pattern: RegExp) =>
    assert.throws(() => readHitModel(value), (error) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.message, pattern);
      return true;
    });
  bad(
    { kinds: { player: { shapes: [{ shape: "sphere", radius: "8" }] } } },
    /player\.shapes\.0\.radius/,
  );
  bad(
    { kinds: { player: { shapes: [{ shape: "sphere", radius: -8 }] } } },
    /shapes\.0: the radius is -8/,
  );
  bad({ kinds: { player: { alive: "dead", shapes: [] } } }, /kinds\.player\.alive/);
  bad({ kind: {} }, /kind/);
  const player = { shapes: [] };
  assert.equal(readHitModel({ kinds: { player } }).handed, undefined);
  assert.equal(readHitModel({ handed: "left", kinds: { player } }).handed, "left");
  bad({ handed: "both", kinds: { player } }, /at handed: .*"left" \| "right"/);
});

test("compares: numbers, booleans and texts", () => {
  const passes = (text: string, value: number | boolean | string | undefined) =>
    parseConditions(text).every(({ operator, right }) =>
      compares(operator, value, right as number)
    );
  assert.equal(passes("dead=0", 0), true);
  assert.equal(passes("dead=0", 1), false);
  assert.equal(passes("dead=0", false), true);
  assert.equal(passes("alive=true", 1), true);
  assert.equal(passes("team!=spectator", "red"), true);
  assert.equal(passes("health>0", -5), false);
  assert.equal(passes("health<=0", -5), true);
  assert.equal(passes("dead=0", undefined), false);
  assert.throws(() => parseConditions("dead=0&&x=1"), /is no comparison/);
});

test("readHitModel() says why names that JavaScript's objects have cannot be kinds", () => {
  const shapes = [{ shape: "sphere", center: [0, 0, 0], radius: 3 }];
  const kinds = JSON.parse(`{"__proto__":${JSON.stringify({ shapes })}}`);
  assert.throws(
    () => readHitModel({ kinds }),
    /"__proto__" cannot be a kind here, since objects in/,
  );
});
