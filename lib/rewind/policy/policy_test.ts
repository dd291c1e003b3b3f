import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, emptyDecision, type RewindDecision } from "./decision.ts";
import { momentAt } from "./moment.ts";
import { parseRewindPolicy } from "./policy_text.ts";
import { judgeShot } from "../verdict/shot_result.ts";
import { makeHistory, makeShot, type Place, QUAKE_MODEL, range } from "../worlds_test_helper.ts";

// A target that runs along y, 1 unit a millisecond; frames 100 to 200 every 10 ms.
const runner = (frame: number): Place => [300, (frame - 100) * 10, 0];
const history = makeHistory(range(100, 200), 10, { 2: runner });

function decided(
  text: string,
  numbers: Readonly<Record<string, number>>,
  ringFrames?: number,
  frame = 200,
): RewindDecision {
  const out = emptyDecision();
  const moment = momentAt(history, frame - 100, (frame - 100) * 10, ringFrames);
  const all: Readonly<Record<string, number>> = { interval: 10, interp: 0, ...numbers };
  decide(parseRewindPolicy(text), (name) => all[name], moment, out);
  return out;
}

function wantedUsed(
  text: string,
  numbers: Readonly<Record<string, number>>,
  ringFrames?: number,
): unknown[] {
  const { wantedMs, usedMs, clamp } = decided(text, numbers, ringFrames);
  return [wantedMs, usedMs, clamp];
}

test("parseRewindPolicy: the plain rules by hand", () => {
  assert.deepEqual(wantedUsed("none", {}), [0, 0, null]);
  assert.deepEqual(wantedUsed("frames:7", {}), [70, 70, null]);
  assert.deepEqual(wantedUsed("ms:25", {}), [25, 25, null]);
  assert.deepEqual(wantedUsed("ping", { ping: 40 }), [40, 40, null]);
  assert.deepEqual(wantedUsed("ping-13", { ping: 40 }), [27, 27, null]);
  assert.deepEqual(wantedUsed("ping-13", { ping: 5 }), [-8, 0, "now"]);
  assert.deepEqual(wantedUsed("ping*0.5+50", { ping: 40 }), [70, 70, null]);
  assert.deepEqual(wantedUsed("rtt+interp", { ping: 40, interp: 25 }), [65, 65, null]);
  assert.deepEqual(wantedUsed("half-rtt+interp", { ping: 40, interp: 25 }), [45, 45, null]);
});

test("ms interpolates between frames, frames does not", () => {
  const ms = decided("ms:25", {});
  assert.deepEqual([ms.index, ms.nextIndex, ms.fraction, ms.wantedFramePoint], [
    97,
    98,
    0.5,
    197.5,
  ]);
  const frames = decided("frames:3", {});
  assert.deepEqual([frames.index, frames.nextIndex, frames.fraction], [97, 97, 0]);
});

test("a ring of 8 frames evicts what is 8 frames back", () => {
  assert.deepEqual(wantedUsed("frames:7", {}, 8), [70, 70, null]);
  assert.deepEqual(wantedUsed("frames:8", {}, 8), [80, 70, "ring"]);
  assert.deepEqual(wantedUsed("ms:70.5", {}, 8), [70.5, 70, "ring"]);
  assert.deepEqual(wantedUsed("ms:2000", {}), [2000, 1000, "recording"]);
});

test("source goes to the command's tick less the interpolation", () => {
  // lerpTicks = floor(.5 + 25/10) = 3; correct = 40 + 30 = 70; target = 195 - 3 = 192.
  assert.deepEqual(wantedUsed("source", { ping: 40, interp: 25, tick: 195 }), [80, 80, null]);
});

test("source clamps correct to maxunlag", () => {
  // correct = clamp(500, 0, 300) = 300; target = 150 is 500 back, 200 away: not above 200, used.
  const numbers = { ping: 500, tick: 150 };
  assert.deepEqual(wantedUsed("source:maxunlag=300", numbers), [500, 500, null]);
  // At 299 the difference is 201: target = 200 - floor(.5 + 29.9) = 170.
  assert.deepEqual(wantedUsed("source:maxunlag=299", numbers), [500, 300, "limit"]);
  // Without a tick the clamped correct is all there is.
  assert.deepEqual(wantedUsed("source:maxunlag=299", { ping: 500 }), [500, 300, "limit"]);
});

test("source drops a tick that is more than 200 ms off", () => {
  // correct = 50; the tick asks for 400 ms: 350 off, so target = 200 - 5.
  assert.deepEqual(wantedUsed("source", { ping: 50, tick: 160 }), [400, 50, "limit"]);
  // A tick from the future is as wrong: -300 ms against 50.
  assert.deepEqual(wantedUsed("source", { ping: 50, tick: 230 }), [-300, 50, "limit"]);
  assert.deepEqual(wantedUsed("source", { ping: 50 }), [50, 50, null]);
});

const toRewound = makeShot(200, 1000, [0, 900, 0], [600, 900, 0], { ping: 100, interval: 10 });

function victimOf(
  text: string,
  place: (frame: number) => Place | undefined,
  ringFrames?: number,
  first = 100,
): { victim: number | null; note: string | null } {
  const world = makeHistory(range(first, 200), 10, { 2: place });
  const shot = { ...toRewound, timeMs: (200 - first) * 10 };
  const { verdict, cause } = judgeShot(
    world,
    { ...shot, verdict: null },
    parseRewindPolicy(text),
    QUAKE_MODEL,
    { ringFrames },
  );
  return { victim: verdict.victim, note: cause?.rule ?? null };
}

test("source rewinds a runner", () => {
  assert.equal(victimOf("source", runner).victim, 2);
  assert.equal(victimOf("none", runner).victim, null);
});

test("source does not rewind a target that was dead on the way", () => {
  const died = (frame: number): Place => [300, (frame - 100) * 10, 0, frame === 195 ? 1 : 0];
  assert.equal(victimOf("source", died).victim, null);
  assert.equal(victimOf("ping", died).victim, 2);
});

test("source does not rewind a target that stepped above 64 units", () => {
  // 65 units between frames 194 and 195; frame 190 is as before.
  const jumped = (frame: number): Place => [300, (frame - 100) * 10 + (frame > 194 ? 55 : 0), 0];
  assert.equal(victimOf("source", jumped).victim, null);
  assert.equal(victimOf("source:stop=65", jumped).victim, 2);
  // Vertical steps do not count.
  const fell = (frame: number): Place => [300, (frame - 100) * 10, frame > 194 ? 500 : 0];
  assert.equal(victimOf("source", fell).victim, 2);
});

test("source takes the oldest row when the history runs out", () => {
  // 10 frames are owed, the ring holds 5: the target of frame 196 stands at y = 960.
  assert.equal(victimOf("source", runner, 5).victim, null);
  const slow = (frame: number): Place => [300, 960 - (196 - frame) * 10 - 60, 0];
  assert.equal(victimOf("source", slow, 5).victim, 2);
});

test("unity uses whole frames, delay + 1 back", () => {
  const out = decided("unity", { delay: 4 });
  assert.deepEqual([out.wantedFramePoint, out.index, out.fraction, out.clamp], [195, 95, 0, null]);
});

test("unity clamps to a history of 32", () => {
  // 30 + 1 = 31 is the oldest of 32.
  assert.deepEqual(wantedUsed("unity", { delay: 30 }), [310, 310, null]);
  assert.deepEqual(wantedUsed("unity", { delay: 31 }), [320, 310, "limit"]);
  assert.deepEqual(wantedUsed("unity:history=16", { delay: 31 }), [320, 150, "limit"]);
  assert.equal(decided("unity", { delay: 31 }).wantedFramePoint, 168);
});

test("unity wraps at 2^32", () => {
  const frames = [0xfffffffd, 0xfffffffe, 0xffffffff, 0, 1, 2];
  const world = makeHistory(frames, 10, { 2: runner });
  const out = emptyDecision();
  const numbers = (name: string): number | undefined => name === "delay" ? 3 : undefined;
  decide(parseRewindPolicy("unity"), numbers, momentAt(world, 5, 50), out);
  assert.deepEqual([out.wantedFramePoint, world.frameAt(out.index), out.usedMs], [
    0xfffffffe,
    0xfffffffe,
    40,
  ]);
  decide(parseRewindPolicy("frames:2"), numbers, momentAt(world, 3, 30, 3), out);
  assert.deepEqual([out.wantedFramePoint, out.usedMs, out.clamp], [0xfffffffe, 20, null]);
});

test("stamped clamps the client's word to [newest - max, newest]", () => {
  assert.deepEqual(wantedUsed("stamped", { stampMs: 900 }), [100, 100, null]);
  assert.deepEqual(wantedUsed("stamped", { stampMs: 700 }), [300, 250, "limit"]);
  assert.deepEqual(wantedUsed("stamped:500", { stampMs: 400 }), [600, 500, "limit"]);
  assert.deepEqual(wantedUsed("stamped:max=500", { stampMs: 600 }), [400, 400, null]);
  assert.deepEqual(wantedUsed("stamped", { stampMs: 1030 }), [-30, 0, "now"]);
  // Frame 192.5 lies between 920 and 930 ms.
  assert.deepEqual(wantedUsed("stamped", { stamp: 192.5 }), [75, 75, null]);
  assert.equal(decided("stamped", { stamp: 192.5 }).fraction, 0.5);
});

test("acked snaps to the newest frame that is old enough, and goes ahead 20 ms", () => {
  // 43 ms before 1000 lies in the frame of 950: 50 - 20.
  assert.deepEqual(wantedUsed("acked", { ping: 43 }), [30, 30, null]);
  assert.deepEqual(wantedUsed("acked", { ping: 40 }), [20, 20, null]);
  assert.deepEqual(wantedUsed("acked:ahead=13", { ping: 43 }), [37, 37, null]);
  assert.deepEqual(wantedUsed("acked:latency=ping/2", { ping: 14 }), [-10, 0, "now"]);
});

test("parseRewindPolicy names what it does not understand", () => {
  for (
    const [text, why] of [
      ["frames", /needs a value/],
      ["frame:3", /there is no policy frame; did you mean frames\? policies are none, frames, ms,/],
      ["source:speed=3", /speed=3 is none of/],
      ["source:stop=x", /stop is x/],
      ["unity:delay=(", /Cannot read expression/],
      ["ping-", /found the end/],
    ] as const
  ) assert.throws(() => parseRewindPolicy(text), why, text);
  assert.throws(
    () =>
      judgeShot(
        history,
        makeShot(200, 1000, [0, 0, 0], [1, 0, 0]),
        parseRewindPolicy("ping"),
        QUAKE_MODEL,
      ),
    /Cannot judge shot 0 \(frame 200\): policy ping needs ping, which the shot lacks/,
  );
});
