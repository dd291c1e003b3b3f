import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RecentWords } from "./recent_words.ts";

test("RecentWords.add() never takes what is new for known, and knows what came last", () => {
  const recent = new RecentWords();
  const word = fc.oneof(
    fc.constant(0),
    fc.constant(1),
    fc.integer({ min: -9, max: 9 }),
    fc.integer(),
  );
  const values = fc.array(fc.tuple(word, fc.oneof(fc.constant(0), word)), { maxLength: 60 });
  fc.assert(fc.property(values, fc.integer({ min: 0, max: 5000 }), (values, count) => {
    recent.clear(count);
    const seen = new Set<string>();
    for (const [low, high] of values) {
      if (!seen.has(`${low} ${high}`)) assert.equal(recent.add(low, high), true);
      else recent.add(low, high);
      assert.equal(recent.add(low, high), false);
      seen.add(`${low} ${high}`);
    }
  }));
});
