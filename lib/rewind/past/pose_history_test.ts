import assert from "node:assert/strict";
import { test } from "node:test";
import type { StateFrame } from "../../core/state/state.ts";
import { emptyPose } from "../shape/pose.ts";
import { readHitModel } from "../shape/hit_model_json.ts";
import { PoseHistory } from "./pose_history.ts";

const ROTATION = ["a", "b", "c", "d"];

/** A kind with a rotation or none, whose sphere reads so many fields. */
function modelOf(isRotated: boolean, numbers: number) {
  const shapes = Array.from({ length: Math.ceil(numbers / 4) }, (_, s) => {
    const names = [0, 1, 2, 3].map((i) => s * 4 + i < numbers ? `n${s * 4 + i}` : 0);
    return { shape: "sphere", center: names.slice(0, 3), radius: names[3] };
  });
  const rotation = isRotated ? { rotation: ROTATION } : {};
  return readHitModel({ kinds: { ship: { ...rotation, shapes } } });
}

test("PoseHistory.readPose() gives back every row of a model of any width, at any length", () => {
  for (const isRotated of [false, true]) {
    for (const numbers of [0, 1, 4, 5, 9, 40]) {
      const history = new PoseHistory(modelOf(isRotated, numbers));
      const valueOf = (frame: number, id: number, field: number) => frame * 1e6 + id * 1e3 + field;
      for (let frame = 0; frame < 70; frame++) {
        const entities = Array.from({ length: 11 }, (_, id) => {
          const names = [
            "x",
            "y",
            "z",
            ...ROTATION,
            ...Array.from({ length: 40 }, (_, i) => `n${i}`),
          ];
          const fields = Object.fromEntries(names.map((name, i) => [name, valueOf(frame, id, i)]));
          return { id, kind: "ship", fields };
        });
        history.addFrame({ frame, timeMs: frame, entities } as StateFrame);
      }
      const pose = emptyPose();
      for (let frame = 0; frame < 70; frame++) {
        for (let id = 0; id < 11; id++) {
          history.readPose(frame, id, pose);
          const expected = [0, 1, 2].map((i) => valueOf(frame, id, i));
          assert.deepEqual([pose.x, pose.y, pose.z], expected);
          const used = Array.from({ length: numbers }, (_, i) => valueOf(frame, id, 7 + i));
          assert.deepEqual([...pose.numbers].filter((value) => value !== 0), used);
        }
      }
    }
  }
});
