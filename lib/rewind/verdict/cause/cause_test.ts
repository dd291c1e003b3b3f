import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cause } from "./cause.ts";
import { type ExplainOptions, explainShot } from "../../report/explanation/explain_shot.ts";
import { renderExplanation } from "../../report/explanation/explanation_text.ts";
import { parseRewindPolicy } from "../../policy/policy_text.ts";
import { parseShotMap } from "../../shot/shot_map_text.ts";
import { readShots } from "../../shot/shot_reader.ts";
import { judgeShots } from "../../report/judged_shots.ts";
import { rewindShots } from "../../report/rewind_report.ts";
import { judgeShot } from "../shot_result.ts";
import { makeHistory, makeShot, QUAKE_MODEL, range, readWorld } from "../../worlds_test_helper.ts";

const MAP = "shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit";

interface Told {
  readonly victim: number | null;
  readonly word: string;
  readonly rule: string;
  readonly text: string;
}

/** What explain says of the only shot of a world of testdata/rewind, fired twice. */
function explained(name: string, policyText: string, ringFrames?: number): Told {
  const { history, events } = readWorld(name, "ndjson");
  const [shot] = readShots(events, parseShotMap(MAP), history).shots;
  const policy = parseRewindPolicy(policyText);
  const shots = [shot!, { ...shot!, index: 1 }];
  const [judged] = judgeShots(history, shots, [policy], QUAKE_MODEL, { ringFrames });
  const explain = (causeOf?: ExplainOptions["causeOf"]) =>
    explainShot(history, shot!, [policy], QUAKE_MODEL, {
      ringFrames,
      ...(causeOf === undefined ? {} : { causeOf }),
    });
  const alone = explain().policies[0]!.cause!;
  // What one shot says is no reason yet, but it is the same change.
  assert.equal(alone.word, alone.rule === "none" ? "agrees" : "unexplained");
  const explanation = explain(() => judged!.causes[0]);
  const [told] = explanation.policies;
  assert.equal(told!.cause!.rule, alone.rule);
  return {
    victim: told!.victim,
    word: told!.cause!.word,
    rule: told!.cause!.rule,
    text: renderExplanation(explanation),
  };
}

/** The rule of a single shot, and that it is no reason. */
function ruleOf(cause: Cause | undefined): string | undefined {
  assert.equal(cause?.word, "unexplained");
  return cause?.rule;
}

test("explain names the stop distance that keeps fast players from being rewound", () => {
  const owed = explained("stop-distance", "rtt+interp");
  assert.deepEqual([owed.victim, owed.word, owed.rule], [2, "teleport", "game-stop-distance"]);
  assert.match(owed.text, /teleport distance of 64 units that stops all rewinding/);
  // The same bug as the policy, seen from the other side.
  const source = explained("stop-distance", "source:latency=ping,interval=50");
  assert.deepEqual([source.victim, source.word], [null, "agrees"]);
  assert.match(source.text, /stop-distance/);
});

test("explain names a history that is off by one frame", () => {
  const told = explained("off-by-one", "frames:delay");
  assert.deepEqual([told.victim, told.word, told.rule], [2, "interpolation", "off-by-one-frame"]);
  assert.match(told.text, /history that is off by one frame/);
  assert.equal(explained("off-by-one", "frames:delay-1").word, "agrees");
});

test("explain names a ring that aliases", () => {
  const told = explained("ring-aliases", "frames:delay", 32);
  assert.deepEqual([told.victim, told.word, told.rule], [null, "evicted", "ring-aliases"]);
  assert.match(told.text, /frame 70 was evicted, and a ring that aliases .* frame 102/);
  assert.match(told.text, /clamped by the ring \(evicted\)/);
});

test("explain names the half of the round trip that was left out", () => {
  const told = explained("half-rtt", "rtt+interp");
  assert.deepEqual([told.victim, told.word, told.rule], [2, "half-rtt", "half-rtt-extra"]);
  assert.match(told.text, /the game left one way out/);
  assert.equal(explained("half-rtt", "half-rtt+interp").word, "agrees");
});

test("explain names the shooter who was rewound as well", () => {
  const told = explained("shooter-rewound", "ping");
  assert.deepEqual([told.victim, told.word, told.rule], [2, "geometry", "shooter-rewound"]);
  assert.match(told.text, /rewinds the shooter as well/);
});

test("half-rtt-missing: the policy leaves a way out that the game counts", () => {
  const world = makeHistory(range(0, 60), 20, {
    1: () => [0, 0, 0],
    2: (f) => [300, (f - 40) * 5, 0],
  });
  const shot = makeShot(50, 1000, [0, 0, 0], [300, 0, 0], { ping: 200 }, 2);
  const { cause } = judgeShot(world, shot, parseRewindPolicy("ping/2"), QUAKE_MODEL);
  assert.equal(ruleOf(cause), "half-rtt-missing");
});

test("causes of limits, deaths and strangers", () => {
  const world = makeHistory(range(0, 60), 20, {
    1: () => [0, 0, 0],
    2: (f) => [300, (f - 20) * 20, 0, f > 45 ? 1 : 0],
    3: (f) => f < 10 ? [300, 500, 0] : undefined,
  });
  const causeOf = (policy: string, verdict: number | null, y: number, ringFrames?: number) => {
    const shot = makeShot(50, 1000, [0, y, 0], [600, y, 0], { ping: 600 }, verdict);
    return judgeShot(world, shot, parseRewindPolicy(policy), QUAKE_MODEL, { ringFrames }).cause;
  };
  // 30 frames owed: y = 0 at frame 20.
  assert.deepEqual(causeOf("ping", 2, 0), { word: "agrees", rule: "none" });
  assert.equal(ruleOf(causeOf("ping", 2, 0, 16)), "ring-evicts");
  assert.equal(ruleOf(causeOf("source:stop=500", 2, 0)), "death-ignored");
  assert.equal(ruleOf(causeOf("ms:20", 2, 580)), "death-ignored");
  const factOf = (verdict: number, y: number) => {
    const { rule, word } = causeOf("none", verdict, y)!;
    return [word, rule];
  };
  assert.deepEqual(factOf(77, 0), ["geometry", "unrecorded-victim"]);
  assert.deepEqual(factOf(2, 5000), ["geometry", "no-time"]);
  const other = causeOf("ms:400", 2, 380);
  assert.equal(other?.rule, "other-time");
  // y = 380 at frame 39, 220 ms back; 396 at 39.8 is the nearest edge of the box: 236 less.
  assert.ok(Math.abs(other!.agreeingMs! - 236) < 1e-6);
});

test("death-now: who is dead by now is no target of the game", () => {
  const world = makeHistory(range(0, 60), 20, {
    1: () => [0, 0, 0],
    2: (f) => [300, f - 20, 0, f > 45 ? 1 : 0],
  });
  const shot = makeShot(50, 1000, [0, 0, 0], [600, 0, 0], {}, null);
  const { cause } = judgeShot(world, shot, parseRewindPolicy("ms:600"), QUAKE_MODEL);
  assert.equal(ruleOf(cause), "death-now");
});

test("clamped: the policy's own limit", () => {
  const world = makeHistory(range(0, 60), 20, {
    1: () => [0, 0, 0],
    2: (f) => [300, (f - 20) * 20, 0],
  });
  const shot = makeShot(50, 1000, [0, 0, 0], [600, 0, 0], { stampMs: 400 }, 2);
  const { cause } = judgeShot(world, shot, parseRewindPolicy("stamped:250"), QUAKE_MODEL);
  assert.equal(ruleOf(cause), "policy-limit");
});

test("teleport: a wide step that was not interpolated", () => {
  const world = makeHistory(range(0, 60), 20, {
    1: () => [0, 0, 0],
    2: (f) => [300, (f - 20) * 120, 0],
  });
  const shot = makeShot(50, 1000, [0, 60, 0], [600, 60, 0], { ping: 590 }, 2);
  const options = { teleportUnits: 100 };
  const { cause } = judgeShot(world, shot, parseRewindPolicy("ping"), QUAKE_MODEL, options);
  assert.equal(ruleOf(cause), "teleport-distance");
});

test("target-in-front: the game's victim is hit too", () => {
  const world = makeHistory(range(0, 9), 20, {
    1: () => [0, 0, 0],
    2: () => [300, 0, 0],
    3: () => [400, 0, 0],
  });
  const shot = makeShot(9, 180, [0, 0, 0], [600, 0, 0], {}, 3);
  const { cause } = judgeShot(world, shot, parseRewindPolicy("none"), QUAKE_MODEL);
  // Of one shot it is no reason: the one in front may have been elsewhere at the game's time.
  assert.deepEqual([cause?.word, cause?.rule], ["unexplained", "target-in-front"]);
});

// Targets run 10 units a frame of 20 ms; the game rewinds by `ms`, and so the shots aim.
const RUNNING = makeHistory(range(0, 200), 20, {
  1: () => [0, 0, 0],
  2: (f) => [300, f * 10, 0],
});

function shotAt(frame: number, y: number, numbers: Record<string, number>, verdict: number | null) {
  return makeShot(frame, frame * 20, [0, y, 0], [600, y, 0], numbers, verdict);
}

function judged(shots: readonly ReturnType<typeof shotAt>[], policy: string) {
  const numbered = shots.map((shot, index) => ({ ...shot, index }));
  const report = rewindShots(RUNNING, numbered, [parseRewindPolicy(policy)], QUAKE_MODEL);
  const [judged] = judgeShots(RUNNING, numbered, [parseRewindPolicy(policy)], QUAKE_MODEL);
  return { summary: report.policies[0]!, causes: judged!.causes };
}

test("findReasons: a change that two shots share and none contradicts is the reason", () => {
  // The game leaves the interpolation delay out: the target of `ping` ago is hit, 120 ms = 60 units.
  const owed = (frame: number, ping: number) =>
    shotAt(frame, frame * 10 - ping / 2, { ping, interp: 120 }, 2);
  const { causes, summary } = judged([owed(100, 40), owed(120, 90), owed(140, 160)], "rtt+interp");
  assert.deepEqual(causes.map((cause) => cause?.word), Array(3).fill("interp-missing"));
  assert.equal(summary.causes["interp-missing"], 3);
  assert.equal(summary.rules["interp-missing"], 3);
  assert.equal(causes[0]?.sharedBy, 3);
});

test("findReasons: what mends as many shots is told beside the reason", () => {
  // 50 ms are the interpolation delay and half of the round trip; one frame newer, 30 ms or 15 units
  // beside, the box of 16 is hit as well.
  const owed = (frame: number, pingMs: number) =>
    shotAt(frame, frame * 10 - pingMs / 2, { ping: pingMs, interp: 50 }, 2);
  const alike = judged([owed(100, 100), owed(120, 100)], "rtt+interp");
  assert.equal(alike.causes[0]?.word, "interp-missing");
  assert.deepEqual(alike.causes[0]?.rivals, [
    { rule: "half-rtt-extra", sharedBy: 2 },
    { rule: "off-by-one-frame", sharedBy: 2 },
  ]);
  // With other pings half of the round trip is no rival.
  const apart = judged([owed(100, 300), owed(120, 400)], "rtt+interp");
  assert.equal(apart.causes[0]?.word, "interp-missing");
  assert.deepEqual(apart.causes[0]?.rivals, [{ rule: "off-by-one-frame", sharedBy: 2 }]);
});

test("findReasons: one shot is no reason, and neither is what another shot contradicts", () => {
  const owed = (frame: number, ping: number, backMs: number, verdict: number | null = 2) =>
    shotAt(frame, frame * 10 - backMs / 2, { ping, interp: 120 }, verdict);
  const alone = judged([owed(100, 40, 40)], "rtt+interp");
  assert.deepEqual([alone.causes[0]?.word, alone.causes[0]?.rule], [
    "unexplained",
    "interp-missing",
  ]);
  // The third shot agrees with the whole delay, and would not without.
  const mixed = judged([owed(100, 40, 40), owed(120, 90, 90), owed(140, 80, 200)], "rtt+interp");
  assert.deepEqual(mixed.causes.map((cause) => cause?.word), [
    "unexplained",
    "unexplained",
    "agrees",
  ]);
  assert.equal(mixed.causes[0]?.contradictedBy, 2);
});

test("findReasons: a ring that aliases is not called half of a round trip", () => {
  // 16 slots of 20 ms: what is older than 300 ms comes from 320 ms later.
  const shots = [60, 140, 220, 340, 400, 440, 480, 520].map((ping, i) => {
    const usedMs = ping > 300 ? ping - 320 : ping;
    return shotAt(100 + i * 5, (100 + i * 5) * 10 - usedMs / 2, { ping }, 2);
  });
  const { summary } = judged(shots, "ping");
  assert.equal(summary.tp, 3);
  assert.equal(summary.causes["half-rtt"], 0);
  const numbered = shots.map((shot, index) => ({ ...shot, index }));
  const ring = rewindShots(RUNNING, numbered, [parseRewindPolicy("ping")], QUAKE_MODEL, {
    ringFrames: 16,
  });
  assert.deepEqual(ring.policies[0]!.rules, { "ring-aliases": 5 });
  assert.equal(ring.policies[0]!.causes.evicted, 5);
});

test("findReasons: a target that another stands in, or that the ray starts in, is doubted", () => {
  // Entity 3 follows the shooter as a camera: every ray starts inside of it.
  const world = makeHistory(range(0, 60), 20, {
    1: (f) => [f, 0, 0],
    2: () => [300, 0, 0],
    3: (f) => [f, 0, 0],
  });
  const shots = [40, 50].map((frame, index) => ({
    ...makeShot(frame, frame * 20, [frame, 0, 0], [600, 0, 0], {}, 2),
    index,
  }));
  const [summary] = rewindShots(world, shots, [parseRewindPolicy("none")], QUAKE_MODEL).policies;
  assert.equal(summary!.causes["not-a-target"], 2);
  const [told] = explainShot(world, shots[0]!, [parseRewindPolicy("none")], QUAKE_MODEL).policies;
  assert.match(told!.sentence, /would agree if 3 were not a target .*say who is one with alive/);
});
