import assert from "node:assert/strict";
import { test } from "node:test";
import { MARK_PATHS, POLICY_COLORS, POLICY_DASHES, policyLooks } from "./policy_looks.ts";

test("policyLooks() gives a policy the same colour whatever stands beside it", () => {
  const alone = (text: string) => policyLooks([text])[0]!.color;
  const texts = ["ms:100", "ping-13", "source:stop=64", "none", "ping-13", "\u{1f600}"];
  assert.deepEqual(policyLooks(texts).map(({ color }) => color), texts.map(alone));
  assert.equal(alone("source:maxunlag=200"), alone("source"));
  assert.notEqual(alone("none"), alone("ping"));
});

test("policyLooks() tells the rules of a page without --policy apart by colour, and by mark as far as they go", () => {
  for (
    const texts of [
      ["none", "ping", "ping-13", "acked", "ms:100"],
      ["none", "ms:50", "ms:100"],
      [
        ...["none", "ping", "ping/2", "rtt+interp", "half-rtt+interp", "source", "frames:delay"],
        ...["unity", "stamped"],
      ],
    ]
  ) {
    const looks = policyLooks(texts);
    const [colors, marks] = [looks.map(({ color }) => color), looks.map(({ mark }) => mark)];
    assert.equal(new Set(colors).size, texts.length, texts.join(" "));
    if (texts.length <= MARK_PATHS.length) assert.equal(new Set(marks).size, texts.length);
  }
});

test("policyLooks() tells policies of one colour apart by their marks and dashes", () => {
  const texts = Array.from({ length: 6 }, (_, i) => `source:maxunlag=${i}`);
  const marks = policyLooks(texts).map(({ mark }) => mark);
  assert.deepEqual(marks.toSorted(), [0, 1, 2, 3, 4, 5]);
  assert.equal(new Set(MARK_PATHS).size, 6);
  assert.equal(new Set(POLICY_DASHES.map(String)).size, 6);
  // A seventh has to share.
  const many = policyLooks([...texts, "source"]);
  assert.ok(many.every(({ color, mark }) => color < POLICY_COLORS && mark < 6));
});
