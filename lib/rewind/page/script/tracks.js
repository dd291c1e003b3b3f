import { rotationBetween, unitRotation, yawBetween } from "./rotation.js";
import { shapesBetween } from "./shapes.js";

/** A track of a page with its differences summed up. */
export function unpackTrack(track, page) {
  const { kinds, poses, shapeLists } = page;
  const { jumps, kind, rotation, shapes, x, y, yaw, z } = track;
  return {
    ...track,
    x: summed(x, poses.quantum),
    y: summed(y, poses.quantum),
    z: summed(z, poses.quantum),
    yaw: yaw && summed(yaw, 0.1),
    rotation: rotation?.map((axis) => summed(axis, 1e-4)),
    jumps: new Set(jumps),
    shapes: shapes === undefined
      ? Array(x.length).fill(kinds[kind].shapes)
      : spread(shapes, shapeLists, x.length),
  };
}

function summed(steps, unit) {
  let sum = 0;
  return Float64Array.from(steps, (step) => (sum += step) * unit);
}

/** The list of shapes of each frame. */
function spread(changes, lists, length) {
  const spreadOut = Array(length).fill([]);
  for (let i = 0; i < changes.length; i += 2) spreadOut.fill(lists[changes[i + 1]], changes[i]);
  return spreadOut;
}

/** Pose at a frame of a track; it `goesOn` when it moves on to that of the next. */
export function rowOf({ flips, id, jumps, kind, rotation, shapes, x, y, yaw, z }, i) {
  return {
    ...{ id, kind, x: x[i], y: y[i], z: z[i], yaw: yaw === undefined ? 0 : yaw[i] },
    rotation: rotation && unitRotation(rotation.map((axis) => axis[i])),
    isAlive: flips.filter((at) => at <= i).length % 2 === 0,
    shapes: shapes[i],
    goesOn: i + 1 < x.length && !jumps.has(i),
  };
}

/** Pose of a track at a part of the way from a frame to the next, whole. */
export function poseOnTrack(track, i, part) {
  const from = rowOf(track, i);
  if (!from.goesOn || !(part > 0)) return from;
  const to = rowOf(track, i + 1);
  return {
    ...from,
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
    z: from.z + (to.z - from.z) * part,
    yaw: yawBetween(from.yaw, to.yaw, part),
    rotation: from.rotation && rotationBetween(from.rotation, to.rotation, part),
    // The dead do not duck.
    shapes: to.isAlive ? shapesBetween(from.shapes, to.shapes, part) : from.shapes,
  };
}
