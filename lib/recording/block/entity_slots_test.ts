import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type EntitySlot, EntitySlots } from "./entity_slots.ts";

test("EntitySlots.add() gives an id one slot, whatever the order of frames, and refuses it twice", () => {
  const id = fc.integer({ min: 0, max: 12 });
  const frame = fc.record({ ids: fc.array(id), isCommitted: fc.boolean() });
  fc.assert(fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
    const slots = new EntitySlots();
    const known = new Map<number, EntitySlot>();
    for (const { ids, isCommitted } of frames) {
      slots.begin();
      const inFrame: number[] = [];
      for (const id of ids) {
        const slot = slots.add(id);
        assert.equal(slot === undefined, inFrame.includes(id));
        if (slot === undefined) continue;
        inFrame.push(id);
        assert.equal(slot.id, id);
        assert.equal(slot, known.get(id) ?? slot);
        known.set(id, slot);
      }
      assert.deepEqual(slots.staged.slice(0, slots.count).map((slot) => slot.id), inFrame);
      if (isCommitted) slots.commit();
    }
  }));
});
