import { walkToId } from "../../core/state/sorted_ids.ts";
import { type Frame, frameDistance } from "../../core/time/frame.ts";
import { FrameQueue } from "../../core/time/frame_queue.ts";
import type { View } from "../../core/state/view.ts";
import type { WorldTracker } from "../../core/tracker/world_tracker.ts";
import { ByteBudget, type Candidate } from "./byte_budget.ts";
import { type DetailLevel, DetailLevels } from "./detail_levels.ts";
import { assertInterest, Interest, type InterestSpec } from "./interest.ts";

/** Bytes of a packet before its first record: the largest packet header. */
const PACKET_HEADER_BYTES_MAX = 10;

/** Entities whose news a packet could not take, with the frame of the first that could not. */
type Backlog = ReadonlyMap<number, Frame>;

const NO_BACKLOG: Backlog = new Map();

/** What consumers are shown. */
export interface ViewSpec {
  /** Which part of the world; undefined for all of it. */
  readonly interest?: InterestSpec;
  /** Fields that are sent by distance; needs `interest`. */
  readonly detailLevels?: readonly DetailLevel[];
  /** Kilobits per second on the wire that a consumer may be sent; undefined for no limit. */
  readonly budgetKbps?: number;
  /** Bytes of headers that each datagram adds on the wire; 28, IPv4 and UDP, unless given. */
  readonly datagramHeaderBytes?: number;
}

/** What {@linkcode WorldTracker.append} is to be given. */
export interface ViewPlan {
  /** What the consumer is shown; to be used before the next plan. */
  readonly view: View;
  /** Entities that the budget cannot take now; undefined without a budget. */
  readonly omitted: ReadonlySet<number> | undefined;
}

/** What a {@linkcode ViewPlanner} remembers of one consumer. */
interface Planned {
  readonly budget: ByteBudget | undefined;
  /**
   * What each packet left out, by frame: the next one goes on from the packet that was acked, since
   * what was sent later may be lost.
   */
  readonly backlogs: FrameQueue<Backlog>;
  /** What the packet before left out; a keyframe goes on from there. */
  last: Backlog;
}

/**
 * Chooses what each consumer of a {@linkcode WorldTracker} is sent: the entities near the one that
 * it owns, fewer fields of those far away, and no more than a budget pays for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Snapshot, SnapshotLayout, ViewPlanner, WorldTracker } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "ship", fields: [{ name: "x", type: "f32" }] }],
 * });
 * const tracker = new WorldTracker<number>(layout, "varint");
 * const interest = { radius: 50, position: ["x"], ownKind: "ship" };
 * const planner = new ViewPlanner(tracker, { interest, budgetKbps: 64 });
 *
 * const ships = [0, 10, 900].map((x, id) => ({ id, kind: "ship", fields: { x } }));
 * tracker.begin(Snapshot.of(layout, { frame: 1, timeMs: 0, entities: ships }));
 * planner.begin(0);
 * const plan = planner.plan(0); // the first consumer owns ship 0
 * assert.equal(plan?.view.count, 2);
 * if (plan !== undefined) {
 *   const packet = tracker.append(0, plan.view, plan.omitted);
 *   planner.spend(0, packet.length + 28);
 * }
 * ```
 */
export class ViewPlanner {
  /** Who sees from where; undefined when all see everything. */
  readonly interest: Interest | undefined;
  readonly #tracker: WorldTracker<number>;
  readonly #levels: DetailLevels | undefined;
  readonly #budgetKbps: number | undefined;
  readonly #headerBytes: number;
  readonly #onStale: (frames: number) => void;
  readonly #planned: Map<number, Planned> = new Map();
  readonly #view: View;
  #timeUs = 0;
  /** World of the frame that was begun last. */
  #begun: View | undefined;
  #isLimited = true;

  /**
   * Planner of a tracker that has not begun.
   *
   * @param onStale hears for how many frames news of an entity has waited; 0 when it goes now
   * @throws {RangeError} for a setting outside its range, or one that does not fit the layout
   */
  constructor(
    tracker: WorldTracker<number>,
    spec: ViewSpec,
    onStale: (frames: number) => void = () => {},
  ) {
    const { interest, detailLevels, budgetKbps, datagramHeaderBytes = 28 } = spec;
    assertViews(spec, tracker.codec.name);
    this.#tracker = tracker;
    this.#onStale = onStale;
    this.#budgetKbps = budgetKbps;
    this.#headerBytes = PACKET_HEADER_BYTES_MAX + datagramHeaderBytes;
    this.#view = tracker.view();
    if (interest !== undefined) this.interest = new Interest(tracker.codec.layout, interest);
    if (detailLevels !== undefined) {
      this.#levels = new DetailLevels(tracker.codec.layout, tracker.rows, detailLevels);
    }
  }

  /** Takes in the frame that the tracker has begun. @throws {RangeError} when it has begun none */
  begin(timeMs: number): void {
    this.#timeUs = timeMs * 1000;
    this.#begun = this.#tracker.world;
    this.#levels?.begin();
    this.interest?.begin(this.#begun);
  }

  /**
   * What a consumer is to be sent of the frame; undefined when its budget allows no packet now.
   *
   * @throws {RangeError} when the tracker's frame was not begun here
   */
  plan(consumer: number): ViewPlan | undefined {
    if (this.#begun !== this.#tracker.world) {
      throw new RangeError(
        `Cannot plan frame ${this.#tracker.frame}: begin it here as well, after the tracker's begin`,
      );
    }
    const planned = this.#plannedFor(consumer);
    const budget = this.#isLimited ? planned.budget : undefined;
    const overhead = this.#headerBytes + this.#tracker.tableBytes(consumer);
    if (budget !== undefined && !budget.canSend(this.#timeUs, overhead)) return undefined;
    const base = this.#tracker.baseline(consumer);
    const view = this.#wanted(consumer, base);
    const omitted = budget === undefined
      ? undefined
      : this.#omitted(consumer, planned, view, base, overhead);
    return { view, omitted };
  }

  /** Pays for a packet: all its bytes on the wire, headers included. */
  spend(consumer: number, wireBytes: number): void {
    if (this.#isLimited) this.#planned.get(consumer)?.budget?.spend(wireBytes);
  }

  /** Forgets what a consumer was sent, as {@linkcode WorldTracker.reset} does. */
  reset(consumer: number): void {
    const planned = this.#planned.get(consumer);
    if (planned === undefined) return;
    while (planned.backlogs.count > 0) planned.backlogs.shift();
    planned.last = NO_BACKLOG;
  }

  /** Forgets a consumer altogether, and what it owned, as {@linkcode WorldTracker.remove} does. */
  remove(consumer: number): void {
    this.#planned.delete(consumer);
    this.interest?.disown(consumer);
  }

  /** Lifts the budget. */
  unlimit(): void {
    this.#isLimited = false;
  }

  #plannedFor(consumer: number): Planned {
    let planned = this.#planned.get(consumer);
    if (planned === undefined) {
      const budget = this.#budgetKbps === undefined ? undefined : new ByteBudget(this.#budgetKbps);
      planned = { budget, backlogs: new FrameQueue(), last: NO_BACKLOG };
      this.#planned.set(consumer, planned);
    }
    return planned;
  }

  /** What a consumer should hold if bandwidth were free: its entities at their levels of detail. */
  #wanted(consumer: number, base: View | undefined): View {
    const { world } = this.#tracker;
    const { interest } = this;
    if (interest === undefined) return world;
    const eye = interest.eye(consumer);
    const isBlind = interest.isBlind(consumer);
    const view = this.#view.clear(world.frame, world.timeMs);
    let b = 0;
    for (let i = 0; i < world.count; i++) {
      const distance = interest.distance(eye, i);
      if (distance > interest.radius || (isBlind && interest.isPlaced(i))) continue;
      if (this.#levels === undefined) {
        view.show(world, i);
        continue;
      }
      const id = world.ids[i]!;
      if (base) b = walkToId(base.ids, b, base.count, id);
      const place = base && b < base.count && base.ids[b] === id ? b : -1;
      view.push(id, world.kinds[i]!, this.#levels.row(world, i, base, place, distance));
    }
    view.words = this.#tracker.rows.words;
    return view;
  }

  /** What is wanted and the budget cannot pay for now. */
  #omitted(
    consumer: number,
    planned: Planned,
    view: View,
    base: View | undefined,
    overheadBytes: number,
  ): ReadonlySet<number> {
    const tracker = this.#tracker;
    const { frame } = tracker;
    const before = this.#backlogBefore(consumer, planned, base);
    const preview = tracker.preview(consumer, view);
    const candidates: Candidate[] = [];
    for (let index = 0; index < view.count; index++) {
      const id = view.ids[index]!;
      if (!preview.hasNews(index)) continue;
      candidates.push({ id, index, sinceFrame: before.get(id) ?? frame });
    }
    const picked = planned.budget!.pick(
      candidates,
      frame,
      overheadBytes,
      ({ index }) => preview.cost(index),
    );
    const backlog = new Map<number, Frame>();
    for (const { id, sinceFrame } of candidates) {
      const isPicked = picked.has(id);
      this.#onStale(isPicked ? 0 : frameDistance(frame, sinceFrame));
      if (!isPicked) backlog.set(id, sinceFrame);
    }
    planned.last = backlog;
    planned.backlogs.push(frame, backlog);
    return new Set(backlog.keys());
  }

  /** What the packet that a consumer's next one is against left out. */
  #backlogBefore(consumer: number, planned: Planned, base: View | undefined): Backlog {
    const { backlogs, last } = planned;
    const { policy, historyFrames, frame } = this.#tracker;
    const acked = this.#tracker.ackedFrame(consumer);
    while (
      backlogs.count > 0 && frameDistance(frame, backlogs.frameAt(0)) > historyFrames
    ) backlogs.shift();
    if (policy !== "strict" || base === undefined || acked === undefined) return last;
    return backlogs.itemAt(backlogs.indexOf(acked)) ?? last;
  }
}

/** Checks every setting of views. @throws {RangeError} naming the one that is outside its range */
export function assertViews({ budgetKbps, detailLevels, interest }: ViewSpec, codec: string): void {
  if (interest !== undefined) assertInterest(interest);
  if (budgetKbps !== undefined && !(budgetKbps > 0 && budgetKbps <= 1e7)) {
    throw new RangeError(`budgetKbps is ${budgetKbps}, expected more than 0, at most 10 000 000`);
  }
  if (budgetKbps !== undefined && codec === "raw") {
    throw new RangeError("A budget cannot be kept with the codec raw, which sends everything");
  }
  if (detailLevels !== undefined && interest === undefined) {
    throw new RangeError("Levels of detail need interest, which says where a consumer sees from");
  }
}
