import type { KeyframeReason } from "../core/wire/shared_packet.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { type WorldPacket, WorldTracker } from "../core/tracker/world_tracker.ts";
import { EncodedPacket } from "./packet/encoded_packet.ts";
import { hasOwnViews, type RunOptions, trackerOptions } from "./run_options.ts";
import { ViewPlanner } from "./view/view_planner.ts";

/** The server's half of a run: decides what each consumer is sent, and takes acks. */
export class PacketSource {
  /** True when the packet asked for last is new: its consumer is the first to get it. */
  isNew: boolean = false;
  /** What the packet asked for last leaves out for want of budget; undefined without one. */
  omitted: ReadonlySet<number> | undefined;
  readonly #options: RunOptions;
  readonly #tracker: WorldTracker<number>;
  readonly #planner: ViewPlanner | undefined;
  /** Packets of the frame at hand, in order of their encoding. */
  readonly packets: EncodedPacket[] = [];
  /** Encodes before that frame. */
  #encodesBefore = 0;

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
    this.packets.length = 0;
    this.#encodesBefore = this.#tracker.encodes;
  }

  /**
   * Packet of that frame for a consumer, the same object for all who share it; undefined when its
   * budget allows none.
   */
  packetFor(consumer: number, truth: Snapshot): EncodedPacket | undefined {
    const tracker = this.#tracker;
    const planner = this.#planner;
    let shared: WorldPacket;
    if (planner === undefined) shared = tracker.appendPacket(consumer);
    else {
      const plan = planner.plan(consumer);
      if (plan === undefined) return undefined;
      this.omitted = plan.omitted;
      shared = tracker.appendPacket(consumer, plan.view, plan.omitted);
    }
    const place = shared.serial - this.#encodesBefore;
    this.isNew = place === this.packets.length;
    if (this.isNew) this.packets.push(this.#encoded(shared, truth));
    const packet = this.packets[place]!;
    planner?.spend(consumer, packet.wireBytes);
    return packet;
  }

  /** Why a consumer's last packet was a keyframe; undefined when it was none. */
  keyframeReason(consumer: number): KeyframeReason | undefined {
    return this.#tracker.keyframeReason(consumer);
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
    return new EncodedPacket(shared, shown, this.#options.mtuBytes);
  }
}
