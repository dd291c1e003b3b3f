import assert from "node:assert/strict";
import { test } from "node:test";
import { labelWishes } from "./label_wishes.js";
import { shortText } from "./short_text.js";

const NAMES: Readonly<Record<number, string>> = {
  2: "ann",
  3: "bob",
  4: "a-very-long-player-name",
};

function body(id: number, role: string, rank: number, left = 0, state = {}) {
  return {
    ...{ pose: { id, ...state }, role, rank, stroke: `stroke of ${role}` },
    box: { left, right: left + 32, top: 0, bottom: 56 },
  };
}

function textsOf(placed: readonly ReturnType<typeof body>[], focus: readonly number[]): string[] {
  const nameOf = (id: number) => NAMES[id]!;
  return labelWishes(placed, new Set(focus), nameOf).map(({ text }) => text);
}

test("labelWishes() lets outlines of one entity that lie on each other share a label", () => {
  assert.deepEqual(
    textsOf([
      body(2, "now", 1),
      body(2, "ping", 3, 40),
      body(2, "none", 3.1, 2),
      body(2, "scrubbed to", 0, 41),
    ], [2]),
    ["ann · scrubbed to, ping", "ann · now, none"],
  );
});

test("labelWishes() counts the roles for which a label has no room", () => {
  const roles = ["now", "half-rtt+interp", "rtt+interp", "source", "acked"];
  assert.deepEqual(
    textsOf(roles.map((role, i) => body(2, role, i)), [2]),
    ["ann · now, half-rtt+interp, rtt+interp, +2"],
  );
});

test("labelWishes() has a brief text of a name, one role, and how many there are beside", () => {
  const placed = [body(2, "ping", 1, 0, { isDead: true }), body(2, "none", 3)];
  const [wish] = labelWishes(placed, new Set([2]), () => "ann");
  assert.deepEqual([wish!.text, wish!.brief], ["ann · ping, none · dead", "ann · ping, +1"]);
});

test("labelWishes() names those whom the shot is not about once, and says who is dead", () => {
  assert.deepEqual(
    textsOf([
      body(2, "now", 1, 0, { isDead: true, isBystander: true }),
      body(3, "ping", 13, 90, { isBystander: true }),
      body(3, "now", 11, 50, { isBystander: true }),
      body(4, "shooter", 2, 200),
    ], [2, 4]),
    ["ann · now · dead", "a-very-lo…yer-name · shooter", "bob · now · no target"],
  );
});

test("shortText() cuts long names in the middle, between characters, and shows what is unseen", () => {
  assert.equal(shortText("123456789012345678"), "123456789012345678");
  assert.equal(shortText("1234567890abcdefghi"), "123456789…bcdefghi");
  assert.equal(shortText("😀😀😀😀😀😀", 5), "😀😀…😀😀");
  assert.equal(shortText("a\u0000b"), "a\\u{0}b");
  // Neither an emoji of three code points nor an escape is cut.
  assert.equal(shortText("👩\u200d🚀".repeat(9), 5), "👩\u200d🚀👩\u200d🚀…👩\u200d🚀👩\u200d🚀");
  assert.equal(shortText("abc\u202edefghijkl", 9), "abc…hijkl");
});
