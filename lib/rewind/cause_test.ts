import assert from "node:assert/strict";
import { test } from "node:test";
import { explainShot } from "./explanation.ts";
import { renderExplanation } from "./explanation_text.ts";
import { parsePolicy } from "./policy_text.ts";
import { parseShotMap } from "./shot_map.ts";
import { readShots } from "./shot_reader.ts";
import { judgeShot } from "./shot_result.ts";
import { makeHistory, makeShot, QUAKE_MODEL, range, readWorld } from "./worlds_test.ts";

const MAP = "shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit";

interface Told {
  readonly victim: number | null;
  readonly word: string;
  readonly rule: string;
  readonly text: string;
}

/** What explain says of the only shot of a world of testdata/rewind. */
function explained(name: string, policy: string, ringFrames?: number): Told {
  const { history, events } = readWorld(name, "ndjson");
  const [shot] = readShots(events, parseShotMap(MAP), history).shots;
  const policies = [parsePolicy(policy)];
  const explanation = explainShot(history, shot!, policies, QUAKE_MODEL, { ringFrames });
  const [told] = explanation.policies;
  return {
    victim: told!.victim,
    word: told!.cause!.word,
    rule: told!.cause!.rule,
    text: renderExplanation(explanation),
  };
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
  const { cause } = judgeShot(world, shot, parsePolicy("ping/2"), QUAKE_MODEL);
  assert.deepEqual(cause, { word: "half-rtt", rule: "half-rtt-missing" });
});

test("causes of limits, deaths and strangers", () => {
  const world = makeHistory(range(0, 60), 20, {
    1: () => [0, 0, 0],
    2: (f) => [300, (f - 20) * 20, 0, f > 45 ? 1 : 0],
    3: (f) => f < 10 ? [300, 500, 0] : undefined,
  });
  const causeOf = (policy: string, verdict: number | null, y: number, ringFrames?: number) => {
    const shot = makeShot(50, 1000, [0, y, 0], [600, y, 0], { ping: 600 }, verdict);
    return judgeShot(world, shot, parsePolicy(policy), QUAKE_MODEL, { ringFrames }).cause;
  };
  // 30 frames owed: y = 0 at frame 20.
  assert.deepEqual(causeOf("ping", 2, 0), { word: "agrees", rule: "none" });
  assert.deepEqual(causeOf("ping", 2, 0, 16), { word: "evicted", rule: "ring-evicts" });
  assert.deepEqual(causeOf("source:stop=500", 2, 0)?.rule, "death-ignored");
  assert.deepEqual(causeOf("ms:20", 2, 580), { word: "dead", rule: "death-ignored" });
  assert.deepEqual(causeOf("none", 77, 0), { word: "geometry", rule: "unrecorded-victim" });
  assert.deepEqual(causeOf("none", 2, 5000), { word: "geometry", rule: "no-time" });
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
  const { cause } = judgeShot(world, shot, parsePolicy("ms:600"), QUAKE_MODEL);
  assert.deepEqual(cause, { word: "dead", rule: "death-now" });
});

test("clamped: the policy's own limit", () => {
  const world = makeHistory(range(0, 60), 20, {
    1: () => [0, 0, 0],
    2: (f) => [300, (f - 20) * 20, 0],
  });
  const shot = makeShot(50, 1000, [0, 0, 0], [600, 0, 0], { stampMs: 400 }, 2);
  const { cause } = judgeShot(world, shot, parsePolicy("stamped:250"), QUAKE_MODEL);
  assert.deepEqual(cause, { word: "clamped", rule: "policy-limit" });
});

test("teleport: a wide step that was not interpolated", () => {
  const world = makeHistory(range(0, 60), 20, {
    1: () => [0, 0, 0],
    2: (f) => [300, (f - 20) * 120, 0],
  });
  const shot = makeShot(50, 1000, [0, 60, 0], [600, 60, 0], { ping: 590 }, 2);
  const { cause } = judgeShot(world, shot, parsePolicy("ping"), QUAKE_MODEL);
  assert.deepEqual(cause, { word: "teleport", rule: "teleport-distance" });
});

test("target-in-front: the game's victim is hit too", () => {
  const world = makeHistory(range(0, 9), 20, {
    1: () => [0, 0, 0],
    2: () => [300, 0, 0],
    3: () => [400, 0, 0],
  });
  const shot = makeShot(9, 180, [0, 0, 0], [600, 0, 0], {}, 3);
  const { cause } = judgeShot(world, shot, parsePolicy("none"), QUAKE_MODEL);
  assert.deepEqual(cause, { word: "geometry", rule: "target-in-front" });
});
