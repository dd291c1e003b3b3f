import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findFault, findMember } from "./json_places.ts";

test("findMember() finds keys and values by dotted path", () => {
  const text = '{ "a" : 1, "b":{"c":[10, {"d": "x\\"y"}]}, "e.f":true, "" : null, "a":2 }';
  const cases: [path: string, key: string, value: string][] = [
    ["b", '"b"', '{"c":[10, {"d": "x\\"y"}]}'],
    ["b.c", '"c"', '[10, {"d": "x\\"y"}]'],
    ["b.c.0", "10", "10"],
    ["b.c.1.d", '"d"', '"x\\"y"'],
    ["e.f", '"e.f"', "true"],
    ["", '""', "null"],
  ];
  for (const [path, key, value] of cases) {
    const member = findMember(text, path)!;
    assert.ok(text.startsWith(key, member.keyAt), path);
    assert.equal(text.slice(member.valueAt, member.valueEnd), value, path);
  }
  assert.equal(findMember(text, "a")!.valueAt, text.lastIndexOf("2"));
  assert.equal(findMember(text, "b.d"), undefined);
});

test("findMember() reads escaped keys as JSON.parse does", () => {
  assert.equal(findMember('{"\\u0078":5}', "x")!.valueAt, 10);
});

test("findFault() names the first character that is not JSON", () => {
  const cases: [text: string, offset: number, reason: RegExp][] = [
    ["", 0, /ends too early/],
    ['{"a":', 5, /ends too early/],
    ['{"a', 3, /ends too early/],
    ['{"a":1,}', 7, /key in double quotes/],
    ["{'a':1}", 1, /key in double quotes/],
    ['{"a" 1}', 5, /colon/],
    ['{"a":1 "b":2}', 7, /comma or }/],
    ["[1 2]", 3, /comma or \]/],
    ["[1,]", 3, /a value is expected/],
    ["[01]", 2, /comma or \]/],
    ["[+1]", 1, /\+1 is not JSON/],
    ["[.5]", 1, /\.5 is not JSON/],
    ["[NaN]", 1, /NaN is not JSON/],
    ["[undefined]", 1, /undefined is not JSON/],
    ['["a\tb"]', 3, /control character/],
    ['["a\\xb"]', 3, /escape/],
    ["{} {}", 3, /something follows/],
    ["[".repeat(33) + "]".repeat(33), 32, /deeper than 32/],
  ];
  for (const [text, offset, reason] of cases) {
    const fault = findFault(text);
    assert.equal(fault?.offset, offset, text);
    assert.match(fault!.reason, reason);
  }
});

test("findFault() passes all JSON and refuses what JSON.parse refuses", () => {
  fc.assert(fc.property(fc.json({ depthSize: 3 }), fc.nat(), fc.string(), (json, at, noise) => {
    assert.equal(findFault(json), undefined);
    const broken = json.slice(0, at % json.length) + noise + json.slice(at % json.length + 1);
    let isJson = true;
    try {
      JSON.parse(broken);
    } catch {
      isJson = false;
    }
    assert.equal(findFault(broken) === undefined, isJson, broken);
  }));
});

test("findFault() takes a string of megabytes", () => {
  const text = `["${"\\u0041x".repeat(1 << 20)}"]`;
  assert.equal(findFault(text), undefined);
});
