import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FrameQueue } from "./frame_queue.ts";

test("FrameQueue agrees with an array under random pushes, shifts and takes, across 2^32", () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ op: fc.constant("push" as const), by: fc.nat(40) }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constant("shift" as const), by: fc.constant(0) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant("take" as const), by: fc.nat(40) }) },
  );
  fc.assert(fc.property(
    fc.array(step, { maxLength: 120 }),
    fc.constantFrom(0, 7, 4294967200, 4294967295),
    (steps, start) => {
      const queue = new FrameQueue<string>();
      const model: { frame: number; item: string | undefined }[] = [];
      let frame = start;
      for (const { op, by } of steps) {
        if (op === "push") {
          frame += 1 + by;
          const item = by % 5 === 0 ? undefined : `item of ${frame}`;
          queue.push(frame >>> 0, item);
          model.push({ frame, item });
        } else if (model.length === 0) continue;
        else if (op === "shift") assert.equal(queue.shift(), model.shift()!.item);
        else {
          const index = by % model.length;
          assert.equal(queue.take(index), model[index]!.item);
          model[index]!.item = undefined;
        }
        assert.equal(queue.count, model.length);
        model.forEach(({ frame, item }, i) => {
          assert.equal(queue.frameAt(i), frame >>> 0);
          assert.equal(queue.itemAt(i), item);
        });
        for (let f = frame - 45; f < frame + 3; f++) {
          assert.equal(queue.indexOf(f >>> 0), model.findIndex((entry) => entry.frame === f));
        }
      }
    },
  ));
});
