import assert from "node:assert/strict";
import { test } from "node:test";
import { rayBetween } from "../shape/ray.ts";
import type { LiveShot, RewindAnswer } from "./live_rewind.ts";
import { shotEvent } from "./shot_event.ts";

const miss: RewindAnswer = {
  frame: 30,
  timeMs: 1000,
  policy: "ping",
  numbers: new Map([["ping", 80], ["interval", 33.5]]),
  victim: null,
  shape: undefined,
  distanceUnits: Infinity,
  position: undefined,
  wantedFrame: 27.6,
  usedFrame: 27.6,
  wantedMs: 80,
  usedMs: 80,
  clamp: null,
};

function shot(numbers: readonly (readonly [string, number])[] = []): LiveShot {
  const ray = rayBetween([1, 2, 3], [1, 2, 13], { radiusUnits: 0.5, reachUnits: 2 });
  return { shooter: 4, ray, numbers: new Map(numbers) };
}

test("shotEvent() holds the ray, the decision and every number, as one flat event", () => {
  const event = shotEvent(shot([["ping", 80], ["weapon", 7], ["stamp.src", 26]]), miss);
  assert.deepEqual(event, {
    frame: 30,
    timeMs: 1000,
    name: "shot",
    data: {
      ev: "shot",
      f: 30,
      t: 1000,
      shooter: 4,
      from: [1, 2, 3],
      direction: [0, 0, 1],
      range: 12,
      radius: 0.5,
      hit: null,
      policy: "ping",
      wantedMs: 80,
      usedMs: 80,
      usedFrame: 27.6,
      clamp: null,
      ping: 80,
      interval: 33.5,
      weapon: 7,
      "stamp.src": 26,
    },
  });
});

test("shotEvent() of a hit says whom, what and how far", () => {
  const hit = {
    ...miss,
    victim: 9,
    shape: "head",
    distanceUnits: 6.25,
    position: [1, 2, 9],
  } as const;
  const { data } = shotEvent(shot(), hit);
  assert.deepEqual([data.hit, data.shape, data.distance], [9, "head", 6.25]);
});

test("shotEvent() leaves out numbers that are none, and refuses names that the event has", () => {
  const { data } = shotEvent(shot([["ping", NaN], ["far", Infinity]]), miss);
  assert.deepEqual(["ping" in data, "far" in data], [true, false]);
  assert.equal(data.ping, 80);
  for (const name of ["hit", "from", "f", "shape", "distance"]) {
    assert.throws(() => shotEvent(shot([[name, 1]]), miss), RangeError);
  }
});
