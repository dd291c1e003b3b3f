import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { textWidth } from "../text_width.ts";
import { namesOfRuns, shortNames, withoutShared } from "./short_names.ts";

test("withoutShared() takes the parts that all have, in the order of the first", () => {
  assert.deepEqual(
    withoutShared(["strict varint none history=64", "strict varint 4g history=64"]),
    { shared: "strict varint history=64", own: ["none", "4g"] },
  );
  assert.deepEqual(withoutShared(["a b", "a b c"]), { shared: "a b", own: ["", "c"] });
  assert.deepEqual(withoutShared(["a b", "c d"]), { shared: "", own: ["a b", "c d"] });
});

test("withoutShared() leaves names alone that would become the same", () => {
  assert.deepEqual(withoutShared(["a b", "b a"]), { shared: "", own: ["a b", "b a"] });
  assert.deepEqual(withoutShared(["a a b", "a b"]), { shared: "b", own: ["a a", "a"] });
  assert.deepEqual(withoutShared(["a", "a"]), { shared: "a", own: ["", ""] });
  assert.deepEqual(withoutShared([]), { shared: "", own: [] });
});

test("namesOfRuns() shares all of one name, and spells out what cannot be seen", () => {
  assert.deepEqual(namesOfRuns([{ name: "a a\u001b" }]), { shared: "a a\\u{1b}", own: [""] });
});

test("shortNames() cuts names in the middle where that tells them apart", () => {
  assert.deepEqual(shortNames(["abcdefghijk", "kl"], 8), {
    short: ["abc…hijk", "kl"],
    isNumbered: false,
  });
  const { short } = shortNames(
    ["strict varint delay=50 history=64", "strict varint delay=50 x"],
    23,
  );
  assert.deepEqual(short, ["strict vari… history=64", "strict vari… delay=50 x"]);
});

test("shortNames() numbers names that nothing else tells apart", () => {
  const names = ["#2 x", "x".repeat(40), "x".repeat(41), "x".repeat(42)];
  assert.deepEqual(shortNames(names, 8), {
    short: ["#1 #2 x", "#2 xx…xx", "#3 xx…xx", "#4 xx…xx"],
    isNumbered: true,
  });
});

/** Names that are hard to tell apart: few characters, narrow and wide, some much like a cut name. */
const NAME = fc.array(fc.constantFrom("a", "b", " ", "…", "速", "🚀", "#", "1", "2"), {
  minLength: 1,
  maxLength: 24,
}).map((all) => all.join(""));

test("shortNames() keeps names that differ different, none wider than it may be", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(NAME, fc.constantFrom("", "a".repeat(30), "速".repeat(20))), {
        minLength: 1,
        maxLength: 30,
      }),
      fc.integer({ min: 8, max: 40 }),
      (parts, cells) => {
        const names = parts.map(([name, middle]) => name[0] + middle + name.slice(1));
        const { short } = shortNames(names, cells);
        for (const name of short) assert.ok(textWidth(name) <= cells, name);
        for (const [i, name] of names.entries()) {
          for (const [j, other] of names.entries()) {
            assert.equal(short[i] === short[j], name === other, `${name} and ${other}`);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
