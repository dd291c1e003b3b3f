// Hit intervals and verdicts against brute force. Poses and hits are made a second time here, and
// naively: rotation matrices from Math.sin, slerp from Math.acos, the slab test for thin rays and
// boxes, and for all else the nearest point of the ray by ternary search.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyDecision, goBackMs } from "../policy/decision.ts";
import { hitIntervals } from "./hit_intervals.ts";
import { readHitModel } from "../shape/hit_model_json.ts";
import { emptyVerdict } from "./verdict.ts";
import { Judge } from "./judge.ts";
import { planOf } from "../shape/model_plan.ts";
import { TargetPoses } from "./target_poses.ts";
import { type Moment, momentOf } from "../policy/moment.ts";
import type { PoseRules } from "../policy/policy.ts";
import { PoseHistory } from "../past/pose_history.ts";
import { type Ray, rayBetween } from "../shape/ray.ts";
import type { Shot } from "../shot/shot.ts";

const SLOW = { timeout: 120_000 };

const WORLDS = 50;
const SHOTS = 10;
const FRAMES = 24;
const MAX_MS = 150;
const STEP_MS = 0.25;
/** Milliseconds, or units, within which rounding may decide. */
const ROUNDING = 1e-6;

// ------------------------------------------------------------------ numbers

/** Numbers from 0 up to 1, the same on every runtime (Numerical Recipes' quick generator). */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < 8; i++) next();
  return next;
}

type Triple = [number, number, number];
type Matrix = [Triple, Triple, Triple];

/** Length of a vector; Math.hypot is several times as slow. */
function lengthOf(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z);
}

function wrap(value: number, low: number, size: number): number {
  return value - size * Math.floor((value - low) / size);
}

function multiply(a: readonly number[], b: readonly number[]): number[] {
  const [ax, ay, az, aw] = a as [number, number, number, number];
  const [bx, by, bz, bw] = b as [number, number, number, number];
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

// ------------------------------------------------------------------ the model that is hit

type Value = number | string;
interface ShapeJson {
  readonly shape: "box" | "sphere" | "capsule";
  readonly name?: string;
  readonly when?: string;
  readonly turns?: boolean;
  readonly min?: readonly Value[];
  readonly max?: readonly Value[];
  readonly center?: readonly Value[];
  readonly from?: readonly Value[];
  readonly to?: readonly Value[];
  readonly radius?: Value;
}

const KINDS: Readonly<Record<string, { readonly [key: string]: unknown; shapes: ShapeJson[] }>> = {
  // Two stances of one body, and a head that turns with it.
  spinner: {
    yaw: { field: "yaw" },
    shapes: [
      { shape: "box", name: "body", min: [-22, -9, -24], max: [22, 9, "h"], when: "duck=0" },
      { shape: "box", name: "body", min: [-15, -12, -24], max: [15, 12, 2], when: "duck=1" },
      { shape: "sphere", name: "head", center: [14, 0, "h"], radius: 6 },
    ],
  },
  // The capsule has no partner: it appears and disappears with the stance.
  tumbler: {
    rotation: ["qx", "qy", "qz", "qw"],
    shapes: [
      { shape: "box", min: [-30, -8, -5], max: [30, 8, 5] },
      { shape: "capsule", from: [0, -25, 0], to: [0, 25, 4], radius: 4, when: "duck=1" },
      { shape: "sphere", center: [0, 0, 20], radius: 5, turns: false },
    ],
  },
  // Another convention of yaw, and a radius that may fall below 0.
  wheel: {
    yaw: { field: "yaw", unit: "turn", sign: -1, zero: 0.25 },
    shapes: [
      { shape: "capsule", from: [-25, 0, 0], to: [25, 0, "h"], radius: 5 },
      { shape: "sphere", center: [0, "-r", 12], radius: "r" },
    ],
  },
  pillar: {
    shapes: [
      { shape: "box", min: [-8, -8, -20], max: [8, 8, "h"] },
      { shape: "sphere", name: "top", center: [0, 0, "h"], radius: "r", when: "duck=0" },
      { shape: "sphere", name: "top", center: [6, 0, 10], radius: 7, when: "duck=1" },
      { shape: "capsule", from: [0, 0, -10], to: [0, "r", 20], radius: 6, when: "duck=1" },
    ],
  },
};
const KIND_NAMES = Object.keys(KINDS);

interface Row {
  readonly kind: string;
  readonly place: Triple;
  readonly yaw: number;
  readonly q: readonly number[];
  readonly duck: number;
  readonly h: number;
  readonly r: number;
  readonly dead: number;
  readonly still: number;
}

// ------------------------------------------------------------------ worlds

interface World {
  readonly up: number;
  readonly hasStanding: boolean;
  readonly frames: readonly number[];
  readonly timesMs: readonly number[];
  /** Rows by entity and index of the frame; entity 1 shoots. */
  readonly tracks: ReadonlyMap<number, readonly (Row | undefined)[]>;
  readonly history: PoseHistory;
}

/** A target that walks, turns up to 170 degrees a frame, ducks, teleports, dies and comes back. */
function makeTrack(random: () => number, startKind: string): (Row | undefined)[] {
  const between = (low: number, high: number) => low + (high - low) * random();
  const eighths = (value: number) => Math.round(value * 8) / 8;
  let kind = startKind;
  let place = [0, 0, 0].map(() => eighths(between(-60, 60))) as Triple;
  let speed = [0, 0, 0].map(() => between(-15, 15));
  let yaw = between(-180, 180);
  const yawRate = between(-170, 170);
  let q: number[] = [0, 0, 0, 1];
  let [duck, h, r] = [0, 25, 8];
  let goneFor = random() < 0.15 ? 6 : 0;
  let deadFor = 0;
  const rows: (Row | undefined)[] = [];
  for (let i = 0; i < FRAMES; i++) {
    if (random() < 0.2) speed = speed.map(() => between(-30, 30));
    place = place.map((value, k) => eighths(value * 0.9 + speed[k]!)) as Triple;
    if (random() < 0.08) {
      const far = random() < 0.7 ? 300 : 50;
      place = place.map((value) => eighths(value + between(-far, far))) as Triple;
    }
    yaw += random() < 0.3 ? between(-170, 170) : yawRate;
    const half = between(-85, 85) * Math.PI / 180;
    const axis = [0, 0, 0].map(() => between(-1, 1));
    const length = Math.hypot(...axis);
    q = multiply([...axis.map((v) => v / length * Math.sin(half)), Math.cos(half)], q);
    if (random() < 0.2) duck = 1 - duck;
    if (random() < 0.3) h = random() < 0.15 ? -30 : Math.round(between(8, 40));
    if (random() < 0.3) r = random() < 0.2 ? -1 : Math.round(between(2, 12));
    if (deadFor > 0) deadFor--;
    else if (random() < 0.06) deadFor = 1 + Math.floor(random() * 4);
    if (goneFor > 0) goneFor--;
    else if (random() < 0.04) goneFor = 1 + Math.floor(random() * 3);
    if (random() < 0.02) kind = KIND_NAMES[Math.floor(random() * KIND_NAMES.length)]!;
    // Stored as games store it: wrapped, with few digits, either quaternion of a rotation.
    const sign = random() < 0.5 ? -1 : 1;
    const row: Row = {
      kind,
      place,
      yaw: Math.round(wrap(yaw, random() < 0.5 ? 0 : -180, 360) * 100) / 100,
      q: q.map((value) => Math.round(value * sign * 1e4) / 1e4),
      duck,
      h,
      r,
      dead: deadFor > 0 ? 1 : 0,
      still: random() < 0.25 ? 1 : 0,
    };
    rows.push(goneFor > 0 ? undefined : row);
  }
  return rows;
}

function makeWorld(random: () => number, number: number): World {
  const up = number % 3;
  const hasStanding = number % 4 === 3;
  const frameStep = number % 2 === 0 ? 1 : 2;
  const isWhole = number % 5 < 3;
  const frames: number[] = [];
  const timesMs: number[] = [];
  let timeMs = 1000;
  for (let i = 0; i < FRAMES; i++) {
    frames.push(100 + i * frameStep);
    timesMs.push(timeMs);
    // Whole milliseconds are sampled themselves, so that samples meet frames.
    timeMs += isWhole ? Math.round(4 + random() * 25) : 4 + random() * 25;
  }
  const tracks = new Map<number, (Row | undefined)[]>();
  for (let id = 1; id <= 6; id++) {
    tracks.set(id, makeTrack(random, KIND_NAMES[(id + number) % KIND_NAMES.length]!));
  }
  const model = readHitModel({
    up: "xyz"[up],
    kinds: Object.fromEntries(
      Object.entries(KINDS).map(([name, kind]) => [name, {
        ...kind,
        alive: "dead=0",
        ...(hasStanding ? { rewinds: "still=0" } : {}),
      }]),
    ),
  });
  const history = new PoseHistory(model);
  frames.forEach((frame, i) => {
    const entities = [...tracks].flatMap(([id, rows]) => {
      const row = rows[i];
      if (row === undefined) return [];
      const { dead, duck, h, kind, place: [x, y, z], q: [qx, qy, qz, qw], r, still } = row;
      const yaw = kind === "wheel" ? wrap((90 - row.yaw) / 360, 0, 1) : row.yaw;
      const turn = { yaw, qx: qx!, qy: qy!, qz: qz!, qw: qw! };
      return [{ id, kind, fields: { x, y, z, ...turn, duck, h, r, dead, still } }];
    });
    history.addFrame({ frame, timeMs: timesMs[i]!, entities });
  });
  // A kind that no row happens to have would be refused; here it is only never hit.
  return { up, hasStanding, frames, timesMs, tracks, history };
}

// ------------------------------------------------------------------ poses, made a second time

/** A shot with what the server knows at it: indexes of frames. */
interface Scene {
  readonly world: World;
  readonly shot: Shot;
  readonly moment: Moment;
  readonly now: number;
  readonly before: number;
  readonly oldest: number;
  /** Time of the newest state that the server had: it stands from then on. */
  readonly presentMs: number;
  readonly teleportUnits: number;
  readonly stopUnits: number | undefined;
}

interface Solid {
  readonly form: ShapeJson["shape"];
  readonly numbers: readonly number[];
  readonly turns: boolean;
}

/** A target at a point between two of its rows; without a next one it stands at the first. */
interface Standing {
  readonly row: Row;
  readonly next: Row | undefined;
  readonly part: number;
  readonly place: Triple;
}

function gap(a: Row, b: Row): number {
  const [x, y, z] = a.place;
  return lengthOf(x - b.place[0], y - b.place[1], z - b.place[2]);
}

/** Row of a frame; of one that may hold the shot's effect, judged by the state before it. */
function rowAt(scene: Scene, id: number, index: number): Row | undefined {
  const rows = scene.world.tracks.get(id)!;
  const row = rows[index];
  const earlier = rows[scene.before];
  if (index <= scene.before || earlier === undefined) return row;
  if (row === undefined || row.kind !== earlier.kind) return earlier;
  if (row.dead === 0 && earlier.dead === 0) return { ...row, still: earlier.still };
  const isAway = earlier.dead === 0 && gap(earlier, row) > scene.teleportUnits;
  return isAway ? earlier : { ...earlier, place: row.place, yaw: row.yaw, q: row.q };
}

function indexAt({ now, oldest, world }: Scene, timeMs: number): number {
  let index = oldest;
  for (let i = oldest; i <= now; i++) if (world.timesMs[i]! <= timeMs) index = i;
  return index;
}

function numbersOf(shape: ShapeJson, row: Row): number[] {
  const { center = [], from = [], max = [], min = [], radius, to = [] } = shape;
  const values = [...min, ...max, ...center, ...from, ...to];
  if (radius !== undefined) values.push(radius);
  return values.map((value) => {
    if (typeof value === "number") return value;
    return value.startsWith("-") ? -row[value.slice(1) as "h"] : row[value as "h"];
  });
}

function isOn({ when }: ShapeJson, row: Row): boolean {
  return when === undefined || when === `duck=${row.duck}`;
}

/** Numbers of a shape that is in force and is a shape; else undefined. */
function inForce(shape: ShapeJson, row: Row): number[] | undefined {
  if (!isOn(shape, row)) return undefined;
  const numbers = numbersOf(shape, row);
  const isShape = shape.shape === "box"
    ? [0, 1, 2].every((k) => numbers[k]! <= numbers[k + 3]!)
    : numbers.at(-1)! >= 0;
  return isShape ? numbers : undefined;
}

function solidsBetween(row: Row, next: Row | undefined, part: number): Solid[] {
  const { rotation, shapes, yaw } = KINDS[row.kind]!;
  const isOriented = rotation !== undefined || yaw !== undefined;
  return shapes.flatMap((shape) => {
    const numbers = inForce(shape, row);
    if (numbers === undefined) return [];
    const solid = { form: shape.shape, numbers, turns: shape.turns ?? isOriented };
    if (next === undefined || next.dead !== 0) return [solid];
    const heir = inForce(shape, next) !== undefined
      ? shape
      : shapes.find((other) =>
        other.shape === shape.shape && other.name === shape.name && !isOn(other, row) &&
        inForce(other, next) !== undefined
      );
    if (heir === undefined) return [solid];
    const late = numbersOf(heir, next);
    return [{ ...solid, numbers: numbers.map((value, i) => value + (late[i]! - value) * part) }];
  });
}

/** Columns are the target's axes in the world. */
function yawAxes(up: number, degrees: number): Matrix {
  const radians = degrees * Math.PI / 180;
  const axes: Matrix = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  const [a, b] = [(up + 1) % 3, (up + 2) % 3];
  axes[up]![up] = 1;
  axes[a]![a] = axes[b]![b] = Math.cos(radians);
  axes[b]![a] = Math.sin(radians);
  axes[a]![b] = -Math.sin(radians);
  return axes;
}

function quaternionAxes([x, y, z, w]: readonly number[]): Matrix {
  const n = Math.hypot(x!, y!, z!, w!);
  const [i, j, k, r] = [x! / n, y! / n, z! / n, w! / n];
  return [
    [1 - 2 * (j * j + k * k), 2 * (i * j - k * r), 2 * (i * k + j * r)],
    [2 * (i * j + k * r), 1 - 2 * (i * i + k * k), 2 * (j * k - i * r)],
    [2 * (i * k - j * r), 2 * (j * k + i * r), 1 - 2 * (i * i + j * j)],
  ];
}

function slerped(a: readonly number[], b: readonly number[], part: number): number[] {
  const from = a.map((value) => value / Math.hypot(...a));
  let to = b.map((value) => value / Math.hypot(...b));
  let cos = from.reduce((sum, value, i) => sum + value * to[i]!, 0);
  if (cos < 0) {
    to = to.map((value) => -value);
    cos = -cos;
  }
  const angle = Math.acos(Math.min(cos, 1));
  if (angle < 1e-7) return from;
  return from.map((value, i) =>
    (Math.sin((1 - part) * angle) * value + Math.sin(part * angle) * to[i]!) / Math.sin(angle)
  );
}

/** Pose at a time as if nothing kept it from being rewound. */
function standingAt(scene: Scene, id: number, timeMs: number): Standing | undefined {
  const { now, teleportUnits, world } = scene;
  const index = indexAt(scene, timeMs);
  const row = rowAt(scene, id, index);
  if (row === undefined) return undefined;
  const fromMs = world.timesMs[index]!;
  let next = index < now && timeMs > fromMs ? rowAt(scene, id, index + 1) : undefined;
  if (next !== undefined && (next.kind !== row.kind || gap(row, next) > teleportUnits)) {
    next = undefined;
  }
  const part = next === undefined ? 0 : (timeMs - fromMs) / (world.timesMs[index + 1]! - fromMs);
  const { place } = next ?? row;
  const at = row.place.map((value, k) => value + (place[k]! - value) * part) as Triple;
  return { row, next, part, place: at };
}

function axesOf({ next, part, row }: Standing, up: number): Matrix {
  const { q, yaw } = next ?? row;
  return KINDS[row.kind]!.rotation === undefined
    ? yawAxes(up, row.yaw + wrap(yaw - row.yaw, -180, 360) * part)
    : quaternionAxes(slerped(row.q, q, part));
}

/** True when the walk from now to a row meets a death, or a step that stops rewinding. */
function stops(scene: Scene, id: number, present: Standing, lastIndex: number): boolean {
  const flat = [(scene.world.up + 1) % 3, (scene.world.up + 2) % 3];
  let { place } = present;
  for (let index = indexAt(scene, scene.presentMs); index >= lastIndex; index--) {
    const row = rowAt(scene, id, index);
    if (row === undefined || row.dead !== 0) return true;
    if (Math.hypot(...flat.map((k) => place[k]! - row.place[k]!)) > scene.stopUnits!) return true;
    place = row.place;
  }
  return false;
}

function poseAt(scene: Scene, id: number, ms: number): Standing | undefined {
  const { oldest, presentMs, shot, stopUnits, world } = scene;
  const timeMs = Math.max(Math.min(shot.timeMs - ms, presentMs), world.timesMs[oldest]!);
  if (world.hasStanding || stopUnits !== undefined) {
    const present = standingAt(scene, id, presentMs);
    if (world.hasStanding && present?.row.still === 1) return present;
    if (stopUnits !== undefined) {
      if (present === undefined) return undefined;
      if (stops(scene, id, present, indexAt(scene, timeMs))) return present;
    }
  }
  return standingAt(scene, id, timeMs);
}

// ------------------------------------------------------------------ hits, made a second time

function distanceFrom({ form, numbers }: Solid, x: number, y: number, z: number): number {
  const [x1, y1, z1, x2, y2, z2] = numbers as [number, number, number, number, number, number];
  if (form === "box") {
    return lengthOf(
      Math.max(x1 - x, x - x2, 0),
      Math.max(y1 - y, y - y2, 0),
      Math.max(z1 - z, z - z2, 0),
    );
  }
  const radius = numbers[numbers.length - 1]!;
  if (form === "sphere") return lengthOf(x - x1, y - y1, z - z1) - radius;
  const [ex, ey, ez] = [x2 - x1, y2 - y1, z2 - z1];
  const squared = ex * ex + ey * ey + ez * ez;
  const along = squared === 0 ? 0 : ((x - x1) * ex + (y - y1) * ey + (z - z1) * ez) / squared;
  const s = Math.min(Math.max(along, 0), 1);
  return lengthOf(x - x1 - ex * s, y - y1 - ey * s, z - z1 - ez * s) - radius;
}

/** The slab test; undefined for a miss. */
function boxEntry(numbers: readonly number[], from: Triple, way: Triple, length: number) {
  let [near, far] = [0, length];
  for (let k = 0; k < 3; k++) {
    const low = numbers[k]! - from[k]!;
    const high = numbers[k + 3]! - from[k]!;
    if (way[k] === 0 && (low > 0 || high < 0)) return undefined;
    if (way[k] === 0) continue;
    near = Math.max(near, Math.min(low / way[k]!, high / way[k]!));
    far = Math.min(far, Math.max(low / way[k]!, high / way[k]!));
  }
  return near <= far ? near : undefined;
}

/** A place along a line at which a convex function is at most a limit; undefined when none is. */
function insideBetween(at: (t: number) => number, length: number, limit: number) {
  let [low, high] = [0, length];
  for (let i = 0; i < 75; i++) {
    const third = (high - low) / 3;
    const [a, b] = [at(low + third), at(high - third)];
    if (a <= limit) return low + third;
    if (b <= limit) return high - third;
    // A distance changes by no more than the way along the line.
    if (Math.min(a, b) > limit + (high - low)) return undefined;
    if (a <= b) high -= third;
    else low += third;
  }
  return [0, length].find((t) => at(t) <= limit);
}

/** Way along the ray to a solid that is grown by some units on every side; undefined for a miss. */
function entryOf(solid: Solid, ray: Ray, from: Triple, way: Triple, grown: number) {
  const { lengthUnits, radiusUnits } = ray;
  if (solid.form === "box" && radiusUnits === 0) {
    const faces = solid.numbers.map((value, i) => i < 3 ? value - grown : value + grown);
    return boxEntry(faces, from, way, lengthUnits);
  }
  const limit = radiusUnits + grown;
  const at = (t: number) =>
    distanceFrom(solid, from[0] + way[0] * t, from[1] + way[1] * t, from[2] + way[2] * t);
  if (at(0) <= limit) return 0;
  const nearest = insideBetween(at, lengthUnits, limit);
  if (nearest === undefined) return undefined;
  let [outside, inside] = [0, nearest];
  for (let i = 0; i < 60; i++) {
    const middle = (outside + inside) / 2;
    if (at(middle) <= limit) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** No shape reaches farther from its target's position. */
const REACH = 80;

function isNear({ direction, lengthUnits, origin }: Ray, [x, y, z]: Triple): boolean {
  const [tx, ty, tz] = [x - origin[0], y - origin[1], z - origin[2]];
  const along = tx * direction[0] + ty * direction[1] + tz * direction[2];
  const t = Math.min(Math.max(along, 0), lengthUnits);
  return lengthOf(tx - direction[0] * t, ty - direction[1] * t, tz - direction[2] * t) < REACH;
}

/** Way along the ray to a target as if it were alone; undefined for a miss. */
function hitAt(scene: Scene, id: number, ms: number, grown = 0): number | undefined {
  const { ray } = scene.shot;
  const pose = poseAt(scene, id, ms);
  if (pose === undefined || pose.row.dead !== 0 || !isNear(ray, pose.place)) return undefined;
  const { next, part, place, row } = pose;
  const axes = axesOf(pose, scene.world.up);
  const offset = ray.origin.map((value, k) => value - place[k]!) as Triple;
  // The transpose of a rotation matrix turns back.
  const turnedBack = ([x, y, z]: readonly [number, number, number]) =>
    [0, 1, 2].map((k) => axes[0]![k]! * x + axes[1]![k]! * y + axes[2]![k]! * z) as Triple;
  let best: number | undefined;
  for (const solid of solidsBetween(row, next, part)) {
    const from = solid.turns ? turnedBack(offset) : offset;
    const way = solid.turns ? turnedBack(ray.direction) : [...ray.direction] as Triple;
    const entry = entryOf(solid, ray, from, way, grown);
    if (entry !== undefined && !(entry >= best!)) best = entry;
  }
  return best;
}

/** True when rounding of time or length turns the naive answer into the claimed one. */
function isRounding(scene: Scene, id: number, ms: number, isHit: boolean): boolean {
  const changes = [[-ROUNDING, 0], [ROUNDING, 0], [0, ROUNDING], [0, -ROUNDING]] as const;
  return changes.some(([more, grown]) =>
    (hitAt(scene, id, Math.max(ms + more, 0), grown) !== undefined) === isHit
  );
}

// ------------------------------------------------------------------ shots

/**
 * How a shot lies among the frames: at its own, between two, inside the time of its own, before the
 * state of its own, or at one that was not recorded.
 */
const MODES = ["at", "at", "between", "inside", "first", "left-out"] as const;

function makeScene(random: () => number, world: World): Scene | undefined {
  const { frames, history, timesMs, tracks } = world;
  const mode = MODES[Math.floor(random() * MODES.length)]!;
  const isLeftOut = mode === "left-out";
  if (isLeftOut && frames[1]! - frames[0]! === 1) return undefined;
  const k = 8 + Math.floor(random() * (FRAMES - 9));
  const part = Math.round((0.1 + random() * 0.8) * 8) / 8;
  const timeBetween = (i: number) => timesMs[i]! + (timesMs[i + 1]! - timesMs[i]!) * part;
  const isLater = mode === "between" || isLeftOut;
  const timeMs = isLater ? timeBetween(k) : mode === "inside" ? timeBetween(k - 1) : timesMs[k]!;
  const now = isLeftOut ? k + 1 : mode === "first" ? k - 1 : k;
  const before = isLater ? k : k - 1;
  // A frame that was left out lies half-way between its neighbours.
  const ownMs = isLeftOut ? (timesMs[k]! + timesMs[k + 1]!) / 2 : timesMs[now]!;
  const ringFrames = random() < 0.25 ? 8 : undefined;
  const newest = isLeftOut ? frames[k]! + 1 : frames[now]!;
  const oldest = frames.findIndex((frame) => newest - frame < (ringFrames ?? Infinity));
  const stopUnits = random() < 0.15 ? 64 : undefined;

  // Aimed at where a target was, more or less.
  const rows = tracks.get(2 + Math.floor(random() * 5))!;
  const aim = rows[Math.max(k - Math.floor(random() * 8), 0)];
  if (aim === undefined) return undefined;
  const sixteenths = (value: number) => Math.round(value * 16) / 16;
  const from = [0, 1, 2].map(() => sixteenths((random() - 0.5) * 700)) as Triple;
  const goal = aim.place.map((value) => value + sixteenths((random() - 0.5) * 20)) as Triple;
  // Along an axis two of the three slabs are parallel to the ray.
  if (random() < 0.15) [from[1], from[2]] = [goal[1], goal[2]];
  if (Math.hypot(...from.map((value, i) => value - goal[i]!)) < 1) return undefined;
  const reachUnits = random() < 0.2 ? 0 : 300;
  const shot: Shot = {
    index: 0,
    frame: frames[k]! + (isLeftOut ? 1 : 0),
    timeMs,
    ...(mode === "between" ? { isBetweenFrames: true as const } : {}),
    shooter: 1,
    ray: rayBetween(from, goal, { reachUnits, radiusUnits: random() < 0.4 ? 2 : 0 }),
    verdict: undefined,
    numbers: new Map(),
  };
  const eventsFirst = mode === "first";
  const moment = momentOf(history, shot, history.model, { ringFrames, eventsFirst });
  const teleportUnits = stopUnits === undefined ? 100 : Infinity;
  const presentMs = Math.min(timeMs, ownMs);
  return { world, shot, moment, now, before, oldest, presentMs, teleportUnits, stopUnits };
}

interface Tally {
  hits: number;
  misses: number;
  rounded: number;
  intervals: number;
}

function checkScene(scene: Scene, name: string, tally: Tally): void {
  const { moment, shot, stopUnits, teleportUnits, world: { history: { model }, tracks } } = scene;
  const expected = [scene.now, scene.before, scene.oldest];
  assert.deepEqual([moment.nowIndex, moment.beforeIndex, moment.oldestIndex], expected, name);
  const rules: PoseRules = {
    interpolates: true,
    teleport: { by: "units", units: teleportUnits },
    ...(stopUnits === undefined ? {} : { stopUnits }),
  };
  const intervals = hitIntervals(moment, shot, model, { maxMs: MAX_MS, rules });
  tally.intervals += intervals.length;
  const ids = [...tracks.keys()].filter((id) => id !== shot.shooter);
  const decision = emptyDecision();
  const verdict = emptyVerdict();
  for (let ms = 0; ms <= MAX_MS; ms += STEP_MS) {
    const entries = new Map<number | null, number>();
    for (const id of ids) {
      const entry = hitAt(scene, id, ms);
      if (entry !== undefined) entries.set(id, entry);
      const isHit = entry !== undefined;
      isHit ? tally.hits++ : tally.misses++;
      const isInside = intervals.some(({ fromMs, target, toMs }) =>
        target === id && fromMs <= ms && ms <= toMs
      );
      if (isInside === isHit) continue;
      tally.rounded++;
      const said = `${name}: ${id} is ${isHit ? "hit" : "missed"} at ${ms} ms`;
      assert.ok(isRounding(scene, id, ms, isInside), said);
    }
    goBackMs(moment, ms, decision);
    new Judge(new TargetPoses(moment, rules, planOf(model)), shot).judge(decision, verdict);
    const nearest = Math.min(Infinity, ...entries.values());
    const first = ids.find((id) => entries.get(id) === nearest) ?? null;
    const { distanceUnits, victim } = verdict;
    if (victim === first && !(Math.abs(distanceUnits - nearest) > ROUNDING)) continue;
    tally.rounded++;
    // Only whom rounding brings in or takes away, or who is entered as near, makes a difference.
    const isExcused = (victim !== null && isRounding(scene, victim, ms, !entries.has(victim))) ||
      (first !== null && isRounding(scene, first, ms, false)) ||
      Math.abs((entries.get(victim) ?? Infinity) - nearest) < ROUNDING;
    assert.ok(isExcused, `${name}: judged ${victim} and not ${first} at ${ms} ms`);
  }
  for (const { fromMs, target, toMs } of intervals) {
    const check = (ms: number, isHit: boolean) => {
      if (ms < 0 || ms > MAX_MS) return;
      const isSame = (hitAt(scene, target, ms) !== undefined) === isHit;
      const said = `${name}: ${target} is ${isHit ? "missed" : "hit"} at ${ms} ms`;
      assert.ok(isSame || isRounding(scene, target, ms, isHit), said);
    };
    check((fromMs + toMs) / 2, true);
    check(fromMs + ROUNDING, true);
    check(toMs - ROUNDING, true);
    if (fromMs > 0) check(fromMs - 2 * ROUNDING, false);
    if (toMs < MAX_MS) check(toMs + 2 * ROUNDING, false);
  }
}

test("hitIntervals and judge: 500 shots agree with brute force, each 0.25 ms", SLOW, () => {
  const random = makeRandom(20240617);
  const tally: Tally = { hits: 0, misses: 0, rounded: 0, intervals: 0 };
  for (let number = 0; number < WORLDS; number++) {
    const world = makeWorld(random, number);
    for (let i = 0; i < SHOTS;) {
      const scene = makeScene(random, world);
      if (scene === undefined) continue;
      checkScene(scene, `world ${number}, shot ${i}`, tally);
      i++;
    }
  }
  // The worlds are worth the name: hits, misses and flips are all common, rounding is not.
  assert.ok(tally.hits > 40_000, `${tally.hits} hits`);
  assert.ok(tally.misses > 400_000, `${tally.misses} misses`);
  assert.ok(tally.intervals > 600, `${tally.intervals} intervals`);
  assert.ok(tally.rounded < 100, `${tally.rounded} within rounding`);
});

// ------------------------------------------------------------------ no thickness

/** Intervals of a board in the plane x = 0 of its target, which a ray along x meets at y = 20. */
function boardIntervals(
  halfWidth: number,
  placeAt: (frame: number) => { y: number; yaw: number },
  frames: number,
): number[][] {
  const [min, max] = [[0, -halfWidth, -50], [0, halfWidth, 50]];
  const shapes = [{ shape: "box", min, max, turns: true }];
  const history = new PoseHistory(readHitModel({ kinds: { board: { shapes } } }));
  for (let frame = 0; frame < frames; frame++) {
    const fields = { x: 100.1 + 3.3 * frame, z: 0.3 * frame, ...placeAt(frame) };
    const entities = [{ id: 2, kind: "board", fields }];
    history.addFrame({ frame, timeMs: frame * 10, entities });
  }
  const shot: Shot = {
    index: 0,
    frame: frames - 1,
    timeMs: (frames - 1) * 10,
    shooter: 1,
    ray: rayBetween([-33.3, 20, 0.7], [200.7, 20, 2.9]),
    verdict: undefined,
    numbers: new Map(),
  };
  const rules = { interpolates: true, teleport: { by: "units", units: 100 } } as const;
  const moment = momentOf(history, shot, history.model);
  const intervals = hitIntervals(moment, shot, history.model, { maxMs: 60, rules });
  return intervals.map(({ fromMs, toMs }) =>
    [fromMs, toMs].map((ms) => Math.round(ms * 1e6) / 1e6)
  );
}

test("hitIntervals: a board without thickness is hit while it passes the ray", () => {
  // 1 unit a millisecond: within 15 of y = 20 from 5 to 35 ms.
  assert.deepEqual(boardIntervals(15, (frame) => ({ y: frame * 10, yaw: 0 }), 5), [[5, 35]]);
  // At an angle it covers less: 15 cos 37 degrees is 11.979533.
  const turned = boardIntervals(15, (frame) => ({ y: frame * 10, yaw: 37 }), 5);
  const half = Math.round(15 * Math.cos(37 * Math.PI / 180) * 1e6) / 1e6;
  assert.deepEqual(turned, [[20 - half, 20 + half]]);
});

test("hitIntervals: a board without thickness is hit until it has turned away", () => {
  // 30 cos yaw is 20 at 48.189685 degrees; 80 degrees take 10 ms. Before it, the first row stands.
  const degrees = Math.acos(2 / 3) * 180 / Math.PI;
  const fromMs = Math.round((10 - degrees / 8) * 1e6) / 1e6;
  assert.deepEqual(boardIntervals(30, (frame) => ({ y: 0, yaw: 80 * frame }), 2), [[fromMs, 60]]);
});
