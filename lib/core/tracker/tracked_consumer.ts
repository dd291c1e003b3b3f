import { type Frame, frameDistance } from "../time/frame.ts";
import type { Counted, KeyframeReason, SharedPacket } from "../wire/shared_packet.ts";
import { AckLedger } from "./ack_ledger.ts";
import { OwedRecords } from "./owed_records.ts";
import type { AckPolicy } from "./tracker_options.ts";

/** What a tracker remembers of one consumer. */
export class TrackedConsumer<S extends Counted> {
  /** Packets that no ack has settled. */
  readonly ledger: AckLedger<SharedPacket<S>> = new AckLedger();
  /** Packet of the last append, kept until the next. */
  packet: SharedPacket<S> | undefined;
  /** Policy `strict`: what the consumer held at the frame that it acked last. */
  held: S | undefined;
  /** Frame of the newest keyframe of this epoch. */
  keyframeFrame: Frame = 0;
  /** Why the last packet was a keyframe; undefined when it was none. */
  keyframeReason: KeyframeReason | undefined;
  /** Policy `nack`: what lost packets held; undefined under any other. */
  readonly owing: OwedRecords | undefined;
  readonly #policy: AckPolicy;

  /** Consumer who was sent nothing. */
  constructor(policy: AckPolicy) {
    this.#policy = policy;
    if (policy === "nack") this.owing = new OwedRecords();
  }

  /** State that a packet is against when it is no keyframe. */
  get base(): S | undefined {
    return this.#policy === "strict" ? this.held : this.packet?.state;
  }

  /**
   * Why the packet of a frame has to be a keyframe; undefined when it need not be one.
   *
   * @param historyFrames age in frames from which on an acked state is no baseline any more
   * @param keyframeEveryFrames most frames between two keyframes
   */
  keyframeReasonAt(
    frame: Frame,
    historyFrames: number,
    keyframeEveryFrames: number,
  ): KeyframeReason | undefined {
    const { ledger, held, owing } = this;
    const unknown = ledger.epoch > 0 ? "reset" : "no-ack";
    if (!ledger.hasNewest) return unknown;
    if (frameDistance(frame, this.keyframeFrame) >= keyframeEveryFrames) return "interval";
    if (this.#policy === "append") return undefined;
    if (!ledger.hasAck) return unknown;
    if (owing !== undefined) return owing.owesAll ? "no-ack" : undefined;
    const isHeld = held !== undefined && frameDistance(frame, ledger.ackedFrame) < historyFrames;
    return isHeld ? undefined : "evicted";
  }
}
