import type { Snapshot, SnapshotLayout } from "../core/snapshot.ts";
import { ConsumerViews } from "../replication/consumer_views.ts";
import type { RunOptions } from "../replication/run_options.ts";
import type { ClientView, SeenPose } from "./client_view.ts";
import type { HitModel } from "./hit_model.ts";
import { KindFields } from "./kind_fields.ts";
import { emptyPose, indexAtFrame, indexAtTime, type PoseSource } from "./pose.ts";
import type { Shot } from "./shot.ts";
import { TELEPORT_UNITS } from "./sweep.ts";

/** How the shooters' clients are simulated. */
export interface ShooterViewOptions {
  /** Network, ack policy, codec and seed; every shooter is one consumer, whatever `consumers` says. */
  readonly run: RunOptions;
  /** Interpolation delay in milliseconds of shots that have no `interp`; default 0. */
  readonly interpMs?: number | undefined;
  /** Step between frames above which a client shows the earlier row; default 100 units. */
  readonly teleportUnits?: number | undefined;
}

/** What {@linkcode shooterViews} found. */
export interface ShooterViews {
  /** View of each shot by its index; a shot before anything arrived has none. */
  readonly views: ReadonlyMap<number, ClientView>;
  /** What the decode contradicted; with a fault no view can be trusted. */
  readonly fault: string | undefined;
}

/**
 * What every shooter had on its screen when it fired, from a simulated network.
 *
 * Each shooter is a consumer of the recorded stream. A shot is decided at its time; the command took
 * the delay of the up link to get there, so the client fired that much earlier. At that time it had
 * applied packets up to some newest frame; it showed the time of that frame less its interpolation
 * delay, between the two applied frames around it, the earlier one as it is where a step is above
 * the teleport distance. It never extrapolates, and its clock stands between packets: what is owed
 * for such a view is `up + wait for the frame + down + interpolation`, to the microsecond.
 *
 * @param layout layout of the frames
 * @param frames the recording's snapshots in order
 * @param source the same frames as poses
 * @throws {RangeError} for an option of the run outside its range
 */
export async function shooterViews(
  layout: SnapshotLayout,
  frames: AsyncIterable<Snapshot> | Iterable<Snapshot>,
  source: PoseSource,
  shots: readonly Shot[],
  model: HitModel,
  options: ShooterViewOptions,
): Promise<ShooterViews> {
  const shooters = [...new Set(shots.map((shot) => shot.shooter))].sort((a, b) => a - b);
  const views = new Map<number, ClientView>();
  if (shooters.length === 0) return { views, fault: undefined };
  const fields = new KindFields(layout, model);
  const run = new ConsumerViews(
    layout,
    { ...options.run, consumers: shooters.length },
    (consumer, arrivalUs, held) => clients[consumer]!.apply(arrivalUs, held),
  );
  const clients = shooters.map((shooter, consumer) => {
    const fired = shots.filter((shot) => shot.shooter === shooter)
      .map((shot) => ({ shot, fireUs: Math.round(shot.timeMs * 1000) - run.commandUs(consumer) }))
      .sort((a, b) => a.fireUs - b.fireUs);
    return new ShooterClient(fired, fields, model, source, options, views);
  });
  for await (const frame of frames) {
    run.step(frame);
    const nowUs = Math.round(frame.timeMs * 1000);
    for (const client of clients) client.look(nowUs);
  }
  run.finish();
  for (const client of clients) client.look(Infinity);
  return { views, fault: run.fault };
}

interface FiredShot {
  readonly shot: Shot;
  /** When the client fired, in microseconds of the server's time. */
  readonly fireUs: number;
}

/** A frame that a client applied. */
interface AppliedFrame {
  readonly arrivalUs: number;
  readonly frame: number;
  readonly timeMs: number;
  readonly poses: readonly Required<SeenPose>[];
}

/** One shooter's client: the frames that it applied, and the shots that it has yet to fire. */
class ShooterClient {
  readonly #fired: readonly FiredShot[];
  readonly #fields: KindFields;
  readonly #model: HitModel;
  readonly #source: PoseSource;
  readonly #options: ShooterViewOptions;
  readonly #views: Map<number, ClientView>;
  readonly #longestInterpMs: number;
  readonly #pose = emptyPose();
  #applied: AppliedFrame[] = [];
  #next = 0;

  constructor(
    fired: readonly FiredShot[],
    fields: KindFields,
    model: HitModel,
    source: PoseSource,
    options: ShooterViewOptions,
    views: Map<number, ClientView>,
  ) {
    this.#fired = fired;
    this.#fields = fields;
    this.#model = model;
    this.#source = source;
    this.#options = options;
    this.#views = views;
    this.#longestInterpMs = Math.max(0, ...fired.map(({ shot }) => this.#interpMs(shot)));
  }

  /** Takes in a frame; one that no shot will look at is not kept. */
  apply(arrivalUs: number, held: Snapshot): void {
    if (this.#next === this.#fired.length) return;
    const poses: Required<SeenPose>[] = [];
    const pose = this.#pose;
    for (let i = 0; i < held.count; i++) {
      this.#fields.readPose(held, i, pose);
      if (pose.kind < 0 || this.#model.kinds[pose.kind]!.shapes.length === 0) continue;
      const { x, y, z, yawDegrees, isAlive } = pose;
      const kind = this.#model.kinds[pose.kind]!.kind;
      poses.push({ id: held.ids[i]!, kind, x, y, z, yawDegrees, isAlive });
    }
    const timeMs = this.#timeOf(held);
    this.#applied.push({ arrivalUs, frame: held.frame, timeMs, poses });
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

  #viewAt(shot: Shot, fireUs: number): ClientView | undefined {
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
    const teleportUnits = this.#options.teleportUnits ?? TELEPORT_UNITS;
    return {
      viewFrame: frameAtMs(this.#source, viewMs),
      newestFrame: applied[newest]!.frame,
      interpMs,
      poses: earlier.poses.filter((seen) => seen.id !== shot.shooter)
        .map((seen) => between(seen, later, part, teleportUnits)),
    };
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

  /** A decoded snapshot may carry no time of its own: the recording has it. */
  #timeOf(held: Snapshot): number {
    const source = this.#source;
    return source.timeMsAt(Math.max(0, indexAtFrame(source, held.frame, 0, source.length - 1)));
  }
}

/** Recorded frame at a time, with its place between two frames as a fraction. */
function frameAtMs(source: PoseSource, timeMs: number): number {
  const index = indexAtTime(source, timeMs, 0, source.length - 1);
  const next = Math.min(index + 1, source.length - 1);
  const fromMs = source.timeMsAt(index);
  const spanMs = source.timeMsAt(next) - fromMs;
  const part = spanMs > 0 ? Math.min(Math.max((timeMs - fromMs) / spanMs, 0), 1) : 0;
  const frame = source.frameAt(index);
  return frame + ((source.frameAt(next) - frame) >>> 0) * part;
}

function between(
  seen: Required<SeenPose>,
  later: AppliedFrame,
  part: number,
  teleportUnits: number,
): SeenPose {
  if (part === 0) return seen;
  const next = later.poses.find((pose) => pose.id === seen.id && pose.kind === seen.kind);
  if (next === undefined) return seen;
  const x = next.x - seen.x;
  const y = next.y - seen.y;
  const z = next.z - seen.z;
  if (x * x + y * y + z * z > teleportUnits * teleportUnits) return seen;
  return { ...seen, x: seen.x + x * part, y: seen.y + y * part, z: seen.z + z * part };
}
