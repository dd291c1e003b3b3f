import assert from "node:assert/strict";
import { test } from "node:test";
import { findingOf, judge, record } from "../finding_lab_test_helper.ts";

/** An entity that moves every frame; frame numbers go up by a step. */
function walk(count: number, stepMs: number, numberStep: number) {
  return record([{ name: "x", type: "u32" }], count, (frame) => [{ x: frame * 1e6 }], {
    stepMs,
    numberStep,
  });
}

test("late-packets counts recorded frames, whatever their numbers are", async () => {
  const run = { net: "delay=100,jitter=50", consumers: 4 };
  for (const numberStep of [1, 3]) {
    const made = walk(200, 50, numberStep);
    const { findings } = await judge(made, run);
    // Jitter turns the order around over 100 ms, which are two frames of 50 ms.
    assert.match(
      findingOf(findings, "late-packets")!.remedy,
      /^sendEveryFrames 2 sends as far apart as the jitter reaches, with states up to 50 ms older/,
    );
    const mended = await judge(made, { ...run, sendEveryFrames: 2 });
    assert.equal(mended.reports[0]!.late, 0);
  }
});

test("freezes counts recorded frames, whatever their numbers are", async () => {
  for (const numberStep of [1, 3]) {
    const { findings } = await judge(walk(400, 50, numberStep), { sendEveryFrames: 8 });
    // Half of 250 ms has room for two frames of 50 ms.
    assert.match(findingOf(findings, "freezes")!.remedy, /^sendEveryFrames 2: /);
  }
});

test("history-shorter-than-rtt counts by the numbers of frames, as the tracker does", async () => {
  for (const [numberStep, history] of [[1, 8], [3, 32]] as const) {
    const made = walk(200, 50, numberStep);
    const run = { net: "delay=100", historyFrames: numberStep };
    const { findings } = await judge(made, run);
    // A round trip of 200 ms and a frame are 5 recorded frames, a quarter more is for what varies.
    assert.equal(
      findingOf(findings, "history-shorter-than-rtt")!.remedy,
      `historyFrames ${history}`,
    );
    const mended = await judge(made, { ...run, historyFrames: history });
    assert.equal(mended.reports[0]!.keyframeReasons.evicted, 0);
  }
});
