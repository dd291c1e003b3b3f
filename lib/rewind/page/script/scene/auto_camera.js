import { gatherFocus } from "./gather.js";
import { alongRay, boxOf, outlinesOf } from "./outlines.js";

/**
 * The box, in units of a view, that shows the ray, whom the shot is about, and where policies had
 * him. It is the same whatever is scrubbed to.
 */
export function focusBox(shot, view, project) {
  const { places, poses, shooter } = gatherFocus(shot);
  const outlines = poses.flatMap((pose) => outlinesOf(pose, project));
  const seen = [...poses, ...places].map(({ x, y, z }) => project(x, y, z));
  const ray = view === "aim"
    ? [[0, 0]]
    : rayEnds(shot, [...poses, ...places]).map((place) => project(...place));
  const least = leastSpan(outlines, shot);
  const body = view === "aim" ? [] : bodyAtOrigin(shooter, project, least);
  return widened(boxOf([...outlines.flat(), ...seen, ...ray, ...body]), least);
}

/** Both ends of what is shown of a ray, which goes on behind the last target. */
function rayEnds(shot, points) {
  const { direction, lengthUnits, origin } = shot;
  const far = points.map(({ x, y, z }) =>
    (x - origin[0]) * direction[0] + (y - origin[1]) * direction[1] + (z - origin[2]) * direction[2]
  );
  const away = points.map(({ x, y, z }) => Math.hypot(x - origin[0], y - origin[1], z - origin[2]));
  // Of a ray that leads away from its target a part says where it leads.
  const reach = Math.max(Math.max(...far, 0) * 1.12, Math.max(...away, 0) * 0.4);
  return [origin, alongRay(shot, reach > 0 ? Math.min(reach, lengthUnits) : lengthUnits)];
}

/** Outline of a shooter who stands where his ray begins, as he does unless his eye is elsewhere. */
function bodyAtOrigin(shooter, project, near) {
  if (shooter === undefined) return [];
  const places = outlinesOf(shooter, project).flat();
  return places.every(([u, v]) => Math.hypot(u, v) < 2 * near) ? places : [];
}

/** Half as much again as the largest body; of no body a twentieth of the ray. */
function leastSpan(outlines, { lengthUnits }) {
  const sides = outlines.map(boxOf).map(({ high, left, low, right }) =>
    Math.max(right - left, high - low)
  );
  return Math.max(...sides, 0) * 1.5 || lengthUnits / 20 || 1;
}

function widened({ high, left, low, right }, least) {
  const half = (from, to) => Math.max((to - from) / 2, least / 2);
  const [middleX, middleY] = [(left + right) / 2, (low + high) / 2];
  return {
    left: middleX - half(left, right),
    right: middleX + half(left, right),
    low: middleY - half(low, high),
    high: middleY + half(low, high),
  };
}
