import type { Chunk } from "../core/chunk.ts";
import type { Frame } from "../core/frame.ts";
import { PacketBreakdown } from "../core/packet_breakdown.ts";
import { Ring } from "../core/ring.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { SnapshotCodec } from "../core/snapshot_codec.ts";
import { Tracker } from "../core/tracker.ts";
import { EncodedPacket } from "./encoded_packet.ts";
import type { PacketSource, SourcedPacket } from "./packet_source.ts";
import { type RunOptions, trackerOptions } from "./run_options.ts";

/** Every consumer is sent the whole world; consumers with the same baseline share the packet. */
export class SharedSource implements PacketSource {
  readonly #options: RunOptions;
  readonly #breakdown: PacketBreakdown;
  readonly #tracker: Tracker<Snapshot, number>;
  readonly #truths: Ring<Snapshot>;
  readonly #sent: (Snapshot | undefined)[] = [];
  readonly #packets: Map<Chunk, EncodedPacket> = new Map();
  /** The pair that was looked up last: most consumers share one. */
  #chunk: Chunk | undefined;
  #packet: EncodedPacket | undefined;

  /** Source of a run that has not begun; the codec must be the run's own. */
  constructor(codec: SnapshotCodec, options: RunOptions) {
    this.#options = options;
    this.#breakdown = codec.breakdown = new PacketBreakdown(codec.layout);
    this.#tracker = new Tracker(codec, trackerOptions(options));
    this.#truths = new Ring(options.historyFrames);
  }

  /** Encodes by the tracker so far. */
  get encodes(): number {
    return this.#tracker.encodes;
  }

  /** Takes in the next frame. */
  begin(truth: Snapshot): void {
    this.#truths.push(truth.frame, truth);
    this.#packets.clear();
    this.#chunk = undefined;
  }

  /** Packet for a consumer, made when no other consumer needed the same before. */
  packetFor(consumer: number, truth: Snapshot): SourcedPacket {
    const encodes = this.#tracker.encodes;
    const chunk = this.#tracker.appendChunk(consumer, truth.frame, truth);
    const isNew = this.#tracker.encodes > encodes;
    if (isNew) {
      const packet = new EncodedPacket(
        chunk.bytes,
        chunk.headerLength,
        chunk,
        this.#breakdown,
        truth,
        this.#options.mtuBytes,
      );
      this.#packets.set(chunk, packet);
    }
    const base = isNew ? this.#baseOf(consumer, chunk) : undefined;
    this.#sent[consumer] = truth;
    const reason = chunk.form === "keyframe" ? this.#tracker.keyframeReason(consumer) : undefined;
    return { packet: this.#packetOf(chunk), isNew, reason, base };
  }

  #baseOf(consumer: number, chunk: Chunk): Snapshot | undefined {
    if (chunk.form === "delta") return this.#truths.get(chunk.baselineFrame);
    return chunk.form === "patch" ? this.#sent[consumer] : undefined;
  }

  #packetOf(chunk: Chunk): EncodedPacket {
    if (chunk !== this.#chunk) {
      this.#chunk = chunk;
      this.#packet = this.#packets.get(chunk);
    }
    return this.#packet!;
  }

  /** Takes an ack. */
  ack(consumer: number, frame: Frame, appliedBits: number, epoch: number): void {
    this.#tracker.ack(consumer, frame, appliedBits, epoch);
  }

  /** Forgets what a consumer holds. */
  reset(consumer: number): void {
    this.#tracker.reset(consumer);
    this.#sent[consumer] = undefined;
  }

  /** How often a consumer was reset. */
  epoch(consumer: number): number {
    return this.#tracker.epoch(consumer);
  }

  /** There is no limit. */
  unlimit(): void {}
}
