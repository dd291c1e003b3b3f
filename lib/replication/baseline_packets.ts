import { assertFrame, type Frame, frameDistance } from "../core/time/frame.ts";
import { RowStore } from "../core/state/row_store.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { writeHeader } from "../core/wire/packet_header.ts";
import { SharedPacket } from "../core/wire/shared_packet.ts";
import { WorldCodec } from "../core/wire/world_codec.ts";
import { type BodySource, emptySource, WorldWriter } from "../core/wire/world_writer.ts";
import { EncodedPacket } from "./packet/encoded_packet.ts";
import type { RunOptions } from "./run_options.ts";

/** A frame that was sent. */
interface Baseline {
  readonly frame: Frame;
  readonly truth: Snapshot;
  /** Packet of the frame at hand against it; undefined until somebody is sent it. */
  packet: EncodedPacket | undefined;
}

/**
 * The packets of a frame of the whole world, by baseline: policy `strict` tells consumers apart by
 * nothing else, and so its tracker would write the same. Sends are counted from 0.
 */
export class BaselinePackets {
  /** Packets of the frame at hand that somebody is sent, in order of their encoding. */
  readonly packets: EncodedPacket[] = [];
  /** Packets so far. */
  encodes: number = 0;
  readonly #options: RunOptions;
  readonly #codec: WorldCodec;
  readonly #writer: WorldWriter;
  readonly #source: BodySource;
  /** The packet that was written last. */
  readonly #written: SharedPacket<Snapshot> = new SharedPacket();
  readonly #hasTables: boolean;
  readonly #baselines: Baseline[] = [];
  /** Those that the packets of the frame at hand are against. */
  readonly #used: Baseline[] = [];
  /** Send of the first of them. */
  #firstIndex = 0;
  /** Send at hand. */
  #index = -1;
  #truth: Snapshot;
  /** Keyframes of the send at hand, with tables and without. */
  readonly #keyframes: (EncodedPacket | undefined)[] = [undefined, undefined];

  /** No packet yet. */
  constructor(layout: SnapshotLayout, options: RunOptions) {
    this.#options = options;
    this.#codec = new WorldCodec(layout, options.codec);
    this.#writer = new WorldWriter(this.#codec, new RowStore());
    this.#truth = new Snapshot(layout);
    this.#source = emptySource(this.#truth, true, undefined);
    this.#hasTables = this.#codec.tables.length > 0;
  }

  /**
   * Goes to the next send.
   *
   * @param neededIndex first send that is still a baseline, or may become one
   * @throws {RangeError} when the frame is none or not newer, or texts are of another layout
   */
  begin(truth: Snapshot, neededIndex: number): void {
    const { frame } = truth;
    assertFrame(frame);
    if (this.#codec.hasTexts && truth.layout !== this.#codec.layout) {
      throw new RangeError(
        "The snapshot has another layout than the codec; share one SnapshotLayout",
      );
    }
    const { frame: before } = this.#truth;
    if (++this.#index > 0 && frameDistance(frame, before) <= 0) {
      throw new RangeError(
        `Cannot append frame ${frame}: the consumer was sent frame ${before} already`,
      );
    }
    for (const baseline of this.#used) baseline.packet = undefined;
    this.#used.length = 0;
    this.packets.length = 0;
    this.#keyframes.fill(undefined);
    this.#truth = truth;
    this.#baselines.push({ frame, truth, packet: undefined });
    while (this.#firstIndex < neededIndex || this.#isOld(this.#baselines[0]!)) {
      this.#firstIndex++;
      this.#baselines.shift();
    }
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
      baseline.packet = this.#encode(baseline, false);
      this.#used.push(baseline);
    }
    return baseline.packet;
  }

  /** Keyframe; `isFirst` where the consumer has acked nothing, and so lacks the tables of texts. */
  keyframe(isFirst: boolean): EncodedPacket {
    const hasTables = this.#hasTables && isFirst;
    return this.#keyframes[hasTables ? 0 : 1] ??= this.#encode(undefined, hasTables);
  }

  #encode(baseline: Baseline | undefined, hasTables: boolean): EncodedPacket {
    const truth = this.#truth;
    const packet = this.#written;
    const { out } = packet;
    packet.form = baseline === undefined ? "keyframe" : "delta";
    packet.frame = truth.frame;
    packet.baselineFrame = baseline?.frame ?? truth.frame;
    packet.hasTables = hasTables;
    writeHeader(packet, out.clear());
    packet.headerLength = out.length;
    if (hasTables) out.append(this.#codec.tables);
    this.#source.view = truth;
    this.#source.base = baseline?.truth;
    this.#writer.write(this.#source, out);
    packet.close();
    const encoded = new EncodedPacket(packet, truth, this.#options.mtuBytes);
    encoded.sendIndex = this.#index;
    this.packets.push(encoded);
    this.encodes++;
    return encoded;
  }

  #isOld({ frame }: Baseline): boolean {
    return frameDistance(this.#truth.frame, frame) >= this.#options.historyFrames;
  }
}
