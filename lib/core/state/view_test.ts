import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RandomWorld, WORLD_LAYOUT } from "./random_world_test_helper.ts";
import { Snapshot } from "./snapshot.ts";
import { SnapshotLayout } from "./snapshot_layout.ts";
import type { EntityState } from "./state.ts";
import { WorldTracker } from "../tracker/world_tracker.ts";

const snapshotOf = (frame: number, entities: readonly EntityState[]) =>
  Snapshot.of(WORLD_LAYOUT, { frame, timeMs: frame * 16, entities });
const mover = (id: number, x: number, y = 0): EntityState => ({
  id,
  kind: "mover",
  fields: { x, y },
});
const mark = (id: number): EntityState => ({ id, kind: "mark", fields: {} });

/** A tracker that shares rows, as it does once it has given out a view. */
function sharingTracker(): WorldTracker {
  const tracker = new WorldTracker(WORLD_LAYOUT, "mask");
  tracker.view();
  return tracker;
}

describe("WorldTracker.begin()", () => {
  test("keeps the row of an entity as long as nothing changes, and no longer", () => {
    const tracker = sharingTracker();
    const rowsOf = (frame: number, ...entities: EntityState[]) => {
      const { rows, count } = tracker.begin(snapshotOf(frame, entities));
      return [...rows.subarray(0, count)];
    };
    const first = rowsOf(1, mover(1, 5), mover(2, 5), mark(3));
    const second = rowsOf(2, mover(1, 5), mover(2, 6), mover(3, 0));
    assert.equal(second[0], first[0]);
    assert.notEqual(second[1], first[1]);
    assert.notEqual(second[2], first[2]);
    assert.deepEqual(rowsOf(3, mover(2, 6)), [second[1]]);
    const fourth = rowsOf(4, mover(1, 5), mover(2, 6));
    assert.equal(fourth[1], second[1]);
  });

  test("tells -0 from 0, and a NaN not from itself", () => {
    const tracker = sharingTracker();
    const [zero, minusZero, nan, sameNan] = [0, -0, NaN, NaN].map((y, i) =>
      tracker.begin(snapshotOf(i, [mover(1, 0, y)])).rows[0]
    );
    assert.notEqual(zero, minusZero);
    assert.notEqual(minusZero, nan);
    assert.equal(nan, sameNan);
  });

  test("copies the snapshot, whether rows are shared or not, and says which frame it is", () => {
    for (const isSharing of [false, true]) {
      const tracker = new WorldTracker(WORLD_LAYOUT, "varint");
      assert.throws(() => tracker.world, /no frame yet/);
      if (isSharing) tracker.view();
      const world = new RandomWorld(5);
      const live = new Snapshot(WORLD_LAYOUT);
      for (let frame = 1; frame <= 200; frame++) {
        const truth = world.step(frame);
        const view = tracker.begin(live.copy(truth));
        live.words.fill(99);
        live.clear(0, 0);
        assert.equal(tracker.world, view);
        assert.equal(tracker.frame, frame);
        assert.equal(view.toSnapshot(frame, 0).equals(truth), true);
      }
      for (const frame of [-1, 0.5, NaN, 4294967296]) {
        assert.throws(() => tracker.begin(live.clear(frame, 0)), RangeError);
      }
    }
  });

  test("refuses texts of another layout, whose numbers mean other texts", () => {
    const schema = { kinds: [{ name: "k", fields: [{ name: "t", type: "text" as const }] }] };
    const layout = new SnapshotLayout(schema);
    const tracker = new WorldTracker(layout, "mask");
    tracker.begin(new Snapshot(layout));
    assert.throws(() => tracker.begin(new Snapshot(new SnapshotLayout(schema))), /another layout/);
  });
});

describe("View", () => {
  test("shows entities in ascending order of id, all of one tracker", () => {
    const tracker = sharingTracker();
    const world = tracker.begin(snapshotOf(7, [mover(1, 5), mark(2), mover(9, 6)]));
    const view = tracker.view().show(world, 0).show(world, 2);
    const shown = view.toSnapshot(3, 40).toFrame();
    assert.deepEqual(shown, { frame: 3, timeMs: 40, entities: [mover(1, 5), mover(9, 6)] });
    assert.deepEqual([view.find(1), view.find(2), view.find(9)], [0, -1, 1]);
    assert.throws(() => view.show(world, 1), /ids must ascend/);
    assert.throws(() => view.show(world, 2), /ids must ascend/);
    assert.throws(() => sharingTracker().view().show(world, 0), /share no rows/);
    const other = sharingTracker();
    other.begin(snapshotOf(7, [mover(1, 5)]));
    assert.throws(() => tracker.append("a", other.view().show(other.world, 0)), RangeError);
    assert.throws(() => tracker.append("a", other.view()), RangeError);
  });

  test("is refused once its frame is over, cleared it may be filled again", () => {
    const tracker = sharingTracker();
    tracker.begin(snapshotOf(1, [mover(1, 5)]));
    const view = tracker.view().show(tracker.world, 0);
    tracker.append("a", view);
    tracker.begin(snapshotOf(2, [mover(1, 6), mover(2, 6)]));
    assert.throws(() => tracker.append("a", view), /view is of frame 1/);
    assert.throws(() => tracker.preview("a", view), /view is of frame 1/);
    view.clear(0, 0).show(tracker.world, 1);
    const { state } = tracker.appendPacket("a", view);
    assert.deepEqual(state!.toSnapshot(2, 0).toFrame().entities, [mover(2, 6)]);
    // The packet's view is a copy: the one that was given may change.
    view.clear(0, 0);
    assert.equal(state!.count, 1);
  });
});
