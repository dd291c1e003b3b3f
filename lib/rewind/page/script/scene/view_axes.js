/**
 * The axes of each view as unit vectors of the world: to the right, up, and towards who looks.
 *
 * Level axes follow the ray, or, in the world's own orientation, the first of them points to the
 * right. A left-handed world is the mirror image of a right-handed one: what its coordinates call a
 * turn to the left is one to the right.
 *
 * @param up index of the axis that points up
 */
export function viewAxesOf({ direction }, up, { isLeftHanded = false, isWorld = false } = {}) {
  const along = aheadAndLeft(direction, up);
  const level = isWorld ? worldLevel(up) : along;
  const sky = unit(up);
  const hand = isLeftHanded ? -1 : 1;
  const beyond = times(level.left, hand);
  const right = times(along.left, -hand);
  return {
    top: [level.ahead, beyond, sky],
    side: [level.ahead, sky, times(beyond, -1)],
    // Seen along the ray, up is at right angles to it, on the sky's side.
    aim: [right, cross(direction, along.left), times(direction, -1)],
  };
}

/** Level directions along a ray and to its left, by the right-hand rule about the up axis. */
function aheadAndLeft(direction, up) {
  const [a, b] = [(up + 1) % 3, (up + 2) % 3];
  const flat = Math.hypot(direction[a], direction[b]);
  // A ray straight up or down is level nowhere: any axis will do.
  const [first, second] = flat < 1e-6 ? [1, 0] : [direction[a] / flat, direction[b] / flat];
  const ahead = [0, 0, 0];
  const left = [0, 0, 0];
  [ahead[a], ahead[b]] = [first, second];
  [left[a], left[b]] = [-second, first];
  return { ahead, left };
}

function worldLevel(up) {
  const ahead = unit(up === 0 ? 1 : 0);
  return { ahead, left: cross(unit(up), ahead) };
}

function unit(axis) {
  return [0, 1, 2].map((k) => (k === axis ? 1 : 0));
}

function times(vector, factor) {
  return vector.map((value) => value * factor);
}

function cross([ax, ay, az], [bx, by, bz]) {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}
