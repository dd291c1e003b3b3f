import type { Field, Kind } from "../state/schema.ts";
import { type AxisGroup, axisGroups } from "./axis_groups.ts";
import { isElsewhere, isRate, nameParts, NO_PLACE, NOT_ITSELF, PLACE } from "./field_words.ts";

/** Which fields of a kind say where and how turned an entity is, found by their names. */
export interface PoseFields {
  /** Indexes of the coordinates, two or three as found and as many as were named; undefined for none. */
  readonly position: readonly number[] | undefined;
  /** Quaternions, in order of their first field. */
  readonly rotations: readonly RotationFields[];
  /** Fields that are angles. */
  readonly angles: readonly AngleField[];
}

/** Fields of a quaternion. */
export interface RotationFields {
  /** What stands before the axes, without what parts the two. */
  readonly stem: string;
  /** Indexes of x, y, z and w. */
  readonly fields: readonly [x: number, y: number, z: number, w: number];
}

/** A field that is an angle. */
export interface AngleField {
  /** Index in the kind. */
  readonly field: number;
  /** Unit that the name says; undefined where it says none. */
  readonly unit: "deg" | "rad" | undefined;
}

/**
 * Finds position, rotation and angles of a kind by the names of its fields; only numbers count,
 * `u64` not among them.
 *
 * A position is `x`, `y` and `z`, two of them with `x`, or such axes after a stem that names a place,
 * as `pos.x`, `position.0`, `transform.x`, `pX`. Velocities, directions and scales are none, and where
 * an entity was, or is to be, only where nothing else is. Without any, it is x, y and z after the only
 * other stem, as `car.x`, unless that is one letter or says what else it is. A rotation is four axes
 * after a stem that names one, as `rot.x` to `rot.w` or `qx` to `qw`; what is left of
 * rotations, and yaw, pitch, heading and the like, are angles.
 *
 * @param position names of the coordinates where they are known; a kind that lacks one has its own
 */
export function poseFields({ fields }: Kind, position: readonly string[] = []): PoseFields {
  const names = fields.map((field) => isNumber(field) ? field.name : undefined);
  const groups = axisGroups(names);
  const rotations = groups.filter(isQuaternion)
    .map(({ stem, fields }) => ({ stem: stem.replace(/[._]$/, ""), fields }));
  const named = position.map((name) => names.indexOf(name));
  const isNamed = named.length > 0 && !named.includes(-1);
  const place = isNamed ? named : foundPosition(groups);
  const taken = new Set([...place ?? [], ...rotations.flatMap((rotation) => rotation.fields)]);
  const angles = names.flatMap((name, field) => {
    if (name === undefined || taken.has(field)) return [];
    const parts = nameParts(name);
    return isAngle(parts) ? [{ field, unit: unitOf(parts) }] : [];
  });
  return { position: place, rotations, angles };
}

/** True for a field of numbers. */
export function isNumber({ type }: Field): boolean {
  return !["bool", "u64", "enum", "text"].includes(type);
}

function foundPosition(groups: readonly AxisGroup[]): readonly number[] | undefined {
  const places = groups.filter(({ stem }) => PLACE.test(stem) && !NO_PLACE.test(stem));
  const best = groups.find(({ stem }) => stem === "") ??
    groups.find(({ stem }) => /^(p|org)[._]?$/i.test(stem)) ??
    places.find(({ stem }) => !isElsewhere(nameParts(stem))) ?? places[0] ??
    onlyOf(groups.filter(isOfItself));
  return best?.fields.slice(0, 3).filter((field) => field >= 0);
}

/** True for axes of a thing that is called by no more than its name, such as `car.x`. */
function isOfItself({ stem, isCounted, fields }: AxisGroup): boolean {
  const parts = nameParts(stem);
  return !isCounted && fields[3] < 0 && parts.join("").length > 1 && !NO_PLACE.test(stem) &&
    !isRate(parts) && !parts.some((part) => NOT_ITSELF.has(part));
}

function onlyOf<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

const ROTATION = /^(rot|rotation|rotations|quat|quaternion|orient|orientation|attitude|q|ori)$/;

function isQuaternion({ stem, fields }: AxisGroup): boolean {
  const parts = nameParts(stem);
  return !fields.includes(-1) && !isRate(parts) && parts.some((part) => ROTATION.test(part));
}

const ANGLES: ReadonlySet<string> = new Set([
  ...["yaw", "pitch", "roll", "heading", "angle", "angles", "facing", "azimuth", "bearing"],
  ...["euler", "rotation", "rot", "orientation"],
]);

function isAngle(parts: readonly string[]): boolean {
  return !isRate(parts) &&
    parts.some((part) => ANGLES.has(part) || /(yaw|pitch|heading|azimuth)$/.test(part));
}

function unitOf(parts: readonly string[]): AngleField["unit"] {
  if (parts.some((part) => /^(rad|rads|radian|radians)$/.test(part))) return "rad";
  return parts.some((part) => /^(deg|degs|degree|degrees)$/.test(part)) ? "deg" : undefined;
}
