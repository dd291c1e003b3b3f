import type { KeyframeReason } from "../core/wire/shared_packet.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { type WorldPacket, WorldTracker } from "../core/tracker/world_tracker.ts";
import { EncodedPacket } from "./encoded_packet.ts";
import { hasOwnViews, type RunOptions, trackerOptions } from "./run_options.ts";
import { ViewPlanner } from "./view/view_planner.ts";

/** A packet for one consumer. */
export interface SourcedPacket {
  /** The packet; the same object for every consumer that shares it. */
  readonly packet: EncodedPacket;
  /** True when this consumer is the first to get it. */
  readonly isNew: boolean;
  /** Why it is a keyframe; undefined when it is none. */
  readonly reason: KeyframeReason | undefined;
}

/** The server's half of a run: decides what each consumer is sent, and takes acks. */
export class PacketSource {
  readonly #options: RunOptions;
  readonly #tracker: WorldTracker<number>;
  readonly #planner: ViewPlanner | undefined;
  /** Packets of the frame at hand. */
  readonly #packets: Map<WorldPacket, EncodedPacket> = new Map();
  /** The pair that was looked up last: most consumers share one. */
  #shared: WorldPacket | undefined;
  #packet: EncodedPacket | undefined;

  /** Source of a run that has not begun; `onStale` hears what a budget cost. */
  constructor(layout: SnapshotLayout, options: RunOptions, onStale: (frames: number) => void) {
    this.#options = options;
    this.#tracker = new WorldTracker(layout, options.codec, trackerOptions(options));
    if (hasOwnViews(options)) this.#planner = new ViewPlanner(this.#tracker, options, onStale);
  }

  /**
   * Encodes so far: packets, or records of single entities when consumers see different parts of
   * the world.
   */
  get encodes(): number {
    return this.#tracker.recordEncodes || this.#tracker.encodes;
  }

  /** Takes in the next frame, before any consumer is sent it. */
  begin(truth: Snapshot): void {
    this.#tracker.begin(truth);
    this.#planner?.begin(truth.timeMs);
    this.#packets.clear();
    this.#shared = undefined;
  }

  /** Packet of that frame for a consumer; undefined when its budget allows none. */
  packetFor(consumer: number, truth: Snapshot): SourcedPacket | undefined {
    const tracker = this.#tracker;
    const plan = this.#planner?.plan(consumer);
    if (this.#planner !== undefined && plan === undefined) return undefined;
    const encodes = tracker.encodes;
    const shared = tracker.appendPacket(consumer, plan?.view, plan?.omitted);
    const isNew = tracker.encodes > encodes;
    const packet = isNew ? this.#encoded(shared, truth) : this.#packetOf(shared);
    this.#planner?.spend(consumer, packet.wireBytes);
    return { packet, isNew, reason: tracker.keyframeReason(consumer) };
  }

  /** Takes an ack; see {@linkcode WorldTracker.ack}. */
  ack(consumer: number, frame: number, appliedBits: number, epoch: number): void {
    this.#tracker.ack(consumer, frame, appliedBits, epoch);
  }

  /** Forgets what a consumer holds. */
  reset(consumer: number): void {
    this.#tracker.reset(consumer);
    this.#planner?.reset(consumer);
  }

  /** How often a consumer was reset. */
  epoch(consumer: number): number {
    return this.#tracker.epoch(consumer);
  }

  /** Frees every limit, so that what is owed can be settled; called after the last frame. */
  unlimit(): void {
    this.#planner?.unlimit();
  }

  #encoded(shared: WorldPacket, truth: Snapshot): EncodedPacket {
    const tracker = this.#tracker;
    const view = shared.state!;
    const shown = view === tracker.world ? truth : view.toSnapshot(truth.frame, truth.timeMs);
    const packet = new EncodedPacket(shared, shown, this.#options.mtuBytes);
    this.#packets.set(shared, packet);
    return packet;
  }

  #packetOf(shared: WorldPacket): EncodedPacket {
    if (shared !== this.#shared) {
      this.#shared = shared;
      this.#packet = this.#packets.get(shared);
    }
    return this.#packet!;
  }
}
