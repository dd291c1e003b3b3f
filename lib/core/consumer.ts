import type { Chunk, KeyframeReason } from "./chunk.ts";
import { type Frame, isNewer } from "./frame.ts";
import { FrameSpans } from "./frame_spans.ts";
import type { HistoryEntry } from "./history.ts";
import { lowestBit } from "./mask.ts";

/** A packet of the policy `nack` that is neither acked nor known to be lost. */
interface InFlight {
  frame: Frame;
  readonly spans: FrameSpans;
}

/** Unacked packets of a consumer beyond which the oldest counts as lost. */
const IN_FLIGHT_MAX = 1024;

/** An empty slot; a frame sent; a frame that an earlier epoch may have sent as well. */
const NOTHING = 0, SENT = 1, SENT_AGAIN = 2;

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
  /** True once a keyframe with tables of this epoch was acked. */
  hasTables: boolean = false;
  /** Packet of the last append, kept until the next. */
  chunk: Chunk | undefined;
  /** Policy `append`: state that was sent last. */
  sent: HistoryEntry<S> | undefined;
  /** Policy `nack`: changes of lost packets, to be sent again. */
  readonly owed: FrameSpans = new FrameSpans();
  /** Newest frame of earlier epochs; undefined once a newer one was sent. */
  #lastEpochFrame: Frame | undefined;
  readonly #sentFrames: Uint32Array;
  /** What each slot of `#sentFrames` holds: {@linkcode NOTHING}, SENT or SENT_AGAIN. */
  readonly #slots: Uint8Array;
  /** 1 for each slot whose packet began with tables. */
  readonly #tables: Uint8Array;
  /** Queue of packets: slots used in turn, their number a power of two. */
  #inFlight: InFlight[] = [];
  #inFlightCount = 0;
  #oldest = 0;

  /** Consumer whose acks of the last `ackFrames` frames can be told from made-up ones. */
  constructor(ackFrames: number) {
    const slots = 1 << (32 - Math.clz32(ackFrames - 1));
    this.#sentFrames = new Uint32Array(slots);
    this.#slots = new Uint8Array(slots);
    this.#tables = new Uint8Array(slots);
  }

  /** Starts a new epoch: nothing is sent, acked or in flight. */
  reset(): void {
    this.epoch = (this.epoch + 1) >>> 0;
    if (this.hasSent) this.#lastEpochFrame ??= this.sentFrame;
    this.hasSent = this.hasAck = this.hasTables = false;
    this.#slots.fill(NOTHING);
    this.owed.clear();
    this.#inFlightCount = 0;
  }

  /** Notes that a packet of a frame went out, and whether it began with tables. */
  noteSent(frame: Frame, withTables: boolean): void {
    this.hasSent = true;
    this.sentFrame = frame;
    if (this.#lastEpochFrame !== undefined && isNewer(frame, this.#lastEpochFrame)) {
      this.#lastEpochFrame = undefined;
    }
    const slot = frame & (this.#sentFrames.length - 1);
    this.#sentFrames[slot] = frame;
    this.#slots[slot] = this.#lastEpochFrame === undefined ? SENT : SENT_AGAIN;
    this.#tables[slot] = withTables ? 1 : 0;
  }

  /** Notes by an ack of this epoch whether the consumer has the tables by now. */
  noteTables(frame: Frame, appliedBits: number): void {
    if (this.hasTables) return;
    this.hasTables = this.#beganWithTables(frame);
    for (let bits = appliedBits; bits !== 0 && !this.hasTables; bits &= bits - 1) {
      this.hasTables = this.#beganWithTables((frame - 1 - lowestBit(bits)) >>> 0);
    }
  }

  #beganWithTables(frame: Frame): boolean {
    const slot = frame & (this.#sentFrames.length - 1);
    return this.#tables[slot] === 1 && this.#slots[slot] !== NOTHING &&
      this.#sentFrames[slot] === frame;
  }

  /** True when an ack of a frame can be of this epoch. */
  isAckable(frame: Frame, epoch: number | undefined): boolean {
    const slot = frame & (this.#sentFrames.length - 1);
    if (this.#slots[slot] === NOTHING || this.#sentFrames[slot] !== frame) return false;
    return epoch === undefined ? this.#slots[slot] === SENT : epoch === this.epoch;
  }

  /** Notes changes that are on their way, those owed from before included. */
  noteInFlight(frame: Frame, spans: FrameSpans): void {
    this.owed.clear();
    if (this.#inFlightCount === IN_FLIGHT_MAX) this.#lose(this.#takeOldest());
    if (this.#inFlightCount === this.#inFlight.length) this.#growInFlight();
    const packet = this.#inFlightAt(this.#inFlightCount++);
    packet.frame = frame;
    packet.spans.clear().addAll(spans);
  }

  /**
   * Settles every packet up to an acked frame: applied when it is the frame or its bit is set,
   * lost otherwise, because a consumer never applies a packet after a newer one.
   *
   * @param appliedBits bit n set when frame `frame - 1 - n` was applied
   */
  settle(frame: Frame, appliedBits: number): void {
    while (this.#inFlightCount > 0 && !isNewer(this.#inFlightAt(0).frame, frame)) {
      const packet = this.#takeOldest();
      const back = (frame - packet.frame) >>> 0;
      const isApplied = back === 0 || (back <= 32 && ((appliedBits >>> (back - 1)) & 1) === 1);
      if (!isApplied) this.#lose(packet);
    }
  }

  #inFlightAt(index: number): InFlight {
    return this.#inFlight[(this.#oldest + index) & (this.#inFlight.length - 1)]!;
  }

  /** Takes the oldest packet out of the queue; its slot is written again by a later packet. */
  #takeOldest(): InFlight {
    const packet = this.#inFlightAt(0);
    this.#oldest = (this.#oldest + 1) & (this.#inFlight.length - 1);
    this.#inFlightCount--;
    return packet;
  }

  #growInFlight(): void {
    const count = this.#inFlightCount;
    this.#inFlight = Array.from(
      { length: Math.max(16, count * 2) },
      (_, i) => i < count ? this.#inFlightAt(i) : { frame: 0, spans: new FrameSpans() },
    );
    this.#oldest = 0;
  }

  #lose(packet: InFlight): void {
    this.owed.addAll(packet.spans);
  }
}
