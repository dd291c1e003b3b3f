import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameObjects } from "./frame_objects.ts";
import { RandomWorld, WORLD_LAYOUT } from "./random_world_test_helper.ts";
import { Snapshot } from "./snapshot.ts";
import type { EntityState } from "./state.ts";

test("FrameObjects.next() gives the same object exactly while nothing of a state changes", () => {
  const objects = new FrameObjects(WORLD_LAYOUT);
  const world = new RandomWorld(4);
  // One snapshot for all frames, as readers use it.
  const snapshot = new Snapshot(WORLD_LAYOUT);
  let before: readonly EntityState[] = [];
  const counts = { same: 0, changed: 0 };
  for (let frame = 0; frame < 300; frame++) {
    const truth = world.step(frame);
    const { entities, ...rest } = objects.next(snapshot.copy(truth));
    assert.deepEqual({ ...rest, entities }, truth.toFrame());
    for (const entity of entities) {
      const old = before.find(({ id }) => id === entity.id);
      if (old === undefined) continue;
      // Values of these worlds are told apart by their text: -0 by its sign, NaN from nothing.
      const text = (state: EntityState) =>
        JSON.stringify([state.kind, Object.entries(state.fields).map(([k, v]) => [k, sign(v)])]);
      assert.equal(old === entity, text(old) === text(entity), `frame ${frame}`);
      if (old === entity) counts.same++;
      else counts.changed++;
    }
    before = entities;
    snapshot.words.fill(-1);
  }
  assert.ok(counts.same > 300 && counts.changed > 100, JSON.stringify(counts));
});

const sign = (value: unknown) => Object.is(value, -0) ? "-0" : String(value);
