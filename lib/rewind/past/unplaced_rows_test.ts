import assert from "node:assert/strict";
import { test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { EntityState } from "../../core/state/state.ts";
import { parseHitModel } from "../shape/hit_model.ts";
import { PoseHistory } from "./pose_history.ts";

const FIELDS = ["x", "y", "z"].map((name) => ({
  ...{ name, type: "f32" as const },
  optional: true,
}));
const LAYOUT = new SnapshotLayout({ kinds: [{ name: "player", fields: FIELDS }] });
const MODEL = parseHitModel(["player=sphere:16"]);

function player(id: number, fields: EntityState["fields"]): EntityState {
  return { id, kind: "player", fields };
}

/** Entities that are somewhere in each frame, of snapshots and of objects. */
function placed(frames: readonly (readonly EntityState[])[]): number[][][] {
  const [snapshots, objects] = [new PoseHistory(MODEL), new PoseHistory(MODEL)];
  frames.forEach((entities, frame) => {
    const state = { frame, timeMs: frame * 20, entities };
    snapshots.add(Snapshot.of(LAYOUT, state));
    objects.addFrame(state);
  });
  assert.deepEqual([...snapshots.unplaced], [...objects.unplaced]);
  return [snapshots, objects].map((history) =>
    frames.map((_, i) => Array.from({ length: history.countAt(i) }, (_, k) => history.idAt(i, k)))
  );
}

test("PoseHistory: a row without a place is nowhere, and no error", () => {
  const at = { x: 1, y: 2, z: 3 };
  const frames = [
    [player(1, at), player(2, at)],
    [player(1, {}), player(2, at)],
    // A world with heights has none at 0 for want of one.
    [player(1, { x: 1, y: 2 }), player(2, at)],
    [player(1, at), player(2, { y: 2, z: 3 })],
  ];
  const expected = [[1, 2], [2], [2], [1]];
  assert.deepEqual(placed(frames), [expected, expected]);
});

test("PoseHistory.unplaced counts rows by kind", () => {
  const history = new PoseHistory(MODEL);
  const entities = [player(1, { x: 1, y: 2, z: 3 }), player(2, {}), player(3, {})];
  history.add(Snapshot.of(LAYOUT, { frame: 0, timeMs: 0, entities }));
  assert.deepEqual([...history.unplaced], [["player", 2]]);
  assert.equal(history.lastIndexOf(2, 0), 0);
});
