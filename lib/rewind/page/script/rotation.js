/** From one yaw to another by the shorter arc, in degrees. */
function shorterArc(from, to) {
  const rest = (to - from) % 360;
  if (rest > 180) return rest - 360;
  return rest <= -180 ? rest + 360 : rest;
}

/** Yaw at a part of the way from one to another, in degrees. */
export function yawBetween(from, to, part) {
  return from + shorterArc(from, to) * part;
}

/** The quaternion with length 1, which rounding took from it. */
export function unitRotation(rotation) {
  const length = Math.hypot(...rotation) || 1;
  return rotation.map((value) => value / length);
}

/** Unit quaternion at a part of the way from one to another, by the shorter way on the sphere. */
export function rotationBetween(from, to, part) {
  const dot = from.reduce((sum, value, i) => sum + value * to[i], 0);
  const angle = Math.acos(Math.min(1, Math.abs(dot)));
  const sin = Math.sin(angle);
  // Nearly the same: the chord is the arc.
  const a = sin > 1e-6 ? Math.sin((1 - part) * angle) / sin : 1 - part;
  const b = (sin > 1e-6 ? Math.sin(part * angle) / sin : part) * (dot < 0 ? -1 : 1);
  return unitRotation(from.map((value, i) => a * value + b * to[i]));
}

/**
 * A vector turned as a pose is: by its quaternion if it has one, else by its yaw about the up axis,
 * from the first of the two other axes to the second.
 */
export function turnedBy({ rotation, yaw }, up, [x, y, z]) {
  if (rotation) {
    const [qx, qy, qz, qw] = rotation;
    const [tx, ty, tz] = [
      2 * (qy * z - qz * y),
      2 * (qz * x - qx * z),
      2 * (qx * y - qy * x),
    ];
    return [
      x + qw * tx + qy * tz - qz * ty,
      y + qw * ty + qz * tx - qx * tz,
      z + qw * tz + qx * ty - qy * tx,
    ];
  }
  const turn = (yaw * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [a, b] = [(up + 1) % 3, (up + 2) % 3];
  const turned = [x, y, z];
  const [first, second] = [turned[a], turned[b]];
  turned[a] = first * cos - second * sin;
  turned[b] = first * sin + second * cos;
  return turned;
}
