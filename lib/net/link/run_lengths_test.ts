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

test("RunLengths does not join the runs of two sequences", () => {
  const lengths = new RunLengths(2);
  const texts = [".xx....", "x..xxxx"];
  for (let i = 0; i < 7; i++) texts.forEach((text, n) => lengths.count(text[i] === "x", n));
  assert.deepEqual([lengths.runs, lengths.packets, lengths.max], [3, 7, 4]);
});
