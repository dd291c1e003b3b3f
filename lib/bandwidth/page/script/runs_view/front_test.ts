import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOf, firstShown, frontOf, worstOf } from "./front.js";

/** Points of one place; `name` tells them apart. */
function point(name: string, x: number, y: number, more = {}) {
  return { name, x, y, place: 0, isCompared: true, ...more };
}

function names(points: { name: string }[]): string {
  return points.map(({ name }) => name).join(" ");
}

// By hand: b beats d (10 < 20, 50 = 50) and e, a beats nothing that c does not; f is as good as b.
const POINTS = [
  point("a", 5, 90),
  point("b", 10, 50),
  point("c", 30, 20),
  point("d", 20, 50),
  point("e", 40, 60),
  point("f", 10, 50),
  point("g", 1, NaN),
  point("h", 2, 0, { isCompared: false }),
];

test("frontOf() has what nothing else is both cheaper and better than, the cheapest first", () => {
  assert.equal(names(frontOf(POINTS)), "a b f c");
  assert.equal(names(frontOf([])), "");
  assert.equal(names(frontOf([point("a", 1, 1)])), "a");
});

test("frontOf() compares within a place only", () => {
  const good = point("good", 1, 1, { place: 1 });
  const bad = point("bad", 2, 2, { place: 1 });
  assert.equal(names(frontOf([...POINTS, good, bad])), "a b f c good");
});

test("frontOf() is what brute force finds among many points with equal ones", () => {
  let state = 7;
  const next = (end: number) => (state = (state * 48_271) % 2_147_483_647) % end;
  for (let round = 0; round < 50; round++) {
    const points = Array.from(
      { length: 30 },
      (_, i) => point(String(i), next(12), next(12), { place: next(2), isCompared: next(5) > 0 }),
    );
    const isBeaten = (a: typeof points[0]) =>
      points.some((b) =>
        b.isCompared && b.place === a.place && b.x <= a.x && b.y <= a.y &&
        !(b.x === a.x && b.y === a.y)
      );
    const expected = points.filter((a) => a.isCompared && !isBeaten(a)).map(({ name }) => name);
    assert.deepEqual(names(frontOf(points)).split(" ").sort(), expected.sort());
  }
});

test("bestOf() takes those that the fewest beat, the cheaper first", () => {
  // d is beaten by b and f, e by b, c, d and f.
  assert.equal(names(bestOf(POINTS, 4)), "a b f c");
  assert.equal(names(bestOf(POINTS, 6)), "a b f c d e");
});

test("worstOf() has the greatest figure, compared or not, and the dearest of like ones", () => {
  assert.equal(worstOf(POINTS)?.name, "a");
  const dear = point("dear", 50, 90, { isCompared: false });
  assert.equal(worstOf([...POINTS, dear])?.name, "dear");
  assert.equal(worstOf([point("a", 1, NaN)]), undefined);
});

test("firstShown() shows few points whole, of many the front and the worst", () => {
  assert.equal(names(firstShown(POINTS, 8)), "a b c d e f g h");
  assert.equal(names(firstShown(POINTS, 7)), "b f c a");
  const line = Array.from({ length: 20 }, (_, i) => point(String(i), i, 100 - i));
  const worst = point("worst", 30, 1000);
  // Seven of twenty: both ends, the rest evenly between them.
  assert.equal(names(firstShown([...line, worst], 8)), "0 3 6 10 13 16 19 worst");
});

test("firstShown() shows the first of many without any figure", () => {
  const points = Array.from({ length: 10 }, (_, i) => point(String(i), i, NaN));
  assert.equal(names(firstShown(points, 8)), "0 1 2 3 4 5 6 7");
});

test("frontOf() is empty where each point has a place of its own, which are then shown by cost", () => {
  const alone = Array.from({ length: 10 }, (_, i) => point(String(i), 10 - i, i, { place: i }));
  assert.equal(names(frontOf(alone)), "");
  // Nine is the worst; of 8 to 0, from the cheapest, both ends and five between.
  assert.equal(names(firstShown(alone, 8)), "8 7 5 4 3 1 0 9");
  assert.equal(names(firstShown(alone, 10)), "0 1 2 3 4 5 6 7 8 9");
});
