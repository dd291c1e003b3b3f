import { type Frame, frameDistance } from "../core/frame.ts";
import { type RowVersion, RowVersions } from "../core/row_version.ts";
import { Snapshot, type SnapshotLayout } from "../core/snapshot.ts";
import { type View, type ViewPacket, ViewTracker } from "../core/view_tracker.ts";
import { ByteBudget, type Candidate } from "./byte_budget.ts";
import { DetailLevels } from "./detail_levels.ts";
import { EncodedPacket } from "./encoded_packet.ts";
import { Interest } from "./interest.ts";
import type { PacketSource, SourcedPacket } from "./packet_source.ts";
import { DATAGRAM_HEADER_BYTES, type RunOptions, trackerOptions } from "./run_options.ts";

/** Bytes of a packet before its first record: the largest packet header, and the datagram's. */
const OVERHEAD_BYTES = 10 + DATAGRAM_HEADER_BYTES;

/** Entities whose news a packet could not take, with the frame of the first that could not. */
type Backlog = ReadonlyMap<number, Frame>;

const NO_BACKLOG: Backlog = new Map();

/** Each consumer is sent its own part of the world; consumers share fragments of entities. */
export class ViewSource implements PacketSource {
  readonly #options: RunOptions;
  readonly #layout: SnapshotLayout;
  readonly #tracker: ViewTracker<number>;
  readonly #versions: RowVersions;
  readonly #interest: Interest | undefined;
  readonly #levels: DetailLevels | undefined;
  readonly #budgets: ByteBudget[] = [];
  /**
   * What each view leaves out. It belongs to the view and not to the consumer, because the next
   * packet goes on from the view that was acked, in which other entities are old.
   */
  readonly #backlogs: WeakMap<View, Backlog> = new WeakMap();
  /** What the packet sent last to each consumer left out; a keyframe goes on from there. */
  readonly #lastBacklogs: (Backlog | undefined)[] = [];
  readonly #sent: (Snapshot | undefined)[] = [];
  readonly #onStale: (frames: number) => void;
  #isLimited = true;

  /** Source of a run that has not begun; `onStale` hears what the budget cost. */
  constructor(layout: SnapshotLayout, options: RunOptions, onStale: (frames: number) => void) {
    this.#options = options;
    this.#layout = layout;
    this.#onStale = onStale;
    this.#tracker = new ViewTracker(layout, options.codec, trackerOptions(options));
    this.#versions = new RowVersions(layout);
    const { interest, detailLevels } = options;
    if (interest !== undefined) this.#interest = new Interest(layout, interest);
    if (detailLevels !== undefined) this.#levels = new DetailLevels(layout, detailLevels);
  }

  /** Fragments of entities that were encoded so far. */
  get encodes(): number {
    return this.#tracker.fragments.encodes;
  }

  /** Takes in the next frame. */
  begin(truth: Snapshot): void {
    const world = this.#versions.update(truth);
    this.#interest?.begin(world);
  }

  /** Packet for a consumer; undefined when its budget allows none now. */
  packetFor(consumer: number, truth: Snapshot): SourcedPacket | undefined {
    const { frame } = truth;
    const budget = this.#budgetOf(consumer);
    const overhead = OVERHEAD_BYTES + this.#tracker.tableBytes(consumer, frame);
    if (budget !== undefined && !budget.canSend(truth.timeMs * 1000, overhead)) return;
    const base = this.#tracker.baseline(consumer, frame);
    const wanted = this.#wanted(consumer, base);
    const view = budget === undefined
      ? wanted
      : this.#affordable(consumer, wanted, base, budget, overhead, frame);
    const bytes = this.#tracker.append(consumer, frame, view);
    const sourced = this.#sourced(consumer, bytes, base, view, truth);
    budget?.spend(sourced.packet.wireBytes);
    return sourced;
  }

  /** Takes an ack. */
  ack(consumer: number, frame: Frame, appliedBits: number, epoch: number): void {
    this.#tracker.ack(consumer, frame, appliedBits, epoch);
  }

  /** Forgets what a consumer holds. */
  reset(consumer: number): void {
    this.#tracker.reset(consumer);
    this.#sent[consumer] = undefined;
    this.#lastBacklogs[consumer] = undefined;
  }

  /** How often a consumer was reset. */
  epoch(consumer: number): number {
    return this.#tracker.epoch(consumer);
  }

  /** Lifts the budget. */
  unlimit(): void {
    this.#isLimited = false;
  }

  /** What a consumer should hold if bandwidth were free: its entities at their levels of detail. */
  #wanted(consumer: number, base: View): View {
    const world = this.#versions.current;
    const interest = this.#interest;
    if (interest === undefined) return world;
    const eye = interest.eye(consumer, world);
    const view: RowVersion[] = [];
    let b = 0;
    for (const version of world) {
      const distance = interest.distance(eye, version);
      if (distance > interest.radius) continue;
      while (b < base.length && base[b]!.id < version.id) b++;
      const held = base[b]?.id === version.id ? base[b] : undefined;
      view.push(this.#levels?.version(version, held, distance) ?? version);
    }
    return view;
  }

  /** As much of what is wanted as the budget pays for; of the rest, what is held already. */
  #affordable(
    consumer: number,
    wanted: View,
    base: View,
    budget: ByteBudget,
    overheadBytes: number,
    frame: Frame,
  ): View {
    const held = new Map(base.map((version) => [version.id, version]));
    const before = this.#backlogs.get(base) ?? this.#lastBacklogs[consumer] ?? NO_BACKLOG;
    const candidates: Candidate[] = [];
    wanted.forEach((version, index) => {
      const { id } = version;
      if (!this.#tracker.hasNews(consumer, version, held.get(id))) return;
      candidates.push({ id, index, sinceFrame: before.get(id) ?? frame });
    });
    const picked = budget.pick(
      candidates,
      frame,
      overheadBytes,
      ({ id, index }) => this.#tracker.cost(consumer, wanted[index]!, held.get(id)),
    );
    const backlog = new Map<number, Frame>();
    for (const { id, sinceFrame } of candidates) {
      const isPicked = picked.has(id);
      this.#onStale(isPicked ? 0 : frameDistance(frame, sinceFrame));
      if (!isPicked) backlog.set(id, sinceFrame);
    }
    const view: RowVersion[] = [];
    for (const version of wanted) {
      const shown = backlog.has(version.id) ? held.get(version.id) : version;
      if (shown !== undefined) view.push(shown);
    }
    this.#backlogs.set(view, backlog);
    this.#lastBacklogs[consumer] = backlog;
    return view;
  }

  #sourced(
    consumer: number,
    sent: ViewPacket,
    baseline: View,
    view: View,
    truth: Snapshot,
  ): SourcedPacket {
    const intended = snapshotOf(this.#layout, view, truth);
    const { breakdown } = this.#tracker;
    const { bytes, headerLength, form, baselineFrame, reason } = sent;
    const packet = new EncodedPacket(
      bytes,
      headerLength,
      { form, frame: truth.frame, baselineFrame },
      breakdown,
      intended,
      this.#options.mtuBytes,
    );
    // Of `strict` the tracker keeps the views; of the others, one snapshot is the next one's base.
    const base = form === "delta"
      ? snapshotOf(this.#layout, baseline, truth)
      : form === "patch"
      ? this.#sent[consumer]
      : undefined;
    if (this.#options.policy !== "strict") this.#sent[consumer] = intended;
    return { packet, isNew: true, reason, base };
  }

  #budgetOf(consumer: number): ByteBudget | undefined {
    const { budgetKbps } = this.#options;
    if (budgetKbps === undefined || !this.#isLimited) return undefined;
    return this.#budgets[consumer] ??= new ByteBudget(budgetKbps);
  }
}

function snapshotOf(layout: SnapshotLayout, view: View, truth: Snapshot): Snapshot {
  const snapshot = new Snapshot(layout).clear(truth.frame, truth.timeMs);
  for (const { id, kind, words } of view) {
    const at = snapshot.add(id, kind);
    for (let w = 0; w < words.length; w++) snapshot.words[at + w] = words[w]!;
  }
  return snapshot;
}
