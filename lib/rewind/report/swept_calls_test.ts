import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import { makeHistory, makeShot, QUAKE_MODEL, range } from "../worlds_test_helper.ts";
import { JudgedRecording } from "./judged_recording.ts";

test("JudgedRecording.sweptCalls() says how often onSwept is called, whatever the report holds", () => {
  const source = makeHistory(range(0, 99), 20, { 1: () => [0, 0, 0], 2: () => [300, 0, 0] });
  const undecided = { ...makeShot(70, 1400, [0, 0, 0], [600, 0, 0], { ping: 50 }, 2) };
  delete (undecided as { verdict?: unknown }).verdict;
  const shots = [
    makeShot(55, 1100, [0, 0, 0], [600, 0, 0], { ping: 100 }, 2),
    { ...makeShot(60, 1200, [0, 90, 0], [600, 90, 0], {}, null), index: 1 },
    { ...undecided, index: 2 },
  ];
  const policies = [parseRewindPolicy("none")];
  const recording = new JudgedRecording({ source, model: QUAKE_MODEL, shots, policies });
  for (
    const [options, calls] of [
      [{}, 0],
      [{ byShooter: true }, 2],
      [{ sweep: {} }, 4],
      [{ sweep: {}, byShooter: true }, 6],
    ] as const
  ) {
    let called = 0;
    recording.report({ ...options, onSwept: () => called++ });
    assert.deepEqual([called, recording.sweptCalls(options)], [calls, calls]);
  }
});
