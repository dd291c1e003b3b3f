import type { Chunk, KeyframeReason } from "./chunk.ts";
import { type Frame, isNewer } from "./frame.ts";
import { FrameSpans } from "./frame_spans.ts";
import type { HistoryEntry } from "./history.ts";

/** A packet of the policy `nack` that is neither acked nor known to be lost. */
interface InFlight {
  frame: Frame;
  readonly spans: FrameSpans;
}

/** Unacked packets of a consumer beyond which the oldest counts as lost. */
const IN_FLIGHT_MAX = 1024;

/** What a tracker remembers of one consumer. */
export class Consumer<S> {
  /** Number of resets so far; acks carry it so that those from before a reset are dead. */
  epoch: number = 0;
  /** True once something was sent in this epoch. */
  hasSent: boolean = false;
  /** Frame of the newest packet of this epoch. */
  sentFrame: Frame = 0;
  /** True once an ack was taken in this epoch. */
  hasAck: boolean = false;
  /** Newest frame that was acked in this epoch. */
  ackedFrame: Frame = 0;
  /** Frame of the newest keyframe of this epoch. */
  keyframeFrame: Frame = 0;
  /** Why the last packet was a keyframe; undefined when it was none. */
  keyframeReason: KeyframeReason | undefined;
  /** Packet of the last append, kept until the next. */
  chunk: Chunk | undefined;
  /** Policy `append`: state that was sent last. */
  sent: HistoryEntry<S> | undefined;
  /** Policy `nack`: changes of lost packets, to be sent again. */
  readonly owed: FrameSpans = new FrameSpans();
  /** Newest frame sent before the last reset; its ack cannot be told from one of this epoch. */
  #lastEpochFrame: Frame | undefined;
  readonly #sentFrames: Uint32Array;
  readonly #isSent: Uint8Array;
  #inFlight: InFlight[] = [];
  #free: InFlight[] = [];

  /** Consumer whose acks of the last `ackFrames` frames can be told from made-up ones. */
  constructor(ackFrames: number) {
    const slots = 1 << (32 - Math.clz32(ackFrames - 1));
    this.#sentFrames = new Uint32Array(slots);
    this.#isSent = new Uint8Array(slots);
  }

  /** Starts a new epoch: nothing is sent, acked or in flight. */
  reset(): void {
    this.epoch = (this.epoch + 1) >>> 0;
    if (this.hasSent) this.#lastEpochFrame = this.sentFrame;
    this.hasSent = this.hasAck = false;
    this.#isSent.fill(0);
    this.owed.clear();
    while (this.#inFlight.length > 0) this.#free.push(this.#inFlight.pop()!);
  }

  /** Notes that a packet of a frame went out. */
  noteSent(frame: Frame): void {
    this.hasSent = true;
    this.sentFrame = frame;
    const slot = frame & (this.#sentFrames.length - 1);
    this.#sentFrames[slot] = frame;
    this.#isSent[slot] = 1;
  }

  /** True when an ack of a frame can be of this epoch. */
  isAckable(frame: Frame, epoch: number | undefined): boolean {
    if (epoch !== undefined ? epoch !== this.epoch : frame === this.#lastEpochFrame) return false;
    const slot = frame & (this.#sentFrames.length - 1);
    return this.#isSent[slot] === 1 && this.#sentFrames[slot] === frame;
  }

  /** Notes changes that are on their way, those owed from before included. */
  noteInFlight(frame: Frame, spans: FrameSpans): void {
    const packet = this.#free.pop() ?? { frame, spans: new FrameSpans() };
    packet.frame = frame;
    packet.spans.clear().addAll(spans);
    this.#inFlight.push(packet);
    this.owed.clear();
    if (this.#inFlight.length > IN_FLIGHT_MAX) this.#lose(this.#inFlight.shift()!);
  }

  /**
   * Settles every packet up to an acked frame: applied when it is the frame or its bit is set,
   * lost otherwise, because a consumer never applies a packet after a newer one.
   *
   * @param appliedBits bit n set when frame `frame - 1 - n` was applied
   */
  settle(frame: Frame, appliedBits: number): void {
    let settled = 0;
    for (const packet of this.#inFlight) {
      if (isNewer(packet.frame, frame)) break;
      settled++;
      const back = (frame - packet.frame) >>> 0;
      const isApplied = back === 0 || (back <= 32 && ((appliedBits >>> (back - 1)) & 1) === 1);
      if (isApplied) this.#free.push(packet);
      else this.#lose(packet);
    }
    if (settled > 0) this.#inFlight.copyWithin(0, settled).length -= settled;
  }

  #lose(packet: InFlight): void {
    this.owed.addAll(packet.spans);
    this.#free.push(packet);
  }
}
