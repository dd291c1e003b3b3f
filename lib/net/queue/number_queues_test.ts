import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NumberQueues } from "./number_queues.ts";

test("NumberQueues agrees with arrays", () => {
  const step = fc.tuple(fc.nat(2), fc.oneof(fc.integer(), fc.integer(), fc.constant("shift")));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const queues = new NumberQueues(3);
      const models: number[][] = [[], [], []];
      for (const [line, value] of steps) {
        const model = models[line]!;
        if (typeof value === "number") {
          queues.push(line, value);
          model.push(value);
        } else if (model.length > 0) assert.equal(queues.shift(line), model.shift());
        models.forEach((model, other) => {
          const all = model.map((_, index) => queues.at(other, index));
          assert.deepEqual(all, model);
          if (model.length > 0) assert.equal(queues.first(other), model[0]);
          assert.equal(queues.last(other), model.at(-1) ?? -1);
          assert.equal(queues.length(other), model.length);
        });
      }
    }),
  );
});
