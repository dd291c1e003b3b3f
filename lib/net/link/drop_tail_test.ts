import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DropTailQueue } from "./drop_tail.ts";

test("DropTailQueue makes room at the very time of a departure", () => {
  const queue = new DropTailQueue(1);
  assert.equal(queue.admits(0), true);
  queue.push(100);
  assert.equal(queue.admits(99), false);
  assert.equal(queue.admits(100), true);
  assert.equal(queue.length(), 0);
});

test("DropTailQueue agrees with a list", () => {
  const steps = fc.array(fc.tuple(fc.nat(20), fc.nat(60)), { maxLength: 200 });
  fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), steps, (limit, packets) => {
    const queue = new DropTailQueue(limit);
    let held: number[] = [];
    let sendUs = 0;
    let departUs = 0;
    for (const [gap, service] of packets) {
      sendUs += gap;
      held = held.filter((time) => time > sendUs);
      assert.equal(queue.admits(sendUs), held.length < limit);
      if (held.length >= limit) continue;
      departUs = Math.max(departUs, sendUs) + service;
      held.push(departUs);
      queue.push(departUs);
      assert.equal(queue.length(), held.length);
    }
  }));
});

test("DropTailQueue refuses time that goes back, and a limit below 1", () => {
  const queue = new DropTailQueue(4);
  queue.admits(10);
  assert.throws(() => queue.admits(9), RangeError);
  for (const bad of [0, 1.5, NaN, Infinity]) {
    assert.throws(() => new DropTailQueue(bad), RangeError);
  }
});
