import assert from "node:assert/strict";
import { test } from "node:test";
import type { BenchCase, Candidate } from "./bench_case.ts";
import { caseResult } from "./case_result.ts";
import type { Series } from "./interleave.ts";
import { resultTable } from "./result_table.ts";

function candidate(name: string, result: string, rest: Partial<Candidate> = {}): Candidate {
  return { name, result, run: () => ({ cpuNs: 0, wallNs: 0, fold: 0 }), ...rest };
}

function rounds(...cpuNs: number[]): Series {
  return cpuNs.map((ns) => ({ cpuNs: ns, wallNs: 2 * ns, fold: 0 }));
}

const CASE: BenchCase = {
  name: "case",
  title: "what it is",
  unit: "ns a part",
  reach: [{ candidate: "b", ratioMax: 1.5, figureMax: 9 }],
  prepare: () => ({ candidates: [] }),
};

test("caseResult() divides by parts, and pairs rounds with those of the first candidate", () => {
  const candidates = [candidate("a", "1"), candidate("b", "1", { parts: 4 })];
  const { candidates: [a, b], reach } = caseResult(CASE, { candidates }, [
    rounds(10, 20, 40),
    rounds(40, 160, 80),
  ]);
  // Of one part b takes 10, 40 and 20: 1, 2 and 0.5 times what a takes.
  assert.deepEqual(b!.rounds, [10, 40, 20]);
  assert.deepEqual(b!.ratio, { q1: 0.75, median: 1, q3: 1.5 });
  assert.equal(b!.figure.median, 20);
  assert.equal(b!.wallNs.median, 40);
  assert.deepEqual(a!.ratio, { q1: 1, median: 1, q3: 1 });
  assert.deepEqual(reach.map(({ isMet }) => isMet), [false]); // 20 is above 9
});

test("caseResult() gives no ratio to another result", () => {
  const candidates = [candidate("a", "1"), candidate("b", "2")];
  const result = caseResult(CASE, { candidates }, [rounds(10), rounds(5)]);
  assert.equal(result.candidates[1]!.ratio, null);
  assert.deepEqual(result.differing, ["b"]);
  assert.equal(result.reach[0]!.isMet, false);
  assert.match(resultTable(result), /no ratio for b: its result is not that of a/);
});

test("caseResult() leaves out a reach against one that is not there", () => {
  const reach = [{ candidate: "b", against: "seed in Go", ratioMax: 9 }];
  const candidates = [candidate("a", "1"), candidate("b", "1")];
  const result = caseResult({ ...CASE, reach }, { candidates }, [rounds(1), rounds(1)]);
  assert.deepEqual(result.reach, []);
});

test("resultTable() shows both ranks where bytes rank otherwise than time", () => {
  const candidates = [candidate("a", "1", { bytes: 9 }), candidate("b", "1", { bytes: 5 })];
  const flipped = caseResult(CASE, { candidates }, [rounds(1), rounds(2)]);
  assert.match(resultTable(flipped), /by time: {2}a < b\n {2}by bytes: b < a\n/);
  const same = caseResult(CASE, { candidates }, [rounds(2), rounds(1)]);
  assert.doesNotMatch(resultTable(same), /by time/);
});
