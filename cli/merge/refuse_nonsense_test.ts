import assert from "node:assert/strict";
import { linkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder } from "../run_cli_test_helper.ts";
import type { MergeFlags } from "./merge_flags.ts";
import { offsetsOf, refuseNonsense } from "./refuse_nonsense.ts";

const FLAGS: MergeFlags = {
  output: "o.mcap",
  frameKey: "f",
  timeKey: "t",
  eventKey: "ev",
  timeUnit: "ms",
};

/** What is refused, and why. */
const REFUSED: readonly [paths: readonly string[], Partial<MergeFlags>, message: RegExp][] = [
  [["a"], {}, /^There is nothing to merge a with; name another recording, or --events FILE$/],
  [["a"], { events: ["e"], after: true }, /^--after moves every recording but the first, and /],
  [["a"], { events: ["e"], frameOffset: [1] }, /^--frame-offset moves every recording/],
  [["a"], { events: ["e"], timeOffset: [1] }, /^--time-offset moves every recording/],
  [["a", "b", "a"], {}, /^a cannot be merged with itself; name every input once$/],
  [["a", "b"], { events: ["-", "-"] }, /^- cannot be merged with itself/],
  [["a", "b"], { timeUnit: "s" }, /^--time-unit is the unit of the times of --events, and there/],
  [["a", "b"], { frameKey: "ev" }, /^The keys are ev, t, ev; name a different one for each$/],
];

test("refuseNonsense() refuses what says nothing or two things, and takes the rest", () => {
  for (const [paths, flags, message] of REFUSED) {
    assert.throws(() => refuseNonsense(paths, { ...FLAGS, ...flags }), { exitCode: 2, message });
  }
  refuseNonsense(["a"], { ...FLAGS, events: ["e", "f"] });
  refuseNonsense(["a", "b", "c"], { ...FLAGS, after: true });
});

test("refuseNonsense() knows one file by two names", () =>
  inFolder(async (folder) => {
    const [a, b] = ["a", "b"].map((name) => join(folder, name)) as [string, string];
    writeFileSync(a, "");
    linkSync(a, b);
    assert.throws(() => refuseNonsense([a, b], FLAGS), /a and .*b, one file, cannot be merged/);
  }));

test("offsetsOf() gives one to all recordings but the first, or each its own", () => {
  assert.deepEqual(offsetsOf("--x", undefined, 3), [undefined, undefined, undefined]);
  assert.deepEqual(offsetsOf("--x", [-5], 3), [undefined, -5, -5]);
  assert.deepEqual(offsetsOf("--x", [-5, 7], 3), [undefined, -5, 7]);
  assert.throws(() => offsetsOf("--x", [1, 2, 3], 3), {
    exitCode: 2,
    message: "--x is given 3 times; give it once for all recordings but the first, or once for " +
      "each of these 2",
  });
});
