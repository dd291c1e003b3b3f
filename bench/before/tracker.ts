import { Chunk, type KeyframeReason } from "./chunk.ts";
import { Consumer } from "./consumer.ts";
import { assertFrame, type Frame, frameDistance, isNewer } from "./frame.ts";
import { FrameSpans } from "./frame_spans.ts";
import { History, type HistoryEntry } from "./history.ts";
import { type PacketForm, writePacketHeader } from "./packet_header.ts";
import type { Snapshot } from "./snapshot.ts";
import type { SnapshotCodec } from "./snapshot_codec.ts";

/** Settings of a `Tracker`. */
export interface TrackerOptions {
  /** Frames of the history, 1 to 2^24. */
  readonly historyFrames?: number;
  /** A consumer gets a keyframe at least every so many frames. */
  readonly keyframeEveryFrames?: number;
}

/**
 * Turns states into packets, one stream for each consumer, each packet against what that consumer
 * holds.
 */
export class Tracker<K = string> {
  /** Frames of the history. */
  readonly historyFrames: number;
  /** Number of encodes so far. */
  encodes: number = 0;
  readonly #codec: SnapshotCodec;
  readonly #history: History<Snapshot>;
  readonly #keyframeEveryFrames: number;
  readonly #consumers: Map<K, Consumer> = new Map();
  readonly #spans: FrameSpans = new FrameSpans();
  /** Packets of the newest frame, which other consumers may share. */
  readonly #shared: (Chunk | undefined)[] = [];
  #sharedCount = 0;
  readonly #free: Chunk[] = [];

  /** Tracker without consumers. */
  constructor(codec: SnapshotCodec, options: TrackerOptions = {}) {
    this.historyFrames = options.historyFrames ?? 64;
    this.#keyframeEveryFrames = options.keyframeEveryFrames ?? Infinity;
    if (!(this.#keyframeEveryFrames >= 1)) {
      throw new RangeError(
        `Keyframes every ${this.#keyframeEveryFrames} frames, expected 1 or more`,
      );
    }
    this.#codec = codec;
    this.#history = new History(
      this.historyFrames,
      (state, reuse) => this.#codec.snapshot(state, reuse),
    );
  }

  /** Packet that brings a consumer to the state of a frame. */
  append(consumer: K, frame: Frame, state: Snapshot): Uint8Array {
    return this.appendChunk(consumer, frame, state).bytes;
  }

  /** As `Tracker.append`, with what the packet is. */
  appendChunk(consumer: K, frame: Frame, state: Snapshot): Chunk {
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
    target.noteSent(frame, chunk.hasTables);
    if (chunk.form === "keyframe") target.keyframeFrame = frame;
    return chunk;
  }

  /** Notes that a consumer applied a frame. */
  ack(consumer: K, frame: Frame, appliedBits: number = 0, epoch?: number): boolean {
    const target = this.#consumers.get(consumer);
    if (target === undefined || !target.isAckable(frame, epoch)) return false;
    target.noteTables(frame, appliedBits);
    if (target.hasAck && !isNewer(frame, target.ackedFrame)) return false;
    target.hasAck = true;
    target.ackedFrame = frame;
    return true;
  }

  #join(consumer: K): Consumer {
    const target = new Consumer(this.#horizonFrames);
    this.#consumers.set(consumer, target);
    return target;
  }

  #entryOf(frame: Frame, state: Snapshot): HistoryEntry<Snapshot> {
    const newest = this.#history.newest;
    const entry = this.#history.get(frame);
    if (entry !== undefined) return entry;
    if (newest !== undefined && isNewer(newest, frame)) {
      throw new RangeError(`Cannot append frame ${frame}: frame ${newest} was appended before it`);
    }
    while (this.#sharedCount > 0) {
      this.#release(this.#shared[--this.#sharedCount]!);
      this.#shared[this.#sharedCount] = undefined;
    }
    return this.#history.push(frame, state);
  }

  get #horizonFrames(): number {
    return Math.max(this.historyFrames, HORIZON_FRAMES_MIN);
  }

  #chunkFor(target: Consumer, frame: Frame, state: Snapshot): Chunk {
    const reason = this.#keyframeReasonFor(target, frame);
    target.keyframeReason = reason;
    const spans = this.#spans.clear();
    const form = reason !== undefined ? "keyframe" : "delta";
    const baselineFrame = form === "keyframe" ? frame : target.ackedFrame;
    const hasTables = form === "keyframe" && this.#codec.hasTables && !target.hasTables;
    for (let i = 0; i < this.#sharedCount; i++) {
      const chunk = this.#shared[i]!;
      if (
        chunk.form === form && chunk.baselineFrame === baselineFrame &&
        chunk.hasTables === hasTables && chunk.spans.equals(spans)
      ) return chunk;
    }
    const chunk = this.#encode(form, frame, baselineFrame, hasTables, state);
    chunk.references++;
    this.#shared[this.#sharedCount++] = chunk;
    return chunk;
  }

  #keyframeReasonFor(target: Consumer, frame: Frame): KeyframeReason | undefined {
    if (!target.hasSent) return target.epoch > 0 ? "reset" : "no-ack";
    if (frameDistance(frame, target.keyframeFrame) >= this.#keyframeEveryFrames) return "interval";
    if (!target.hasAck) return target.epoch > 0 ? "reset" : "no-ack";
    return this.#history.get(target.ackedFrame) === undefined ? "evicted" : undefined;
  }

  #encode(
    form: PacketForm,
    frame: Frame,
    baselineFrame: Frame,
    hasTables: boolean,
    state: Snapshot,
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
    else this.#codec.writeDelta(state, this.#history.get(baselineFrame)!.state, out);
    return chunk;
  }

  #release(chunk: Chunk): void {
    if (--chunk.references === 0) this.#free.push(chunk);
  }
}

/** Frames for which acks and dates of changes are kept, however short the history. */
const HORIZON_FRAMES_MIN = 1024;
