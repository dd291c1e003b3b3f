import { page } from "../poses.js";
import { outlineOf } from "./projection.js";

/** Outlines of a pose's shapes in a view, each a list of places; none for a pose without shapes. */
export function outlinesOf(pose, project) {
  return pose.shapes.filter((shape) => shape !== null)
    .map((shape) => outlineOf(shape, pose, page.up, project));
}

/** Smallest box, sides along the view, around places; its sides are infinite without any. */
export function boxOf(places) {
  const box = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
  for (const [u, v] of places) {
    box.left = Math.min(box.left, u);
    box.right = Math.max(box.right, u);
    box.low = Math.min(box.low, v);
    box.high = Math.max(box.high, v);
  }
  return box;
}

/** Box around a pose in a view. */
export function poseBox(pose, project) {
  const outlines = outlinesOf(pose, project);
  return boxOf(outlines.length === 0 ? [project(pose.x, pose.y, pose.z)] : outlines.flat());
}

/** A place on the ray of a shot. */
export function alongRay({ direction, origin }, units) {
  return origin.map((value, k) => value + direction[k] * units);
}
