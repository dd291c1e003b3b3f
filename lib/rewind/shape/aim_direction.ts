import { cosDegrees, sinDegrees } from "../../core/geometry/angle.ts";
import type { Vector } from "./vector.ts";

/**
 * Unit vector of aim angles by Quake's convention: yaw by the right-hand rule about the up axis,
 * pitch positive downwards.
 *
 * @param pitchDegrees -90 looks straight up, 90 straight down
 * @param yawDegrees where z is up 0 looks along +x and 90 along +y; where y is up 0 looks along +z
 *   and 90 along +x, as in Unity; where x is up along +y and +z
 * @param up index of the up axis; default 2, z
 */
export function aimDirection(pitchDegrees: number, yawDegrees: number, up: number = 2): Vector {
  const cosPitch = cosDegrees(pitchDegrees);
  const out: [number, number, number] = [0, 0, 0];
  out[(up + 1) % 3] = cosPitch * cosDegrees(yawDegrees);
  out[(up + 2) % 3] = cosPitch * sinDegrees(yawDegrees);
  out[up] = 0 - sinDegrees(pitchDegrees);
  return out;
}
