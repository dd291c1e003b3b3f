import assert from "node:assert/strict";
import { test } from "node:test";
import { elementsAt } from "./json_places.ts";
import { longNumberAt } from "./long_numbers.ts";

test("longNumberAt() finds the numbers of a long text by their paths, from the third on", () => {
  const ids = Array.from({ length: 200 }, (_, i) => `7656119800000${1000 + i}`);
  const text = `{"a":[${ids.map((id) => `{"id":${id},"x":1.5,"y":1e20}`).join(",")}]}`;
  assert.equal(longNumberAt(text, "a.0.id"), undefined);
  assert.equal(longNumberAt(text, "a.0.id"), undefined);
  ids.forEach((id, i) => assert.equal(longNumberAt(text, `a.${i}.id`), id));
  assert.equal(longNumberAt(text, "a.3.y"), "1e20");
  assert.equal(longNumberAt(text, "a.3.x"), undefined);
  assert.equal(longNumberAt(text.replace("7656", "8656"), "a.0.id"), undefined);
});

test("elementsAt() gives the texts of an array's elements as they are spelt", () => {
  const text = '{"log":[{"ev":"a","n":1.0},[2], "x" ],"b":{"log":[9]}}';
  assert.deepEqual(elementsAt(text, "log"), ['{"ev":"a","n":1.0}', "[2]", '"x"']);
  assert.deepEqual(elementsAt(text, "b.log"), ["9"]);
  assert.deepEqual(elementsAt(text, "c"), []);
});
