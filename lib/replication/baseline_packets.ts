import { type Frame, frameDistance } from "../core/time/frame.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { type WorldPacket, WorldTracker } from "../core/tracker/world_tracker.ts";
import { EncodedPacket } from "./packet/encoded_packet.ts";
import { type RunOptions, trackerOptions } from "./run_options.ts";

/** A frame that was sent: one consumer of the tracker stands for all who acked it last. */
interface Baseline {
  readonly frame: Frame;
  readonly truth: Snapshot;
  /** Packet of the frame at hand against it; undefined until somebody is sent it. */
  packet: EncodedPacket | undefined;
}

/**
 * The packets of a frame of the whole world, by baseline: policy `strict` tells consumers apart by
 * nothing else. Sends are counted from 0.
 */
export class BaselinePackets {
  /** Packets of the frame at hand that somebody is sent, in order of their encoding. */
  readonly packets: EncodedPacket[] = [];
  /** Packets so far. */
  encodes: number = 0;
  readonly #options: RunOptions;
  readonly #tracker: WorldTracker<number>;
  /** Tracker of one consumer that has acked a frame, and gets keyframes without tables. */
  readonly #plain: WorldTracker<number>;
  readonly #hasTables: boolean;
  readonly #baselines: Baseline[] = [];
  /** Those that the packets of the frame at hand are against. */
  readonly #used: Baseline[] = [];
  /** Send of the first of them. */
  #firstIndex = 0;
  /** Send at hand. */
  #index = -1;
  #truth: Snapshot | undefined;
  #whole: WorldPacket | undefined;
  /** Keyframes of the send at hand, with tables and without. */
  readonly #keyframes: (EncodedPacket | undefined)[] = [undefined, undefined];

  /** No packet yet. */
  constructor(layout: SnapshotLayout, options: RunOptions) {
    this.#options = options;
    const tracking = trackerOptions(options);
    this.#tracker = new WorldTracker(layout, options.codec, {
      ...tracking,
      keyframeEveryFrames: Infinity,
    });
    this.#plain = new WorldTracker(layout, options.codec, { ...tracking, keyframeEveryFrames: 1 });
    this.#hasTables = this.#tracker.codec.tables.length > 0;
  }

  /**
   * Goes to the next send.
   *
   * @param neededIndex first send that is still a baseline, or may become one
   */
  begin(truth: Snapshot, neededIndex: number): void {
    const tracker = this.#tracker;
    const index = ++this.#index;
    for (const baseline of this.#used) baseline.packet = undefined;
    this.#used.length = 0;
    this.packets.length = 0;
    this.#keyframes.fill(undefined);
    this.#truth = truth;
    tracker.begin(truth);
    // Nobody is sent this packet unless somebody needs a keyframe.
    this.#whole = tracker.appendPacket(index);
    tracker.ack(index, truth.frame);
    this.#baselines.push({ frame: truth.frame, truth, packet: undefined });
    while (this.#firstIndex < neededIndex || this.#isOld(this.#baselines[0]!)) {
      tracker.remove(this.#firstIndex++);
      this.#baselines.shift();
    }
    if (this.#hasTables && index === 0) this.#appendPlain();
  }

  /** State of a send that is a baseline. */
  truthOf(index: number): Snapshot {
    return this.#baselines[index - this.#firstIndex]!.truth;
  }

  /** Packet against an earlier send; undefined when that has left the history. */
  delta(index: number): EncodedPacket | undefined {
    const baseline = this.#baselines[index - this.#firstIndex];
    if (baseline === undefined) return undefined;
    if (baseline.packet === undefined) {
      baseline.packet = this.#add(this.#tracker.appendPacket(index));
      this.#used.push(baseline);
    }
    return baseline.packet;
  }

  /** Keyframe; `isFirst` where the consumer has acked nothing, and so lacks the tables of texts. */
  keyframe(isFirst: boolean): EncodedPacket {
    const isPlain = this.#hasTables && !isFirst;
    return this.#keyframes[isPlain ? 1 : 0] ??= this.#add(
      isPlain ? this.#appendPlain() : this.#whole!,
    );
  }

  #add(shared: WorldPacket): EncodedPacket {
    const packet = new EncodedPacket(shared, this.#truth!, this.#options.mtuBytes);
    packet.sendIndex = this.#index;
    this.packets.push(packet);
    this.encodes++;
    return packet;
  }

  #appendPlain(): WorldPacket {
    const plain = this.#plain;
    plain.begin(this.#truth!);
    const packet = plain.appendPacket(0);
    plain.ack(0, packet.frame);
    return packet;
  }

  #isOld({ frame }: Baseline): boolean {
    return frameDistance(this.#truth!.frame, frame) >= this.#options.historyFrames;
  }
}
