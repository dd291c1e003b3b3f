import type { Chunk, KeyframeReason } from "./chunk.ts";
import { type Frame, isNewer } from "./frame.ts";
import { lowestBit } from "./mask.ts";

/** An empty slot. */
const NOTHING = 0, SENT = 1, SENT_AGAIN = 2;

/** What a tracker remembers of one consumer. */
export class Consumer {
  /** Number of resets so far. */
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
  /** Why the last packet was a keyframe. */
  keyframeReason: KeyframeReason | undefined;
  /** True once a keyframe with tables of this epoch was acked. */
  hasTables: boolean = false;
  /** Packet of the last append, kept until the next. */
  chunk: Chunk | undefined;
  /** Newest frame of earlier epochs. */
  #lastEpochFrame: Frame | undefined;
  readonly #sentFrames: Uint32Array;
  /** What each slot of `#sentFrames` holds: `NOTHING`, SENT or SENT_AGAIN. */
  readonly #slots: Uint8Array;
  /** 1 for each slot whose packet began with tables. */
  readonly #tables: Uint8Array;

  /** Consumer whose acks of the last `ackFrames` frames can be told from made-up ones. */
  constructor(ackFrames: number) {
    const slots = 1 << (32 - Math.clz32(ackFrames - 1));
    this.#sentFrames = new Uint32Array(slots);
    this.#slots = new Uint8Array(slots);
    this.#tables = new Uint8Array(slots);
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
}
