// Helper of the tests beside this file: worlds whose targets turn, duck, teleport and take sides.
import type { EntityState } from "../../core/state/state.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { readHitModel } from "../shape/hit_model_json.ts";
import { PoseHistory } from "../past/pose_history.ts";

/** Fields of an entity at an index; undefined when it is not there. */
export type Fields = (index: number) => EntityState["fields"] | undefined;

/** History of players with a frame at each time, of a server that makes one every 20 ms. */
export function makePosed(
  model: HitModel,
  timesMs: readonly number[],
  players: Readonly<Record<number, Fields>>,
): PoseHistory {
  const history = new PoseHistory(model);
  timesMs.forEach((timeMs, index) => {
    const entities = Object.entries(players).flatMap(([id, fieldsOf]): EntityState[] => {
      const fields = fieldsOf(index);
      return fields === undefined ? [] : [{ id: Number(id), kind: "player", fields }];
    });
    history.addFrame({ frame: timeMs / 20, timeMs, entities });
  });
  return history;
}

/** Times of so many frames, 20 ms apart. */
export function every20Ms(frames: number): number[] {
  return Array.from({ length: frames }, (_, frame) => frame * 20);
}

function modelOf(player: Readonly<Record<string, unknown>>, up: "y" | "z" = "z"): HitModel {
  return readHitModel({ up, kinds: { player } });
}

/** A plank that reaches 10 units ahead, turned by a yaw. */
export const PLANK: HitModel = modelOf({
  yaw: { field: "yaw" },
  shapes: [{ shape: "box", min: [0, -1, 0], max: [10, 1, 2] }],
});

/** A ball 10 units ahead, turned by a quaternion. */
export const ORBITER: HitModel = modelOf({
  rotation: ["qx", "qy", "qz", "qw"],
  shapes: [{ shape: "sphere", center: [10, 0, 0], radius: 1 }],
});

/** A box of 32 units above its position that ducks to 4. */
export const DUCKER: HitModel = modelOf({
  shapes: [
    { shape: "box", min: [-16, -16, -24], max: [16, 16, 32], when: "duck=0" },
    { shape: "box", min: [-16, -16, -24], max: [16, 16, 4], when: "duck=1" },
  ],
});

/** A box as high as a field says. */
export const STRETCHER: HitModel = modelOf({
  shapes: [{ shape: "box", min: [-16, -16, 0], max: [16, 16, "height"] }],
});

/** A ball that only the other team can hit. */
export const TEAMMATE: HitModel = modelOf({
  alive: "team!=shooter.team",
  shapes: [{ shape: "sphere", radius: 16 }],
});

/** A body that turns and ducks under a head, where y is up and z ahead. */
export const STANDING_Y: HitModel = modelOf({
  yaw: { field: "yaw" },
  shapes: [
    { shape: "box", name: "body", min: [-4, 0, -12], max: [4, 40, 12], when: "duck=0" },
    { shape: "box", name: "body", min: [-4, 0, -12], max: [4, 20, 12], when: "duck=1" },
    { shape: "sphere", name: "head", center: [0, 46, 0], radius: 6, when: "duck=0" },
  ],
}, "y");

/** The same where z is up and x ahead. */
export const STANDING_Z: HitModel = modelOf({
  yaw: { field: "yaw" },
  shapes: [
    { shape: "box", name: "body", min: [-12, -4, 0], max: [12, 4, 40], when: "duck=0" },
    { shape: "box", name: "body", min: [-12, -4, 0], max: [12, 4, 20], when: "duck=1" },
    { shape: "sphere", name: "head", center: [0, 0, 46], radius: 6, when: "duck=0" },
  ],
});
