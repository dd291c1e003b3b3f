import assert from "node:assert/strict";
import { test } from "node:test";
import { RunLengths } from "./run_lengths.ts";

function lengthsOf(text: string): RunLengths {
  const lengths = new RunLengths();
  for (const character of text) lengths.count(character === "x");
  return lengths;
}

test("RunLengths counts runs, also at both ends", () => {
  const { runs, packets, max, mean } = lengthsOf("xx.x...xxx");
  assert.deepEqual({ runs, packets, max, mean }, { runs: 3, packets: 6, max: 3, mean: 2 });
});

test("RunLengths without a run has mean 0", () => {
  assert.equal(lengthsOf("...").mean, 0);
  assert.equal(lengthsOf("").mean, 0);
});

test("RunLengths.add() does not join the runs of two sequences", () => {
  const sum = new RunLengths();
  sum.add(lengthsOf(".xx"));
  sum.add(lengthsOf("x..xxxx"));
  assert.deepEqual([sum.runs, sum.packets, sum.max], [3, 7, 4]);
});
