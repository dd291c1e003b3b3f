import type { ModelPlan } from "../shape/model_plan.ts";
import { copyPose, emptyPose, type Pose, type PoseSource } from "../shape/pose.ts";
import type { Rotation } from "../../core/geometry/rotation.ts";
import type { TeleportRule } from "../past/teleport.ts";
import { TeleportSteps } from "../past/teleport_steps.ts";
import type { PoseTrack } from "./pose_track.ts";
import { ROTATION_STEPS } from "./rounded.ts";
import { hasVaryingShapes, rowShapes, type ShapeLists } from "./shape_lists.ts";

/** What tracks are made with. */
export interface TrackSetting {
  /** All frames. */
  readonly source: PoseSource;
  /** What can be hit. */
  readonly plan: ModelPlan;
  /** Which steps are teleports. */
  readonly teleport: TeleportRule;
  /** Lists that shapes are put among. */
  readonly lists: ShapeLists;
  /** Units a step of a position. */
  readonly quantum: number;
}

/** A track that may still grow by a frame. */
export class OpenTrack {
  /** Index into the hit model's kinds. */
  readonly kind: number;
  /** Position of its first frame in the page's frames. */
  readonly start: number;
  /** Frames so far. */
  length = 0;
  /** Index of the last one in the source. */
  lastIndex = 0;
  readonly #id: number;
  readonly #setting: TrackSetting;
  readonly #place = [new Differences(), new Differences(), new Differences()] as const;
  readonly #yaw = new Differences();
  readonly #rotation = [0, 1, 2, 3].map(() => new Differences());
  readonly #flips: number[] = [];
  readonly #jumps: number[] = [];
  readonly #shapes: number[] = [];
  readonly #last = emptyPose();
  #isAlive = true;

  /** Track without frames. */
  constructor(id: number, kind: number, start: number, setting: TrackSetting) {
    this.#id = id;
    this.kind = kind;
    this.start = start;
    this.#setting = setting;
  }

  /** Adds the pose at the next index, which the caller may overwrite afterwards. */
  add(index: number, pose: Pose): void {
    const { plan, quantum } = this.#setting;
    const kind = plan.kinds[this.kind]!;
    const [x, y, z] = this.#place;
    x.push(Math.round(pose.x / quantum));
    y.push(Math.round(pose.y / quantum));
    z.push(Math.round(pose.z / quantum));
    this.#yaw.push(Math.round(pose.yawDegrees * 10));
    if (kind.rotation !== undefined) this.#addRotation(pose.rotation);
    if (hasVaryingShapes(kind)) this.#addShapes(pose);
    if (pose.isAlive !== this.#isAlive) this.#flips.push(this.length);
    this.#isAlive = pose.isAlive;
    if (this.length > 0 && this.#isJump(index, pose)) this.#jumps.push(this.length - 1);
    copyPose(pose, this.#last);
    this.length++;
    this.lastIndex = index;
  }

  #isJump(index: number, pose: Pose): boolean {
    const { plan, source, teleport } = this.#setting;
    const steps = new TeleportSteps(teleport, source, plan.teleportFact);
    return steps.isTeleport(this.lastIndex, index, this.#id, this.#last, pose);
  }

  #addRotation(rotation: Rotation): void {
    rotation.forEach((value, i) => this.#rotation[i]!.push(Math.round(value * ROTATION_STEPS)));
  }

  #addShapes(pose: Pose): void {
    const { lists, plan } = this.#setting;
    const last = this.#last;
    const isSame = this.length > 0 && last.shapes === pose.shapes &&
      last.numbers.every((value, i) => Object.is(value, pose.numbers[i]));
    if (isSame) return;
    const list = lists.add(rowShapes(plan.kinds[this.kind]!, pose));
    // Without room the shapes stay what they were.
    if (list >= 0 && list !== this.#shapes.at(-1)) this.#shapes.push(this.length, list);
  }

  /** The track for a page. */
  closed(): PoseTrack {
    const [x, y, z] = this.#place;
    const rotation = this.#rotation;
    const isTurned = rotation.slice(0, 3).some(({ isZero }) => !isZero);
    return {
      id: this.#id,
      kind: this.kind,
      start: this.start,
      x: x.values,
      y: y.values,
      z: z.values,
      ...(this.#yaw.isZero ? {} : { yaw: this.#yaw.values }),
      ...(isTurned ? { rotation: rotation.map(({ values }) => values) } : {}),
      flips: this.#flips,
      ...(this.#jumps.length === 0 ? {} : { jumps: this.#jumps }),
      ...(this.#shapes.length === 0 ? {} : { shapes: this.#shapes }),
    };
  }
}

/** Whole numbers as the first one, then differences. */
class Differences {
  readonly values: number[] = [];
  /** True when every number was 0. */
  isZero = true;
  #last = 0;

  push(value: number): void {
    this.values.push(value - this.#last);
    this.#last = value;
    if (value !== 0) this.isZero = false;
  }
}
