import assert from "node:assert/strict";
import { test } from "node:test";
import { truth } from "../shared/schema.ts";
import { type ShotOrder, Shots } from "./shots.ts";

const SHOOTER = 1;
const TARGET = 2;
const PING = { shooter: SHOOTER, pingMs: 50 };

/** 40 frames of a shooter at 100, 100, and a target that flies past at y = 300, 10 units a frame. */
function shots() {
  const shots = new Shots();
  const still = { vx: 0, vy: 0, hp: 100, score: 0 };
  for (let frame = 1; frame <= 40; frame++) {
    shots.push(truth.pack({
      frame,
      timeMs: frame * 1000 / 30,
      entities: [
        { id: SHOOTER, kind: "pilot", fields: { ...still, x: 100, y: 100 } },
        { id: TARGET, kind: "pilot", fields: { ...still, x: frame * 10, y: 300 } },
      ],
    }));
  }
  return { decide: (order: ShotOrder) => shots.decide(order)?.told };
}

test("Shots.decide() hits what the client drew, where it drew it", () => {
  // Between frames 34 and 36, at 0.75, the target was drawn at 355.
  const stamp = { src: 34, dst: 36, fraction: 0.75 };
  const hit = shots().decide({ ...PING, aim: [355, 300], stamp });
  assert.equal(hit?.victim, TARGET);
  assert.deepEqual([hit.from, hit.at], [[100, 100], [355, 300]]);
  // Frame 35.5 is 4.5 frames before the newest.
  assert.ok(Math.abs(hit.rewoundMs - 150) < 1e-6);
  // The ray meets the circle of 12 units around 355, 300 on the side of the shooter.
  const [x, y] = hit.to;
  assert.ok(Math.abs(Math.hypot(x - 355, y - 300) - 12) < 1e-6 && x < 355 && y < 300);
});

test("Shots.decide() misses where the target is now, unless the client drew that", () => {
  const aim = [400, 300] as const;
  const past = shots().decide({ ...PING, aim, stamp: { src: 34, dst: 36, fraction: 0.75 } });
  assert.equal(past?.victim, null);
  const length = Math.hypot(past.to[0] - 100, past.to[1] - 100);
  assert.ok(Math.abs(length - 400) < 1e-6, "a miss is drawn as far as shots go");
  const now = shots().decide({ ...PING, aim, stamp: { src: 39, dst: 40, fraction: 1 } });
  assert.equal(now?.victim, TARGET);
  assert.equal(now.rewoundMs, 0);
});

test("Shots.decide() rewinds by at most 300 ms, whatever it is told", () => {
  // 9 frames before the newest the target was at 310.
  const stamp = { src: 12, dst: 13, fraction: 0 };
  assert.equal(shots().decide({ ...PING, aim: [120, 300], stamp })?.victim, null);
  const cut = shots().decide({ ...PING, aim: [310, 300], stamp });
  assert.equal(cut?.victim, TARGET);
  assert.ok(Math.abs(cut.rewoundMs - 300) < 1e-6);
});

test("Shots.decide() does not decide for who is not there, nor without a direction", () => {
  const stamp = { src: 39, dst: 40, fraction: 1 };
  assert.equal(shots().decide({ shooter: 9, pingMs: 0, aim: [0, 0], stamp }), undefined);
  assert.equal(shots().decide({ ...PING, aim: [100, 100], stamp }), undefined);
  const beyond = shots().decide({ ...PING, aim: [2 ** 32, -(2 ** 32)], stamp });
  assert.equal(beyond?.victim, null);
});
