import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ALL_CASES, casesNamed } from "./cases/all_cases.ts";
import { readArguments } from "./harness/arguments.ts";
import type { CaseResult } from "./harness/case_result.ts";
import { runtimeCommand } from "./harness/command.ts";

const FILE = fileURLToPath(new URL("./bench.ts", import.meta.url));

const IS_NODE = !("Deno" in globalThis) && !("Bun" in globalThis);

/** Runs the benchmarks as a user does. */
function bench(...args: string[]) {
  const [program, ...start] = runtimeCommand();
  return spawnSync(program!, [...start, FILE, ...args], { encoding: "utf8" });
}

// Node has the engine of Deno and takes longest to start: there, some of the cases will do.
const WORDS = IS_NODE ? ["append-rows", "ring", "encode", "start"] : [];

test("the short form runs each case, and all results agree", () => {
  const { status, stdout, stderr } = bench("--short", "--json", ...WORDS);
  assert.equal(status, 0, stderr);
  const { date, machine, cases } = JSON.parse(stdout);
  assert.match(date, /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(Object.keys(machine), ["cpu", "cores", "system", "runtime"]);
  const names = WORDS.length > 0
    ? WORDS
    : ALL_CASES.filter(({ isLong }) => !isLong).map(({ name }) => name);
  assert.deepEqual(cases.map(({ name }: CaseResult) => name), names);
  for (const one of cases as CaseResult[]) {
    assert.deepEqual(Object.keys(one), CASE_KEYS);
    if (!one.mayDiffer) assert.deepEqual(one.differing, [], one.name);
    assert.ok(one.candidates.length > 0);
    for (const candidate of one.candidates) {
      assert.deepEqual(Object.keys(candidate), CANDIDATE_KEYS);
      assert.equal(candidate.rounds.length, 1);
    }
  }
});

const CASE_KEYS = [
  ...["name", "title", "unit", "figure", "candidates", "differing", "mayDiffer", "reach", "notes"],
];
const CANDIDATE_KEYS = [
  ...["name", "ratio", "figure", "wallNs", "bytes", "buys", "result", "rounds"],
];

test("a case has a name of its own, and words choose cases", () => {
  const names = ALL_CASES.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  const named = (...words: string[]) => casesNamed(words).map(({ name }) => name);
  assert.deepEqual(named("append"), ["append-rows", "append-objects", "append-pack"]);
  assert.deepEqual(named("ring", "hou"), ["ring"]);
  assert.deepEqual(named("hour"), ["hour"]);
  assert.ok(!named().includes("hour"));
});

test("readArguments() refuses fewer rounds than quartiles need, and what it does not know", () => {
  assert.equal(readArguments(["--rounds", "9"]).rounds, 9);
  assert.deepEqual(readArguments(["ring", "--json"]).words, ["ring"]);
  assert.throws(() => readArguments(["--rounds", "8"]), RangeError);
  assert.throws(() => readArguments(["--quick"]), TypeError);
});
