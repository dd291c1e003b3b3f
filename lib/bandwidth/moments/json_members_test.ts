import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonMembers } from "./json_members.ts";

test("jsonMembers() gives the text of each member, whatever stands in its texts", () => {
  const json = String.raw`
    { "a" : [1, {"b": "]}\","}], "\u0062": 7,"c\"d":{"e":[[]]} , "f":"{" }`;
  const members = jsonMembers(json, 4)!;
  const read = [...members].map(([key, { text }]) => [key, JSON.parse(text)]);
  assert.deepEqual(Object.fromEntries(read), JSON.parse(json));
});

test("jsonMembers() counts what a member holds at most", () => {
  const values = (json: string) => jsonMembers(json, 8)!.get("a")!.values;
  assert.equal(values(`{"b":[1,2,3],"a":5}`), 1);
  assert.equal(values(`{"a":[{},{},{}]}`), 1 + 1 + 3 + 2);
  assert.ok(values(`{"a":[${Array(500).fill("0").join()}],"b":[]}`) >= 500);
  assert.ok(values(`{"a":"${",[{".repeat(500)}"}`) < 3);
});

test("jsonMembers() goes as deep as it is told, and no deeper", () => {
  const deep = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  assert.ok(jsonMembers(deep(3), 4)?.has("a"));
  assert.equal(jsonMembers(deep(4), 4), undefined);
  assert.equal(jsonMembers(`{"a":${"[".repeat(1e6)}`, 4), undefined);
});

test("jsonMembers() finds none in what is no object", () => {
  for (const text of ["", "[]", "7", `"{}"`, `{"a":1`, `{"a`, `{a:1}`]) {
    assert.equal(jsonMembers(text, 4), undefined, text);
  }
});
