import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field } from "../../core/state/schema.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { readHitModel } from "../shape/hit_model_json.ts";
import { emptyPose } from "../shape/pose.ts";
import { PoseHistory } from "./pose_history.ts";

const FIELDS: readonly Field[] = ["x", "y", "z", "clan"].map((name) => ({ name, type: "u64" }));
const LAYOUT = new SnapshotLayout({ kinds: [{ name: "player", fields: FIELDS }] });

test("PoseHistory reads bigints as the numbers they are, and compares those that are none by all digits", () => {
  const shapes = [{ shape: "sphere", center: [0, 0, 0], radius: 1 }];
  const model = readHitModel({ kinds: { player: { alive: "clan=76561198000000001", shapes } } });
  const entities = [76561198000000001n, 76561198000000002n].map((clan, id) => {
    return { id, kind: "player", fields: { x: 1n, y: 9007199254740991n, z: 0n, clan } };
  });
  const state = { frame: 0, timeMs: 0, entities };
  const [rows, objects] = [new PoseHistory(model), new PoseHistory(model)];
  rows.add(Snapshot.of(LAYOUT, state));
  objects.addFrame(state);
  for (const history of [rows, objects]) {
    const poses = [0, 1].map((i) => {
      const pose = emptyPose();
      history.readPose(0, i, pose);
      return [pose.x, pose.y, pose.z, pose.isAlive];
    });
    assert.deepEqual(poses, [[1, 9007199254740991, 0, true], [1, 9007199254740991, 0, false]]);
  }
});
