import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { refuseKeyTwice } from "./key_twice.ts";
import { RowFault } from "../input/row_fault.ts";

/** Key and column of the second occurrence that a text is refused for. */
function twice(text: string): [reason: string, column: number] | undefined {
  try {
    refuseKeyTwice(text, JSON.parse(text));
    return undefined;
  } catch (fault) {
    assert.ok(fault instanceof RowFault && fault.target !== undefined && "offset" in fault.target);
    return [fault.problem, fault.target.offset + 1];
  }
}

const TEXTS: readonly [text: string, key: string | undefined, column: number][] = [
  ['{"a":1,"b":2}', undefined, 0],
  ['{"a":1,"a":2}', '"a"', 8],
  ['{"a":1, "a" : 1}', '"a"', 9],
  ['{"a":1,"\\u0061":2}', '"a"', 8],
  ['{"":1,"b":2,"":3}', '""', 13],
  ['{"__proto__":1,"__proto__":2}', '"__proto__"', 16],
  ['{"constructor":1,"toString":2}', undefined, 0],
  ['{"a.b":1,"a":{"b":2}}', undefined, 0],
  ['{"p":{"x":1},"q":{"x":2}}', undefined, 0],
  ['{"p":[{"x":1},{"x":2}]}', undefined, 0],
  ['{"p":[{"x":1},{"y":0,"y":2}]}', '"y"', 22],
  ['{"p":{"x":1},"p":{"x":1,"z":{"n":"a:b"}}}', '"p"', 14],
  ['{"at":"12:30:00","a:b":"::"}', undefined, 0],
  ['{"at":"12:30:00","a:b":"::","at":""}', '"at"', 29],
  // Each escaped colon hides as many as the key that occurs twice brings.
  ['{"at":"12\\u003a30","at":"12\\u003A30"}', '"at"', 20],
  ['{"a\\u003ab":1,"a:b":2}', '"a:b"', 15],
  ['{"\\"a\\":1":"\\\\u003a\\""}', undefined, 0],
];

for (const [text, key, column] of TEXTS) {
  test(`refuseKeyTwice() ${key === undefined ? "takes" : "refuses"} ${text}`, () => {
    const expected = key && [`the key ${key} occurs twice in one object`, column];
    assert.deepEqual(twice(text), expected);
  });
}

/** A JSON text, and whether an object of it holds a key twice; its keys and texts have colons. */
interface Written {
  readonly text: string;
  readonly isTwice: boolean;
}

const piece = fc.constantFrom("a", ":", "b", "\\u003a", "\\u0061", "\\\\u003a", '\\"');
const string = fc.array(piece, { maxLength: 3 }).map((pieces) => `"${pieces.join("")}"`);
const { value } = fc.letrec<{ value: Written }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(string, fc.constantFrom("1", "null", "[]", "{}")).map((text) => ({
      text,
      isTwice: false,
    })),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => ({
      text: `[${items.map(({ text }) => text).join(" ,")}]`,
      isTwice: items.some(({ isTwice }) => isTwice),
    })),
    fc.array(fc.tuple(string, tie("value")), { maxLength: 4 }).map((members) => ({
      text: `{ ${members.map(([key, { text }]) => `${key} : ${text}`).join(",")}}`,
      isTwice: members.some(([, { isTwice }]) => isTwice) ||
        new Set(members.map(([key]) => JSON.parse(key))).size < members.length,
    })),
  ),
}));

test("refuseKeyTwice() refuses just the texts in which an object holds a key twice", () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(string, value), { maxLength: 4 }), (members) => {
      const text = `{${members.map(([key, { text }]) => `${key}:${text}`).join(",")}}`;
      const isTwice = members.some(([, { isTwice }]) => isTwice) ||
        new Set(members.map(([key]) => JSON.parse(key))).size < members.length;
      if (isTwice) refused++;
      assert.equal(twice(text) !== undefined, isTwice, text);
    }),
    { numRuns: 2000 },
  );
  assert.ok(refused > 200);
});

test("refuseKeyTwice() takes deep and long texts in bounded time", () => {
  const deep = `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)},"a:":1}`;
  assert.equal(twice(deep), undefined);
  const long = `{${Array.from({ length: 200_000 }, (_, i) => `"${i}":":"`).join(",")},"7":1}`;
  assert.deepEqual(twice(long), ['the key "7" occurs twice in one object', long.length - 5]);
});
