import { emptyPose, type Pose, type PoseSource } from "../pose.ts";

/** Poses of an entity over consecutive frames of a page: the first value, then differences. */
export interface PoseTrack {
  /** Entity. */
  readonly id: number;
  /** Index into the hit model's kinds. */
  readonly kind: number;
  /** Position of its first frame in the page's frames. */
  readonly start: number;
  /** Positions in steps of the page's quantum. */
  readonly x: number[];
  /** See `x`. */
  readonly y: number[];
  /** See `x`. */
  readonly z: number[];
  /** Yaw in tenths of a degree; undefined when it never leaves 0. */
  readonly yaw?: number[];
  /** First frame, relative to `start`, of each change between alive and dead; alive at first. */
  readonly flips: number[];
}

/** Poses around shots, rounded for a page. */
export interface PoseTracks {
  /** Units a step of a position. */
  readonly quantum: number;
  /** Frames, ascending. */
  readonly frames: readonly number[];
  /** Their times in milliseconds. */
  readonly timesMs: readonly number[];
  /** Tracks by entity. */
  readonly tracks: readonly PoseTrack[];
}

/** Steps that the widest extent of a world is divided into, at least. */
const STEPS_MIN = 1 << 15;

/** Step of positions, a power of two: fine enough for the extent, and never finer than needed. */
export function quantumFor(extentUnits: number): number {
  let quantum = 1;
  while (quantum * STEPS_MIN > extentUnits && quantum > 2 ** -16) quantum /= 2;
  while (quantum * STEPS_MIN * 16 < extentUnits && quantum < 2 ** 16) quantum *= 2;
  return quantum;
}

/** Entities whose poses are wanted, by index into a source. */
export type WantedPoses = ReadonlyMap<number, ReadonlySet<number>>;

/** Poses of the wanted entities; an entity that is not in the model, or not there, has none. */
export function poseTracks(source: PoseSource, wanted: WantedPoses): PoseTracks {
  const indexes = [...wanted.keys()].sort((a, b) => a - b);
  const quantum = quantumFor(extentOf(source, wanted));
  const open = new Map<number, OpenTrack>();
  const tracks: OpenTrack[] = [];
  indexes.forEach((index, at) => {
    for (const [id, pose] of posesAt(source, index, wanted)) {
      let track = open.get(id);
      const goesOn = track !== undefined && track.kind === pose.kind &&
        track.start + track.length === at && index === track.lastIndex + 1;
      if (!goesOn) {
        track = new OpenTrack(id, pose.kind, at);
        open.set(id, track);
        tracks.push(track);
      }
      track!.add(index, [pose.x, pose.y, pose.z], pose, quantum);
    }
  });
  return {
    quantum,
    frames: indexes.map((index) => source.frameAt(index)),
    timesMs: indexes.map((index) => source.timeMsAt(index)),
    tracks: tracks.map((track) => track.closed()),
  };
}

const scratch = emptyPose();

/** Each wanted entity that is there, with its pose, which the next one overwrites. */
function* posesAt(
  source: PoseSource,
  index: number,
  wanted: WantedPoses,
): Generator<[id: number, pose: Pose]> {
  for (const id of wanted.get(index)!) {
    const position = source.find(index, id);
    if (position < 0) continue;
    source.readPose(index, position, scratch);
    if (scratch.kind >= 0) yield [id, scratch];
  }
}

class OpenTrack {
  readonly kind: number;
  readonly start: number;
  length = 0;
  lastIndex = 0;
  readonly #id: number;
  readonly #axes: number[][] = [[], [], [], []];
  readonly #last = [0, 0, 0, 0];
  readonly #flips: number[] = [];
  #isAlive = true;
  #turns = false;

  constructor(id: number, kind: number, start: number) {
    this.#id = id;
    this.kind = kind;
    this.start = start;
  }

  add(
    index: number,
    place: readonly number[],
    { yawDegrees, isAlive }: { readonly yawDegrees: number; readonly isAlive: boolean },
    quantum: number,
  ): void {
    const steps = [
      ...place.map((value) => Math.round(value / quantum)),
      Math.round(yawDegrees * 10),
    ];
    steps.forEach((step, k) => {
      this.#axes[k]!.push(step - this.#last[k]!);
      this.#last[k] = step;
    });
    if (steps[3] !== 0) this.#turns = true;
    if (isAlive !== this.#isAlive) this.#flips.push(this.length);
    this.#isAlive = isAlive;
    this.length++;
    this.lastIndex = index;
  }

  closed(): PoseTrack {
    const [x, y, z, yaw] = this.#axes as [number[], number[], number[], number[]];
    return {
      id: this.#id,
      kind: this.kind,
      start: this.start,
      x,
      y,
      z,
      ...(this.#turns ? { yaw } : {}),
      flips: this.#flips,
    };
  }
}

function extentOf(source: PoseSource, wanted: WantedPoses): number {
  let low = Infinity;
  let high = -Infinity;
  for (const index of wanted.keys()) {
    for (const [, { x, y, z }] of posesAt(source, index, wanted)) {
      low = Math.min(low, x, y, z);
      high = Math.max(high, x, y, z);
    }
  }
  return high > low ? high - low : 1;
}
