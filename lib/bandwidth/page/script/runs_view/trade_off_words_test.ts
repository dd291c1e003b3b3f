import assert from "node:assert/strict";
import { test } from "node:test";
import { tradeOffWords } from "./trade_off_words.js";

const AGE = { name: "state age p99" };

function point(x: number, y: number, place = 0, isCompared = true) {
  return { x, y, place, isCompared };
}

test("tradeOffWords() counts the front, and names what players bring along", () => {
  const two = [point(1, 5), point(2, 4), point(3, 4)];
  assert.equal(
    tradeOffWords(two, AGE, [], 0),
    "2 of 3 runs are on the front, the bigger dots on a line: next to each of these, nothing else " +
      "is both cheaper and better.",
  );
  const places = [...two, point(9, 9, 1), point(9, 10, 1)];
  assert.match(
    tradeOffWords(places, AGE, ["net", "seed"], 0),
    /^3 of 5 runs are .* nothing else of the same net and seed is both cheaper and better\.$/,
  );
});

test("tradeOffWords() draws no front of runs that nobody can choose between", () => {
  assert.equal(
    tradeOffWords([point(1, 5, 0), point(2, 4, 1)], AGE, ["net"], 0),
    "Each run has a net of its own: none can be chosen instead of another.",
  );
  assert.equal(tradeOffWords([point(1, 5)], AGE, [], 0), "Nothing is left to compare.");
});

test("tradeOffWords() says who is not compared, who is not in it, and why", () => {
  const points = [point(1, 5), point(2, 4), point(1, 0, 0, false), point(1, NaN), point(2, NaN)];
  assert.match(
    tradeOffWords(points, AGE, [], 1),
    new RegExp(
      "^2 of 2 runs are .* 1 run is crossed and not compared, for state age p99 says little of who " +
        "froze for more than 5 % of the time or lost more than half of the packets\\. " +
        "2 runs are without state age p99, and not in it\\. 1 run is not verified, and not in it\\.$",
    ),
  );
});
