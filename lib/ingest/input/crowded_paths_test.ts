import assert from "node:assert/strict";
import { test } from "node:test";
import { crowdedPaths } from "./crowded_paths.ts";

const slots = (path: string, count: number, ...inner: string[]) =>
  Array.from(
    { length: count },
    (_, i) => inner.length === 0 ? [`${path}.${i}`] : inner.map((name) => `${path}.${i}.${name}`),
  ).flat();

test("crowdedPaths() names what has to go so that 64 fields are left, the largest first", () => {
  const inv = slots("inv", 21, "id", "count", "durability");
  const few = ["x", "y", "hp"];
  assert.deepEqual(crowdedPaths([...few, ...inv]), ["inv"]);
  assert.deepEqual(crowdedPaths([...few, ...slots("state.tiles", 400), "state.phase"]), [
    "state.tiles",
  ]);
  assert.deepEqual(crowdedPaths([...slots("chat", 70), ...few, ...slots("tiles", 400)]), [
    "tiles",
    "chat",
  ]);
  assert.deepEqual(crowdedPaths([...slots("a.b", 40), ...slots("a.c", 40)]), ["a"]);
});

test("crowdedPaths() names none where they fit, or where no four containers make them fit", () => {
  assert.deepEqual(crowdedPaths(slots("tiles", 64)), []);
  assert.deepEqual(crowdedPaths(Array.from({ length: 65 }, (_, i) => `x${i}`)), []);
  assert.deepEqual(crowdedPaths([..."abcdef"].flatMap((name) => slots(name, 60))), []);
  assert.deepEqual(crowdedPaths(slots("a b", 65)), []);
});
