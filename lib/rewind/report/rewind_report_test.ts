import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CAUSE_WORDS } from "../verdict/cause/cause.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import { rewindShots } from "./rewind_report.ts";
import { shotAgesMs } from "../shot/shooter_path.ts";
import { QUAKEWORLD } from "../shot/quakeworld.ts";
import { readShots } from "../shot/shot_reader.ts";
import { judgeShot } from "../verdict/shot_result.ts";
import {
  makeHistory,
  makeShot,
  QUAKE_MODEL,
  range,
  readTestdata,
  readWorld,
} from "../worlds_test_helper.ts";

const { history, events } = readWorld("qw-povdmm4-cut", "ndjson.gz");
const { shots } = readShots(events, QUAKEWORLD.shots, history);
const expected = JSON.parse(new TextDecoder().decode(readTestdata("qw-povdmm4-cut.expected.json")));
const names = ["none", "ping-13", "ping", "ms:100"];

test("rewindShots: victims of a real recording are those of an independent computation", () => {
  assert.equal(shots.length, expected.shots);
  const report = rewindShots(history, shots, names.map(parseRewindPolicy), QUAKE_MODEL, {
    details: true,
  });
  for (const name of names) {
    const details = report.details!.filter((detail) => detail.policy === name);
    assert.deepEqual(details.map((detail) => detail.victim ?? -1), expected.victims[name], name);
    const summary = report.policies.find((policy) => policy.policy === name)!;
    assert.equal(summary.tp + summary.tn, expected.accuracy[name]);
    assert.equal(summary.accuracy, expected.accuracy[name] / expected.shots);
    assert.equal(summary.tp + summary.fp + summary.tn + summary.fn, expected.shots);
  }
});

test("rewindShots: the sweep of a real recording is that of an independent computation", () => {
  const report = rewindShots(history, shots, [], QUAKE_MODEL, { sweep: {} });
  assert.deepEqual(
    report.sweep!.map((point) => Math.round(point.accuracy * shots.length)),
    expected.sweepAgrees,
  );
  assert.ok(report.best!.agrees >= Math.max(...expected.sweepAgrees));
  assert.ok(report.best!.agrees >= expected.accuracy["ping-13"]);
  // Dating shots by the shooter's path explains what the event's time cannot.
  assert.ok(report.searchByPath!.best.agrees > report.best!.agrees);
  const { a, b, agrees } = report.best!;
  const again = rewindShots(history, shots, [parseRewindPolicy(`${a}*ping+${b}`)], QUAKE_MODEL);
  assert.equal(again.policies[0]!.tp + again.policies[0]!.tn, agrees);
});

test("rewindShots: the keys of the JSON contract", () => {
  const report = rewindShots(history, shots.slice(0, 2), [parseRewindPolicy("ping")], QUAKE_MODEL, {
    details: true,
    sweep: { fromMs: 0, toMs: 20, stepMs: 10 },
  });
  const json = JSON.parse(JSON.stringify(report));
  for (const key of ["shots", "policies", "sweep", "best", "details"]) assert.ok(key in json, key);
  for (const key of ["policy", "accuracy", "tp", "fp", "tn", "fn", "causes"]) {
    assert.ok(key in json.policies[0], key);
  }
  assert.deepEqual(Object.keys(json.policies[0].causes), CAUSE_WORDS);
  assert.deepEqual(json.sweep.map((point: { rewindMs: number }) => point.rewindMs), [0, 10, 20]);
  for (const key of ["a", "b", "accuracy"]) assert.ok(key in json.best, key);
  for (
    const key of [
      "shot",
      "frame",
      "policy",
      "wantedMs",
      "usedMs",
      "usedFrame",
      "clamped",
      "victim",
      "expected",
      "marginUnits",
      "intervals",
      "cause",
    ]
  ) assert.ok(key in json.details[0], key);
});

test("rewindShots: flip map, details and verdicts agree on a real recording", () => {
  const report = rewindShots(history, shots, [parseRewindPolicy("ms:37.3")], QUAKE_MODEL, {
    details: true,
  });
  for (const { victim, intervals, usedMs, marginUnits } of report.details!) {
    const inside = intervals.some((span) => span.fromMs <= usedMs && usedMs <= span.toMs);
    assert.equal(inside, victim !== null);
    if (marginUnits !== null) assert.equal(marginUnits <= 0, victim !== null);
  }
});

test("rewindShots counts shots that a policy cannot judge", () => {
  const world = makeHistory(range(0, 9), 10, { 1: () => [0, 0, 0], 2: () => [9, 0, 0] });
  const bare = [makeShot(5, 50, [0, 0, 0], [100, 0, 0], {}, 2)];
  const policies = [parseRewindPolicy("ping"), parseRewindPolicy("none")];
  assert.throws(() => rewindShots(world, bare, policies, QUAKE_MODEL), /needs ping/);
  const report = rewindShots(world, bare, policies, QUAKE_MODEL, { skipBad: true });
  assert.deepEqual(report.policies.map((policy) => [policy.skipped, policy.accuracy]), [
    [1, null],
    [0, 1],
  ]);
});

test("zero delay equals no rewind", () => {
  const zero = ["ms:0", "frames:0", "ping*0", "ping-1000", "stamped", "source:latency=0"];
  const step = fc.integer({ min: -200, max: 200 });
  const moves = fc.array(fc.tuple(step, step), { minLength: 12, maxLength: 12 });
  fc.assert(fc.property(moves, fc.integer({ min: 0, max: 11 }), (walk, now) => {
    const world = makeHistory(range(0, 11), 13, {
      1: () => [0, 0, 0],
      2: (f) => [300 + walk[f]![0], walk[f]![1] / 5, 0],
    });
    const numbers = { ping: 50, stamp: now };
    const shot = makeShot(now, now * 13, [0, 0, 0], [600, 0, 0], numbers);
    const none = judgeShot(world, shot, parseRewindPolicy("none"), QUAKE_MODEL);
    for (const text of zero) {
      const result = judgeShot(world, shot, parseRewindPolicy(text), QUAKE_MODEL);
      assert.deepEqual(result.verdict, none.verdict, text);
      assert.equal(result.decision.usedMs, 0, text);
    }
  }));
  for (const shot of shots) {
    const none = judgeShot(history, shot, parseRewindPolicy("none"), QUAKE_MODEL);
    const delay0 = judgeShot(history, shot, parseRewindPolicy("ms:0"), QUAKE_MODEL);
    assert.deepEqual(delay0.verdict, none.verdict);
  }
});

test("shotAgesMs dates a command inside the frame by the shooter's path", () => {
  // The shooter runs 20 units a frame of 20 ms; the ray starts where he was 13 ms ago.
  const world = makeHistory(range(0, 50), 20, { 1: (f) => [f * 20, 0, 0], 2: () => [9, 9, 9] });
  const at = (x: number) => ({
    ...makeShot(40, 800, [x, 0, 16], [x, 100, 16]),
    eye: [0, 0, 16] as const,
  });
  const { agesMs, found, medianMs } = shotAgesMs(world, [at(787), at(780), at(5000)]);
  assert.ok(Math.abs(agesMs[0]! - 13) < 1e-9);
  assert.deepEqual([agesMs[1], agesMs[2], found, medianMs], [20, 20, 2, 20]);
});
