import { turnedBy } from "../rotation.js";
import { viewAxesOf } from "./view_axes.js";

/**
 * The three views: each takes a point of the world to a place in units from the ray's origin, x to
 * the right, y up.
 *
 * @param upAxis index of the axis that points up
 * @param orientation how the views lie in the world ({@link viewAxesOf})
 */
export function viewsOf(shot, upAxis, orientation = {}) {
  const { aim, side, top } = viewAxesOf(shot, upAxis, orientation);
  const [ox, oy, oz] = shot.origin;
  const project = ([u, v]) => (x, y, z) => [
    (x - ox) * u[0] + (y - oy) * u[1] + (z - oz) * u[2],
    (x - ox) * v[0] + (y - oy) * v[1] + (z - oz) * v[2],
  ];
  return { top: project(top), side: project(side), aim: project(aim) };
}

/**
 * Outline of a shape at a pose: a list of places, closed.
 *
 * @param upAxis index of the axis that points up
 */
export function outlineOf(shape, pose, upAxis, project) {
  const place = (x, y, z) => {
    const [dx, dy, dz] = shape.turns ? turnedBy(pose, upAxis, [x, y, z]) : [x, y, z];
    return project(pose.x + dx, pose.y + dy, pose.z + dz);
  };
  if (shape.shape === "sphere") return circle(place(...shape.center), shape.radius);
  if (shape.shape === "capsule") {
    const ends = [place(...shape.from), place(...shape.to)];
    return hull(ends.flatMap((end) => circle(end, shape.radius)));
  }
  const { min, max } = shape;
  const corners = [];
  for (const x of [min[0], max[0]]) {
    for (const y of [min[1], max[1]]) {
      for (const z of [min[2], max[2]]) corners.push(place(x, y, z));
    }
  }
  return hull(corners);
}

const POINTS = 32;

function circle([x, y], radius) {
  return Array.from({ length: POINTS }, (_, i) => {
    const angle = (i * 2 * Math.PI) / POINTS;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
}

/** Convex hull (monotone chain). */
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1 && turnOf(chain.at(-2), chain.at(-1), p) <= 0) chain.pop();
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turnOf(a, b, c) {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
