import assert from "node:assert/strict";
import { test } from "node:test";
import type { Candidate } from "./bench_case.ts";
import { interleave } from "./interleave.ts";

/** Candidate whose steps take a fixed time, and which writes down its turns. */
function fixed(name: string, nsPerStep: number, turns: string[]): Candidate {
  const run = (steps: number) => {
    turns.push(`${name}${steps}`);
    return { cpuNs: steps * nsPerStep, wallNs: 2 * steps * nsPerStep, fold: 7 };
  };
  return { name, run };
}

test("interleave() begins each round one candidate later", async () => {
  const turns: string[] = [];
  const candidates = ["a", "b", "c"].map((name) => fixed(name, 5, turns));
  await interleave({ candidates, steps: 1 }, { count: 3, warmUp: 1, roundMs: 1 });
  assert.equal(turns.join(" "), "a1 b1 c1 b1 c1 a1 c1 a1 b1 a1 b1 c1");
});

test("interleave() gives rounds the same time, and figures of one step", async () => {
  const turns: string[] = [];
  const candidates = [fixed("fast", 1000, turns), fixed("slow", 50_000, turns)];
  const [fast, slow] = await interleave({ candidates }, { count: 2, warmUp: 0, roundMs: 2 });
  assert.deepEqual(turns.slice(-4), ["fast2000", "slow40", "slow40", "fast2000"]);
  assert.deepEqual(fast!.map(({ cpuNs }) => cpuNs), [1000, 1000]);
  assert.deepEqual(slow!.map(({ wallNs }) => wallNs), [100_000, 100_000]);
});

test("interleave() is not misled by a slow step while it looks for their number", async () => {
  const turns: number[] = [];
  const run = (steps: number) => {
    turns.push(steps);
    return { cpuNs: turns.length === 1 ? 9e6 : steps * 1000, wallNs: 0, fold: 0 };
  };
  await interleave({ candidates: [{ name: "a", run }] }, { count: 1, warmUp: 0, roundMs: 2 });
  assert.equal(turns.at(-1), 2000);
});

test("interleave() takes the start of a bare process off each round", async () => {
  const turns: string[] = [];
  const contest = {
    candidates: [fixed("command", 50, turns)],
    lessEach: fixed("bare", 20, turns),
    steps: 1,
  };
  const [command] = await interleave(contest, { count: 2, warmUp: 0, roundMs: 1 });
  assert.deepEqual(command, Array(2).fill({ cpuNs: 30, wallNs: 60, fold: 7 }));
});

test("interleave() refuses a result that changes while steps are fixed", async () => {
  let fold = 0;
  const drifting: Candidate = {
    name: "drifting",
    run: () => ({ cpuNs: 1, wallNs: 1, fold: fold++ }),
  };
  const rounds = { count: 2, warmUp: 0, roundMs: 1 };
  await assert.rejects(interleave({ candidates: [drifting], steps: 1 }, rounds), /drifting/);
});
