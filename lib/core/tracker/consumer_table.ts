import { grown } from "../state/words.ts";
import { type Frame, frameDistance } from "../time/frame.ts";

/*
 * Words of a consumer, which are one cache line. (Nothing here is exported: engines read a constant
 * of another module from memory each time.)
 */
const FLAGS = 0, NEWEST = 1, ACKED = 2, EPOCH = 3, LAST_EPOCH = 4, OLDEST = 5, LATEST = 6, KEPT = 7;
const PACKET = 8, SPARE = 9, HELD = 10, KEYFRAME = 11, REASON = 12;
const STRIDE_BITS = 4, STRIDE = 1 << STRIDE_BITS;

/** Flags: a frame was sent in this epoch, one was acked, frames of earlier epochs may come again. */
const HAS_NEWEST = 1, HAS_ACK = 2, HAS_LAST_EPOCH = 4;

/** Words of a frame that is on its way: frame, packet, the next one of its consumer. */
const FRAME = 0, ITEM = 1, NEXT = 2;
const NODE = 4;

/** Why a packet is a keyframe: a place in `KEYFRAME_REASONS`, plus 1; 0 when it is none. */
const NO_ACK = 1, EVICTED = 2, RESET = 3, INTERVAL = 4;

/** When a packet has to be a keyframe. */
export interface KeyframeRule {
  /** True when nothing but keyframes goes before the first ack. */
  readonly needsAck: boolean;
  /**
   * Age in frames from which on an acked state is no baseline any more; 0 where packets are against
   * what was sent last.
   */
  readonly baselineFrames: number;
  /** Most frames between two keyframes. */
  readonly keyframeEveryFrames: number;
}

/**
 * What a tracker remembers of its consumers: which frames each was sent that no ack has settled, and
 * what it acked. All of it is in two arrays, so that ten thousand consumers cost no search of memory.
 * A consumer is named by the place of its words, a packet by a number above 0. Correct across 2^32.
 */
export class ConsumerTable {
  /** Words of all consumers. */
  words: Int32Array = new Int32Array(16 * STRIDE);
  /** Frames on their way, linked from the oldest of each consumer on; the first is no frame. */
  #nodes: Int32Array = new Int32Array(64 * NODE);
  #nodeEnd = NODE;
  #freeNode = 0;
  readonly #needsAck: boolean;
  readonly #baselineFrames: number;
  readonly #keyframeEveryFrames: number;

  /** No consumers. */
  constructor({ needsAck, baselineFrames, keyframeEveryFrames }: KeyframeRule) {
    this.#needsAck = needsAck;
    this.#baselineFrames = baselineFrames;
    this.#keyframeEveryFrames = keyframeEveryFrames;
  }

  /** Place of the words of a consumer by its number from 0 on. */
  placeOf(number: number): number {
    return number << STRIDE_BITS;
  }

  /** Begins a consumer, who was sent nothing. */
  begin(c: number): void {
    if (c + STRIDE > this.words.length) this.words = larger(this.words, c + STRIDE);
    this.words.fill(0, c, c + STRIDE);
  }

  /** Number of resets of a consumer; acks carry it so that those from before a reset are dead. */
  epoch(c: number): number {
    return this.words[c + EPOCH]! >>> 0;
  }

  /** Number of frames on their way, counted one by one. */
  count(c: number): number {
    let count = 0;
    for (let node = this.oldest(c); node !== 0; node = this.following(node)) count++;
    return count;
  }

  /** Packet that was sent last; 0 for none. */
  packet(c: number): number {
    return this.words[c + PACKET]!;
  }

  /** The same once its owner asks for it though nothing else does; 0 when something does. */
  spare(c: number): number {
    return this.words[c + SPARE]!;
  }

  /** Notes that a packet is kept as the last, or with 0 that none is. */
  setSpare(c: number, packet: number): void {
    this.words[c + SPARE] = packet;
  }

  /** Packet that is known to have been applied last; 0 for none. */
  held(c: number): number {
    return this.words[c + HELD]!;
  }

  /** Notes the packet that was applied last, 0 for none; returns the one before. */
  hold(c: number, packet: number): number {
    const before = this.words[c + HELD]!;
    this.words[c + HELD] = packet;
    return before;
  }

  /** Why the last packet was a keyframe, as {@linkcode ConsumerTable.reasonFor}. */
  reason(c: number): number {
    return this.words[c + REASON]!;
  }

  /** True once a frame was sent in this epoch. */
  hasNewest(c: number): boolean {
    return (this.words[c + FLAGS]! & HAS_NEWEST) !== 0;
  }

  /** Frame that was sent last in this epoch. */
  newest(c: number): Frame {
    return this.words[c + NEWEST]! >>> 0;
  }

  /** True once an ack was taken in this epoch. */
  hasAck(c: number): boolean {
    return (this.words[c + FLAGS]! & HAS_ACK) !== 0;
  }

  /** Newest frame that was acked in this epoch. */
  ackedFrame(c: number): Frame {
    return this.words[c + ACKED]! >>> 0;
  }

  /** Frames from the newest acked, else from the oldest on its way, to the newest sent. */
  unackedFrames(c: number): number {
    const oldest = this.oldest(c);
    if (oldest === 0) return 0;
    const from = this.hasAck(c) ? this.words[c + ACKED]! : this.#nodes[oldest + FRAME]!;
    return frameDistance(this.words[c + NEWEST]!, from);
  }

  /** True when a frame may be sent: it is newer than all others of this epoch. */
  isNews(c: number, frame: Frame): boolean {
    return !this.hasNewest(c) || frameDistance(frame, this.words[c + NEWEST]!) > 0;
  }

  /** Why the packet of a frame has to be a keyframe, as far as acks say; 0 when it need not be one. */
  reasonFor(c: number, frame: Frame): number {
    const words = this.words;
    const flags = words[c + FLAGS]!;
    if ((flags & HAS_NEWEST) === 0) return words[c + EPOCH] === 0 ? NO_ACK : RESET;
    if (frameDistance(frame, words[c + KEYFRAME]!) >= this.#keyframeEveryFrames) return INTERVAL;
    if (!this.#needsAck) return 0;
    if ((flags & HAS_ACK) === 0) return words[c + EPOCH] === 0 ? NO_ACK : RESET;
    if (this.#baselineFrames === 0) return 0;
    const isOld = frameDistance(frame, words[c + ACKED]!) >= this.#baselineFrames;
    return isOld || words[c + HELD] === 0 ? EVICTED : 0;
  }

  /**
   * Notes that a packet of a frame, which must be news, was sent.
   *
   * @param isAwaited true when somebody asks for the packet once an ack settles it
   * @param reason why it is a keyframe; 0 when it is none
   */
  note(c: number, frame: Frame, packet: number, isAwaited: boolean, reason: number): void {
    const node = this.#freeNode === 0 ? this.#newNode() : this.#freeNode;
    const nodes = this.#nodes;
    const words = this.words;
    this.#freeNode = nodes[node + NEXT]!;
    nodes[node + FRAME] = frame;
    nodes[node + ITEM] = isAwaited ? packet : 0;
    nodes[node + NEXT] = 0;
    if (words[c + OLDEST] === 0) words[c + OLDEST] = node;
    else nodes[words[c + LATEST]! + NEXT] = node;
    if (words[c + KEPT] === 0) words[c + KEPT] = node;
    words[c + LATEST] = node;
    words[c + NEWEST] = frame;
    words[c + PACKET] = packet;
    words[c + REASON] = reason;
    if (reason !== 0) words[c + KEYFRAME] = frame;
    words[c + FLAGS]! |= HAS_NEWEST;
    if ((words[c + FLAGS]! & HAS_LAST_EPOCH) !== 0) this.#endLastEpoch(c);
  }

  /** Forgets the frames of earlier epochs once none of them is on its way. */
  #endLastEpoch(c: number): void {
    const words = this.words;
    const oldest = this.#nodes[words[c + OLDEST]! + FRAME]!;
    if (frameDistance(oldest, words[c + LAST_EPOCH]!) > 0) words[c + FLAGS]! &= ~HAS_LAST_EPOCH;
  }

  /**
   * Notes an ack; returns how many older frames are on their way, or -1 when it changes nothing: of a
   * frame that is not on its way, from another epoch (without an epoch, of a frame that an earlier
   * one may have sent as well), or not newer.
   */
  noteAck(c: number, frame: Frame, epoch: number | undefined): number {
    const words = this.words;
    const nodes = this.#nodes;
    let node = words[c + OLDEST]!;
    let older = 0;
    let ahead = -1;
    // What an ack passes by is taken out, so that the frame is among the first; an end is node 0.
    for (; node !== 0; node = nodes[node + NEXT]!) {
      ahead = frameDistance(nodes[node + FRAME]!, frame);
      if (ahead >= 0) break;
      older++;
    }
    if (ahead !== 0) return -1;
    const flags = words[c + FLAGS]!;
    const isOfEpoch = epoch !== undefined
      ? epoch === words[c + EPOCH]! >>> 0
      : (flags & HAS_LAST_EPOCH) === 0 || frameDistance(frame, words[c + LAST_EPOCH]!) > 0;
    if (!isOfEpoch) return -1;
    if ((flags & HAS_ACK) !== 0 && frameDistance(frame, words[c + ACKED]!) <= 0) return -1;
    words[c + FLAGS] = flags | HAS_ACK;
    words[c + ACKED] = frame;
    return older;
  }

  /** Frames from the oldest on its way to the one whose ack was noted last, which has to be of it or newer. */
  framesToAck(c: number): number {
    const oldest = this.words[c + OLDEST]!;
    return frameDistance(this.words[c + ACKED]!, this.#nodes[oldest + FRAME]!);
  }

  /** Oldest frame that is on its way, by a number for the two below; 0 when there is none. */
  oldest(c: number): number {
    return this.words[c + OLDEST]!;
  }

  /** The frame that was sent after another. */
  following(node: number): number {
    return this.#nodes[node + NEXT]!;
  }

  /** Packet of a frame that is on its way; 0 when nobody asks for it. */
  packetOf(node: number): number {
    return this.#nodes[node + ITEM]!;
  }

  /** True when the oldest frame is that many frames or more before another. */
  isOldestBefore(c: number, frame: Frame, frames: number): boolean {
    const oldest = this.words[c + OLDEST]!;
    return oldest !== 0 && frameDistance(frame, this.#nodes[oldest + FRAME]!) >= frames;
  }

  /** The same of the oldest frame whose packet was not taken. */
  isOldestKeptBefore(c: number, frame: Frame, frames: number): boolean {
    const kept = this.words[c + KEPT]!;
    return kept !== 0 && frameDistance(frame, this.#nodes[kept + FRAME]!) >= frames;
  }

  /** Takes away the packet of that frame, which stays. */
  takeOldest(c: number): number {
    const kept = this.words[c + KEPT]!;
    const packet = this.#nodes[kept + ITEM]!;
    this.#nodes[kept + ITEM] = 0;
    this.words[c + KEPT] = this.#nodes[kept + NEXT]!;
    return packet;
  }

  /** Takes out the oldest frame; returns its packet. */
  shift(c: number): number {
    const words = this.words;
    const nodes = this.#nodes;
    const node = words[c + OLDEST]!;
    const next = nodes[node + NEXT]!;
    words[c + OLDEST] = next;
    if (words[c + KEPT] === node) words[c + KEPT] = next;
    nodes[node + NEXT] = this.#freeNode;
    this.#freeNode = node;
    return nodes[node + ITEM]!;
  }

  /** Starts a new epoch, in which nothing was sent or acked; the frames have to be taken out. */
  reset(c: number): void {
    const words = this.words;
    const flags = words[c + FLAGS]!;
    words[c + EPOCH]!++;
    words[c + FLAGS] = flags & HAS_LAST_EPOCH;
    if ((flags & HAS_NEWEST) === 0) return;
    const isLast = (flags & HAS_LAST_EPOCH) === 0 ||
      frameDistance(words[c + NEWEST]!, words[c + LAST_EPOCH]!) > 0;
    if (isLast) words[c + LAST_EPOCH] = words[c + NEWEST]!;
    words[c + FLAGS]! |= HAS_LAST_EPOCH;
  }

  /** A node that was never used. */
  #newNode(): number {
    const node = this.#nodeEnd;
    this.#nodeEnd += NODE;
    if (this.#nodeEnd > this.#nodes.length) this.#nodes = larger(this.#nodes, this.#nodeEnd);
    return node;
  }
}

function larger(from: Int32Array, length: number): Int32Array {
  return grown(from, new Int32Array(Math.max(length, from.length * 2)));
}
