import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { TimedQueues } from "./timed_queues.ts";

test("TimedQueues agrees with arrays that are sorted by time, then by entry", () => {
  const lines = 3;
  const step = fc.tuple(
    fc.nat(lines - 1),
    fc.oneof(fc.nat(20), fc.nat(20), fc.constant("shift" as const)),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), fc.constantFrom(1, 3), (steps, width) => {
      const queues = new TimedQueues(lines, width);
      const models: { time: number; entry: number }[][] = [[], [], []];
      steps.forEach(([line, time], entry) => {
        const model = models[line]!;
        if (time !== "shift") {
          const at = queues.push(line, time);
          for (let w = 0; w < width; w++) queues.words[at + w] = entry - w;
          model.push({ time, entry });
          model.sort((a, b) => a.time - b.time || a.entry - b.entry);
        } else if (model.length > 0) {
          const at = queues.shift(line);
          const { entry } = model.shift()!;
          for (let w = 0; w < width; w++) assert.equal(queues.words[at + w], entry - w);
        }
        models.forEach((model, other) => {
          assert.equal(queues.length(other), model.length);
          assert.equal(queues.nextUs[other], model[0]?.time ?? Infinity);
        });
      });
    }),
  );
});

test("TimedQueues.shift() refuses an empty queue", () => {
  const queues = new TimedQueues(2, 1);
  assert.equal(queues.nextUs[1], Infinity);
  assert.throws(() => queues.shift(1), RangeError);
  queues.words[queues.push(1, 5)] = 7;
  assert.equal(queues.words[queues.shift(1)], 7);
  assert.throws(() => queues.shift(1), RangeError);
});
