import assert from "node:assert/strict";
import { test } from "node:test";
import { readHitModel } from "../../shape/hit_model_json.ts";
import { axisNames } from "./axis_names.ts";

function namesOf(...positions: readonly (readonly [string, string, string] | undefined)[]) {
  const kinds = positions.map((position, i) => {
    const shapes = [{ shape: "sphere", radius: 1 }];
    return [`kind${i}`, { shapes, ...(position === undefined ? {} : { position }) }];
  });
  return axisNames(readHitModel({ kinds: Object.fromEntries(kinds) }));
}

test("axisNames() are the position's fields without their path, unless they are x, y and z", () => {
  assert.equal(namesOf(undefined), undefined);
  assert.equal(namesOf(["pos.x", "pos.y", "pos.z"]), undefined);
  assert.deepEqual(namesOf(["body.east", "body.north", "body.high"]), ["east", "north", "high"]);
  assert.deepEqual(namesOf(["pos.0", "pos.1", "pos.2"]), ["pos.0", "pos.1", "pos.2"]);
  assert.deepEqual(namesOf(["a.x", "b.y", "b.z"]), ["a.x", "b.y", "b.z"]);
  assert.equal(namesOf(["e", "n", "u"], ["n", "e", "u"]), undefined);
  assert.deepEqual(namesOf(["e", "n", "u"], ["e", "n", "u"]), ["e", "n", "u"]);
});
