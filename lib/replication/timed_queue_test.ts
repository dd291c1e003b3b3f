import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TimedQueue } from "./timed_queue.ts";

test("TimedQueue agrees with an array that is sorted by time, then by entry", () => {
  const step = fc.oneof(fc.nat(20), fc.constant("shift" as const));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = new TimedQueue<number>();
      const model: { time: number; entry: number }[] = [];
      steps.forEach((time, entry) => {
        if (time !== "shift") {
          queue.push(time, entry);
          model.push({ time, entry });
          model.sort((a, b) => a.time - b.time || a.entry - b.entry);
        } else if (model.length > 0) assert.equal(queue.shift(), model.shift()!.entry);
        assert.equal(queue.length, model.length);
        assert.equal(queue.nextUs, model[0]?.time ?? Infinity);
      });
    }),
  );
});

test("TimedQueue.shift() refuses an empty queue", () => {
  const queue = new TimedQueue<string>();
  assert.equal(queue.nextUs, Infinity);
  assert.throws(() => queue.shift(), RangeError);
  queue.push(5, "a");
  assert.equal(queue.shift(), "a");
  assert.throws(() => queue.shift(), RangeError);
});
