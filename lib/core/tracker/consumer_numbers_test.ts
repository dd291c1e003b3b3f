import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ConsumerNumbers } from "./consumer_numbers.ts";
import type { ConsumerId } from "./tracker_options.ts";

test("ConsumerNumbers gives each consumer a number of its own, and again those of removed ones", () => {
  const ids: readonly ConsumerId[] = [0, 1, 15, 16, 40, 131071, 131072, 2 ** 32, -1, 1.5, "1", 1n];
  fc.assert(fc.property(fc.array(fc.constantFrom(...ids), { maxLength: 60 }), (chosen) => {
    const numbers = new ConsumerNumbers<ConsumerId>();
    const model = new Map<ConsumerId, number>();
    let most = 0;
    for (const id of chosen) {
      // Who is there leaves, who is not comes.
      if (model.delete(id)) numbers.delete(id);
      else model.set(id, numbers.add(id));
      most = Math.max(most, model.size);
      for (const known of ids) assert.equal(numbers.find(known), model.get(known) ?? -1);
      assert.equal(new Set(model.values()).size, model.size);
      assert.ok([...model.values()].every((number) => number >= 0 && number < most));
    }
  }));
});
