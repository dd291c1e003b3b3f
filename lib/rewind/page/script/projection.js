import { turnedBy } from "./rotation.js";

/** Axes of a shot: along the ray, to its left, and up, each a unit vector. */
function axesOf({ direction }, upAxis) {
  const [a, b] = [(upAxis + 1) % 3, (upAxis + 2) % 3];
  const vector = (first, second, third) => {
    const axes = [0, 0, 0];
    [axes[a], axes[b], axes[upAxis]] = [first, second, third];
    return axes;
  };
  const flat = Math.hypot(direction[a], direction[b]);
  const [first, second] = flat < 1e-6 ? [1, 0] : [direction[a] / flat, direction[b] / flat];
  const left = vector(0 - second, first, 0);
  const above = cross(left, direction);
  // Seen along the ray, up is at right angles to it, on the sky's side.
  const sign = above[upAxis] < 0 ? -1 : 1;
  return {
    ahead: vector(first, second, 0),
    left,
    up: vector(0, 0, 1),
    above: above.map((value) => value * sign),
  };
}

function cross([ax, ay, az], [bx, by, bz]) {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

/**
 * The three views: each takes a point of the world to a place in units, x to the right, y up.
 *
 * @param upAxis index of the axis that points up
 */
export function viewsOf(shot, upAxis) {
  const { above, ahead, left, up } = axesOf(shot, upAxis);
  const [ox, oy, oz] = shot.origin;
  const project = (u, v) => (x, y, z) => [
    (x - ox) * u[0] + (y - oy) * u[1] + (z - oz) * u[2],
    (x - ox) * v[0] + (y - oy) * v[1] + (z - oz) * v[2],
  ];
  const right = left.map((value) => -value);
  return { top: project(ahead, left), side: project(ahead, up), aim: project(right, above) };
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
