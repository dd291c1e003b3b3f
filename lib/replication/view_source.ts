import type { Frame } from "../core/frame.ts";
import { Ring } from "../core/ring.ts";
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

/** Frames after which claims of entities that are gone are forgotten. */
const FORGET_EVERY_FRAMES = 256;

/** Each consumer is sent its own part of the world; consumers share fragments of entities. */
export class ViewSource implements PacketSource {
  readonly #options: RunOptions;
  readonly #layout: SnapshotLayout;
  readonly #tracker: ViewTracker<number>;
  readonly #versions: RowVersions;
  readonly #interest: Interest | undefined;
  readonly #levels: DetailLevels | undefined;
  readonly #budgets: ByteBudget[] = [];
  readonly #truths: (Ring<Snapshot> | undefined)[] = [];
  readonly #sent: (Snapshot | undefined)[] = [];
  readonly #onStale: (frames: number) => void;
  #isLimited = true;
  #frames = 0;

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
    if (this.#frames++ % FORGET_EVERY_FRAMES !== 0) return;
    for (const budget of this.#budgets) budget?.forget((id) => truth.find(id) >= 0);
  }

  /** Packet for a consumer; undefined when its budget allows none now. */
  packetFor(consumer: number, truth: Snapshot): SourcedPacket | undefined {
    const { frame } = truth;
    const budget = this.#budgetOf(consumer);
    if (budget !== undefined && !budget.canSend(truth.timeMs * 1000, OVERHEAD_BYTES)) return;
    const base = this.#tracker.baseline(consumer, frame);
    const wanted = this.#wanted(consumer, base);
    const view = budget === undefined
      ? wanted
      : this.#affordable(consumer, wanted, base, budget, frame);
    const bytes = this.#tracker.append(consumer, frame, view);
    return this.#sourced(consumer, bytes, view, truth);
  }

  /** Takes an ack. */
  ack(consumer: number, frame: Frame, appliedBits: number, epoch: number): void {
    this.#tracker.ack(consumer, frame, appliedBits, epoch);
  }

  /** Forgets what a consumer holds. */
  reset(consumer: number): void {
    this.#tracker.reset(consumer);
    this.#truths[consumer] = undefined;
    this.#sent[consumer] = undefined;
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
    frame: Frame,
  ): View {
    const held = new Map(base.map((version) => [version.id, version]));
    const candidates: Candidate[] = [];
    wanted.forEach((version, index) => {
      const bytes = this.#tracker.cost(consumer, version, held.get(version.id));
      if (bytes > 0) candidates.push({ id: version.id, bytes, index });
    });
    const picked = budget.pick(candidates, frame, OVERHEAD_BYTES, this.#onStale);
    const waiting = new Set(candidates.map(({ index }) => index));
    const view: RowVersion[] = [];
    wanted.forEach((version, index) => {
      if (!waiting.has(index) || picked.has(index)) return view.push(version);
      const kept = held.get(version.id);
      if (kept !== undefined) view.push(kept);
    });
    return view;
  }

  #sourced(
    consumer: number,
    sent: ViewPacket,
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
    const base = form === "delta"
      ? this.#truthsOf(consumer).get(baselineFrame)
      : form === "patch"
      ? this.#sent[consumer]
      : undefined;
    if (this.#options.policy === "strict") this.#truthsOf(consumer).push(truth.frame, intended);
    else this.#sent[consumer] = intended;
    return { packet, isNew: true, reason, base };
  }

  #truthsOf(consumer: number): Ring<Snapshot> {
    return this.#truths[consumer] ??= new Ring(this.#options.historyFrames);
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
