import { Chunk, type KeyframeReason } from "./chunk.ts";
import { Consumer } from "./consumer.ts";
import type { ChangeTable, DeltaCodec } from "./delta_codec.ts";
import type { Encoder } from "./encoder.ts";
import { EncoderCodec } from "./encoder_codec.ts";
import { assertFrame, type Frame, frameDistance, isNewer } from "./frame.ts";
import { FrameSpans } from "./frame_spans.ts";
import { History, type HistoryEntry } from "./history.ts";
import { type PacketForm, writePacketHeader } from "./packet_header.ts";

/** All policies of a {@linkcode Tracker}. */
export const POLICIES = ["append", "strict", "nack"] as const;

/**
 * Which state a packet is encoded against.
 *
 * - `append`: the state sent last, assumed to have arrived; a lost packet leaves its fields wrong
 *   until they are sent again
 * - `strict`: the newest state that the consumer acked, when the history still has it, else a
 *   keyframe; a lost packet ages the baseline, nothing is ever wrong
 * - `nack`: as `append`, and the fields of a packet that a later ack passes by are sent again
 */
export type Policy = (typeof POLICIES)[number];

/** Settings of a {@linkcode Tracker}. */
export interface TrackerOptions {
  /** Which state a packet is encoded against; `strict` unless given. */
  readonly policy?: Policy;
  /** Frames of the history, 1 to 2^24; 64 unless given. Older baselines become keyframes. */
  readonly historyFrames?: number;
  /** A consumer gets a keyframe at least every so many frames; never by default. */
  readonly keyframeEveryFrames?: number;
  /** Called after each encode, before the chunk is handed out. */
  readonly onEncode?: (chunk: Chunk) => void;
}

/**
 * Turns states into packets, one stream for each consumer, each packet against what that consumer
 * holds. Consumers that hold the same share one encode: the bytes depend on the frame, the
 * baseline and the policy, never on the consumer. A keyframe holds the tables of enum texts as well
 * until a consumer acked one that did. Nothing is allocated in the steady state.
 *
 * All consumers of a tracker see one stream of states: the state of a frame is copied when the
 * frame is first appended, and every other consumer that is appended that frame gets the copy.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defineSchema, Receiver, Tracker } from "@hindcast/hindcast";
 *
 * const player = defineSchema("player", { x: "f32", hp: "u8" });
 * const tracker = new Tracker<Int32Array, string>(player.encoder);
 * const receiver = new Receiver(player.encoder);
 *
 * const first = receiver.receive(tracker.append("ada", 1, player.pack({ x: 1, hp: 100 })));
 * assert.equal(first.outcome, "decoded");
 * tracker.ack("ada", 1);
 *
 * const packet = tracker.append("ada", 2, player.pack({ x: 1, hp: 90 }));
 * assert.equal(packet.length, 8); // 6 of header, 1 of mask, 1 of hp
 * const second = receiver.receive(packet);
 * assert.deepEqual(second.outcome === "decoded" && player.unpack(second.state), { x: 1, hp: 90 });
 * ```
 */
export class Tracker<S, K = string> {
  /** Which state a packet is encoded against. */
  readonly policy: Policy;
  /** Frames of the history. */
  readonly historyFrames: number;
  /** Number of encodes so far; one for each distinct packet of the newest frame. */
  encodes: number = 0;
  readonly #codec: DeltaCodec<S>;
  readonly #history: History<S>;
  readonly #changes: ChangeTable<S> | undefined;
  readonly #keyframeEveryFrames: number;
  readonly #onEncode: ((chunk: Chunk) => void) | undefined;
  readonly #consumers: Map<K, Consumer<S>> = new Map();
  readonly #spans: FrameSpans = new FrameSpans();
  /**
   * Packets of the newest frame, which other consumers may share; each holds a reference. The
   * array never shrinks, because setting its length gives its memory away.
   */
  readonly #shared: (Chunk | undefined)[] = [];
  #sharedCount = 0;
  readonly #free: Chunk[] = [];

  /**
   * Tracker without consumers; the first append of a consumer makes it known.
   *
   * @param codec how states become bytes; an {@linkcode Encoder} of your own, one that
   *   {@linkcode defineSchema} compiled, or a {@linkcode SnapshotCodec}
   * @throws {RangeError} for an option outside its range
   */
  constructor(codec: Encoder<S> | DeltaCodec<S>, options: TrackerOptions = {}) {
    this.policy = options.policy ?? "strict";
    if (!POLICIES.includes(this.policy)) {
      throw new RangeError(`Policy is ${this.policy}, expected one of ${POLICIES.join(", ")}`);
    }
    this.historyFrames = options.historyFrames ?? 64;
    this.#keyframeEveryFrames = options.keyframeEveryFrames ?? Infinity;
    if (!(this.#keyframeEveryFrames >= 1)) {
      throw new RangeError(
        `Keyframes every ${this.#keyframeEveryFrames} frames, expected 1 or more`,
      );
    }
    this.#codec = "changeTable" in codec ? codec : new EncoderCodec(codec);
    this.#history = new History(
      this.historyFrames,
      (state, reuse) => this.#codec.snapshot(state, reuse),
    );
    this.#changes = this.policy === "nack" ? this.#codec.changeTable() : undefined;
    this.#onEncode = options.onEncode;
  }

  /** Number of different packets that the newest frame was encoded to so far. */
  get sharedChunks(): number {
    return this.#sharedCount;
  }

  /**
   * Packet that brings a consumer to the state of a frame. The bytes are valid until the next
   * append or removal of the same consumer.
   *
   * @throws {RangeError} when the frame is not newer than the consumer's last, or is older than
   *   the newest one and not in the history (`nack` keeps none)
   */
  append(consumer: K, frame: Frame, state: S): Uint8Array {
    return this.appendChunk(consumer, frame, state).bytes;
  }

  /** As {@linkcode Tracker.append}, with what the packet is; same lifetime. */
  appendChunk(consumer: K, frame: Frame, state: S): Chunk {
    assertFrame(frame);
    const target = this.#consumers.get(consumer) ?? this.#join(consumer);
    if (target.hasSent && !isNewer(frame, target.sentFrame)) {
      throw new RangeError(
        `Cannot append frame ${frame}: the consumer was sent frame ${target.sentFrame} already`,
      );
    }
    const entry = this.#entryOf(frame, state);
    const chunk = this.#chunkFor(target, frame, entry.state);
    if (target.chunk !== undefined) this.#release(target.chunk);
    chunk.references++;
    target.chunk = chunk;
    if (this.policy === "append") {
      if (target.sent !== undefined) this.#history.release(target.sent);
      target.sent = this.#history.retain(entry);
    } else if (this.policy === "nack") {
      target.noteInFlight(frame, chunk.spans);
    }
    target.noteSent(frame, chunk.hasTables);
    if (chunk.form === "keyframe") target.keyframeFrame = frame;
    return chunk;
  }

  /**
   * Notes that a consumer applied a frame. A late or repeated ack changes nothing, nor does one of
   * a frame that was not sent since the last reset.
   *
   * @param appliedBits bit n set when frame `frame - 1 - n` was applied as well; `nack` takes the
   *   other frames before `frame` as lost
   * @param epoch the consumer's epoch when the frame was sent, see {@linkcode Tracker.epoch};
   *   without it a frame that was sent before a reset as well is taken as dead
   * @returns true when the ack was news
   */
  ack(consumer: K, frame: Frame, appliedBits: number = 0, epoch?: number): boolean {
    const target = this.#consumers.get(consumer);
    if (target === undefined || !target.isAckable(frame, epoch)) return false;
    target.noteTables(frame, appliedBits);
    if (target.hasAck && !isNewer(frame, target.ackedFrame)) return false;
    target.hasAck = true;
    target.ackedFrame = frame;
    if (this.policy === "nack") target.settle(frame, appliedBits);
    return true;
  }

  /** Forgets what a consumer holds: its next packet is a keyframe, acks from before are dead. */
  reset(consumer: K): void {
    const target = this.#consumers.get(consumer);
    if (target === undefined) return;
    target.reset();
    if (target.sent !== undefined) this.#history.release(target.sent);
    target.sent = undefined;
  }

  /** Forgets a consumer altogether, and ends the validity of its last packet. */
  remove(consumer: K): void {
    const target = this.#consumers.get(consumer);
    if (target === undefined) return;
    if (target.chunk !== undefined) this.#release(target.chunk);
    if (target.sent !== undefined) this.#history.release(target.sent);
    this.#consumers.delete(consumer);
  }

  /** How often a consumer was reset; send it along with packets and get it back with acks. */
  epoch(consumer: K): number {
    return this.#consumers.get(consumer)?.epoch ?? 0;
  }

  /** Newest frame that a consumer acked since its last reset; undefined before the first. */
  ackedFrame(consumer: K): Frame | undefined {
    const target = this.#consumers.get(consumer);
    return target?.hasAck ? target.ackedFrame : undefined;
  }

  /** Why a consumer's last packet was a keyframe; undefined when it was none. */
  keyframeReason(consumer: K): KeyframeReason | undefined {
    return this.#consumers.get(consumer)?.keyframeReason;
  }

  #join(consumer: K): Consumer<S> {
    const target = new Consumer<S>(this.#horizonFrames);
    this.#consumers.set(consumer, target);
    return target;
  }

  #entryOf(frame: Frame, state: S): HistoryEntry<S> {
    const newest = this.#history.newest;
    const entry = this.#history.get(frame);
    // The change table tells only of the newest state.
    if (entry !== undefined && (frame === newest || this.#changes === undefined)) return entry;
    if (newest !== undefined && isNewer(newest, frame)) {
      throw new RangeError(`Cannot append frame ${frame}: frame ${newest} was appended before it`);
    }
    while (this.#sharedCount > 0) {
      this.#release(this.#shared[--this.#sharedCount]!);
      this.#shared[this.#sharedCount] = undefined;
    }
    const pushed = this.#history.push(frame, state);
    this.#changes?.note(pushed.state, frame, this.#horizonFrames);
    return pushed;
  }

  get #horizonFrames(): number {
    return Math.max(this.historyFrames, HORIZON_FRAMES_MIN);
  }

  #chunkFor(target: Consumer<S>, frame: Frame, state: S): Chunk {
    const reason = this.#keyframeReasonFor(target, frame);
    target.keyframeReason = reason;
    const spans = this.#spans.clear();
    if (this.policy === "nack") {
      if (reason !== undefined) spans.fill();
      else spans.addAll(target.owed).add(target.sentFrame, frame);
    }
    const form = reason !== undefined ? "keyframe" : this.policy === "strict" ? "delta" : "patch";
    const baselineFrame = form === "keyframe"
      ? frame
      : form === "delta"
      ? target.ackedFrame
      : target.sentFrame;
    const hasTables = form === "keyframe" && this.#codec.hasTables === true && !target.hasTables;
    if (frame !== this.#history.newest) {
      return this.#encode(target, form, frame, baselineFrame, hasTables, state);
    }
    for (let i = 0; i < this.#sharedCount; i++) {
      const chunk = this.#shared[i]!;
      if (
        chunk.form === form && chunk.baselineFrame === baselineFrame &&
        chunk.hasTables === hasTables && chunk.spans.equals(spans)
      ) return chunk;
    }
    const chunk = this.#encode(target, form, frame, baselineFrame, hasTables, state);
    chunk.references++;
    this.#shared[this.#sharedCount++] = chunk;
    return chunk;
  }

  #keyframeReasonFor(target: Consumer<S>, frame: Frame): KeyframeReason | undefined {
    if (!target.hasSent) return target.epoch > 0 ? "reset" : "no-ack";
    if (frameDistance(frame, target.keyframeFrame) >= this.#keyframeEveryFrames) return "interval";
    if (this.policy === "append") return undefined;
    if (this.policy === "strict") {
      if (!target.hasAck) return target.epoch > 0 ? "reset" : "no-ack";
      return this.#history.get(target.ackedFrame) === undefined ? "evicted" : undefined;
    }
    const oldest = Math.max(target.owed.reach(frame), frameDistance(frame, target.sentFrame));
    if (target.owed.isAll) return "no-ack";
    return oldest > this.#horizonFrames ? "evicted" : undefined;
  }

  #encode(
    target: Consumer<S>,
    form: PacketForm,
    frame: Frame,
    baselineFrame: Frame,
    hasTables: boolean,
    state: S,
  ): Chunk {
    const chunk = this.#free.pop() ?? new Chunk();
    const out = chunk.out.clear();
    chunk.form = form;
    chunk.frame = frame;
    chunk.baselineFrame = baselineFrame;
    chunk.hasTables = hasTables;
    chunk.spans.clear().addAll(this.#spans);
    chunk.serial = this.encodes++;
    writePacketHeader(form, frame, baselineFrame, out, hasTables);
    chunk.headerLength = out.length;
    if (form === "keyframe") this.#codec.writeKeyframe(state, out, hasTables);
    else if (form === "delta") {
      this.#codec.writeDelta(state, this.#history.get(baselineFrame)!.state, out);
    } else if (this.#changes !== undefined) this.#changes.writePatch(state, chunk.spans, out);
    else this.#codec.writePatch(state, target.sent!.state, out);
    this.#onEncode?.(chunk);
    return chunk;
  }

  #release(chunk: Chunk): void {
    if (--chunk.references === 0) this.#free.push(chunk);
  }
}

/** Frames for which acks and dates of changes are kept, however short the history. */
const HORIZON_FRAMES_MIN = 1024;
