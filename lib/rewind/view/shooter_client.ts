import type { Snapshot } from "../../core/state/snapshot.ts";
import { framePointAtMs, indexAtFrame } from "../past/frame_time.ts";
import type { KindFields } from "../past/kind_fields.ts";
import { TeleportSteps } from "../past/teleport_steps.ts";
import { type Moment, momentOf } from "../policy/moment.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { planOf } from "../shape/model_plan.ts";
import { copyPose, emptyPose, type PoseSource } from "../shape/pose.ts";
import { poseBetween } from "../shape/pose_motion.ts";
import type { Shot } from "../shot/shot.ts";
import type { SeenPose, ShooterView } from "../verdict/shooter_view.ts";
import { emptyTargetPose, type TargetPose } from "../verdict/target_pose.ts";
import type { ShooterViewOptions } from "./shooter_view_options.ts";

/** A shot that a client fired. */
export interface FiredShot {
  /** The shot. */
  readonly shot: Shot;
  /** When the client fired, in microseconds of the server's time. */
  readonly fireUs: number;
}

/** A frame that a client applied. */
interface AppliedFrame {
  readonly arrivalUs: number;
  readonly frame: number;
  readonly timeMs: number;
  /** Index of the frame in the recording. */
  readonly index: number;
  readonly poses: readonly AppliedPose[];
}

interface AppliedPose {
  readonly id: number;
  readonly pose: TargetPose;
}

/** What the clients of all shooters share. */
export interface ShooterWorld {
  /** What can be hit. */
  readonly model: HitModel;
  /** The recording. */
  readonly source: PoseSource;
  /** How clients are simulated. */
  readonly options: ShooterViewOptions;
  /** Takes the view of each shot by its index. */
  readonly views: Map<number, ShooterView>;
}

/** One shooter's client: the frames that it applied, and the shots that it has yet to fire. */
export class ShooterClient {
  readonly #fired: readonly FiredShot[];
  readonly #fields: KindFields;
  readonly #model: HitModel;
  readonly #source: PoseSource;
  readonly #options: ShooterViewOptions;
  readonly #views: Map<number, ShooterView>;
  readonly #longestInterpMs: number;
  readonly #teleports: TeleportSteps;
  readonly #pose = emptyPose();
  #applied: AppliedFrame[] = [];
  #next = 0;

  /**
   * A client that has applied nothing yet.
   *
   * @param fired shots by when they were fired
   * @param fields where held snapshots keep what the model asks for
   */
  constructor(fired: readonly FiredShot[], fields: KindFields, world: ShooterWorld) {
    const { model, options, source, views } = world;
    this.#fired = fired;
    this.#fields = fields;
    this.#model = model;
    this.#source = source;
    this.#options = options;
    this.#views = views;
    this.#teleports = new TeleportSteps(options.teleport, source, planOf(model).teleportFact);
    this.#longestInterpMs = fired.reduce(
      (most, { shot }) => Math.max(most, this.#interpMs(shot)),
      0,
    );
  }

  /** Takes in a frame; one that no shot will look at is not kept. */
  apply(arrivalUs: number, held: Snapshot): void {
    if (this.#next === this.#fired.length) return;
    const poses: AppliedPose[] = [];
    for (let i = 0; i < held.count; i++) {
      this.#fields.readPose(held, i, this.#pose);
      const { kind } = this.#pose;
      if (kind < 0 || this.#model.kinds[kind]!.shapes.length === 0) continue;
      const pose = emptyTargetPose();
      copyPose(this.#pose, pose);
      poses.push({ id: held.ids[i]!, pose });
    }
    const source = this.#source;
    // A decoded snapshot may carry no time of its own: the recording has it.
    const index = Math.max(0, indexAtFrame(source, held.frame, 0, source.length - 1));
    this.#applied.push({
      arrivalUs,
      frame: held.frame,
      timeMs: source.timeMsAt(index),
      index,
      poses,
    });
  }

  /** Takes the view of every shot that was fired before a time. */
  look(nowUs: number): void {
    const first = this.#next;
    while (this.#next < this.#fired.length && this.#fired[this.#next]!.fireUs < nowUs) {
      const { shot, fireUs } = this.#fired[this.#next++]!;
      const view = this.#viewAt(shot, fireUs);
      if (view !== undefined) this.#views.set(shot.index, view);
    }
    if (first !== this.#next || this.#applied.length > 256) this.#forget(nowUs);
  }

  #viewAt(shot: Shot, fireUs: number): ShooterView | undefined {
    const applied = this.#applied;
    let newest = applied.length - 1;
    while (newest >= 0 && applied[newest]!.arrivalUs > fireUs) newest--;
    if (newest < 0) return undefined;
    const interpMs = this.#interpMs(shot);
    const oldestMs = applied[0]!.timeMs;
    const viewMs = Math.max(applied[newest]!.timeMs - interpMs, oldestMs);
    let from = newest;
    while (from > 0 && applied[from]!.timeMs > viewMs) from--;
    const earlier = applied[from]!;
    const later = applied[Math.min(from + 1, newest)]!;
    const span = later.timeMs - earlier.timeMs;
    const part = span > 0 ? (viewMs - earlier.timeMs) / span : 0;
    const { eventsFirst } = this.#options;
    const { shooterFacts } = planOf(this.#model).readsShooter
      ? momentOf(this.#source, shot, this.#model, { eventsFirst })
      : {};
    return {
      viewFrame: framePointAtMs(this.#source, viewMs),
      newestFrame: applied[newest]!.frame,
      interpMs,
      poses: earlier.poses.filter(({ id }) => id !== shot.shooter)
        .map((seen) => this.#between(seen, earlier, later, part, shooterFacts)),
    };
  }

  /** What the client shows of a target between two applied frames. */
  #between(
    { id, pose }: AppliedPose,
    earlier: AppliedFrame,
    later: AppliedFrame,
    part: number,
    shooterFacts: Moment["shooterFacts"],
  ): SeenPose {
    const plan = planOf(this.#model);
    const seen = emptyTargetPose();
    copyPose(pose, seen);
    const next = part === 0 ? undefined : later.poses.find((other) => other.id === id)?.pose;
    if (next !== undefined && next.kind === pose.kind) {
      if (!this.#teleports.isTeleport(earlier.index, later.index, id, pose, next)) {
        poseBetween(pose, next, part, plan, seen);
        copyPose(next, seen.next);
        seen.part = part;
      }
    }
    if (shooterFacts !== undefined) plan.lookAtShooter(seen, shooterFacts);
    const { kind } = this.#model.kinds[pose.kind]!;
    const { isAlive, x, y, yawDegrees, z } = seen;
    const whole = plan.isPlain ? {} : { whole: seen };
    return { id, kind, x, y, z, yawDegrees, isAlive, ...whole };
  }

  /** Drops frames that no later shot can show. */
  #forget(nowUs: number): void {
    const applied = this.#applied;
    let newest = applied.length - 1;
    while (newest > 0 && applied[newest]!.arrivalUs >= nowUs) newest--;
    if (newest < 0) return;
    const viewMs = applied[newest]!.timeMs - this.#longestInterpMs;
    let keep = newest;
    while (keep > 0 && applied[keep]!.timeMs > viewMs) keep--;
    if (keep > 0) this.#applied = applied.slice(keep);
  }

  #interpMs(shot: Shot): number {
    return Math.max(0, shot.numbers.get("interp") ?? this.#options.interpMs ?? 0);
  }
}
