import type { Encoder } from "../wire/encoder.ts";
import { assertFrame, type Frame } from "../time/frame.ts";
import { Mask } from "../bytes/mask.ts";
import { RECORD_UPDATE } from "../wire/entity_records.ts";
import { PacketTracker } from "./packet_tracker.ts";
import type { ConsumerId, TrackerOptions } from "./tracker_options.ts";
import type { Counted, SharedPacket } from "../wire/shared_packet.ts";

/**
 * Copy of a state as the far end reconstructs it.
 *
 * @internal
 */
export interface StateCopy<S> extends Counted {
  /** The copy. */
  state: S;
  /** Another of the same frame, or another that nobody refers to. */
  next: StateCopy<S> | undefined;
}

/**
 * Turns states into packets, one stream for each consumer, each packet against what that consumer
 * holds. Each consumer is given a state of its own; those whose states and baselines are equal bit
 * by bit share one encode. Nothing is allocated in the steady state.
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
export class Tracker<S, K extends ConsumerId = ConsumerId> extends PacketTracker<StateCopy<S>, K> {
  readonly #encoder: Encoder<S>;
  readonly #mask: Mask = new Mask();
  /** Different states of the frame at hand, newest first; each holds a reference. */
  #states: StateCopy<S> | undefined;
  #stateCount = 0;
  /** The one that was asked for last: consumers are mostly given the same state. */
  #newest: StateCopy<S> | undefined;
  #frame: Frame = 0;
  /** Those whose memory may be used again. */
  #unused: StateCopy<S> | undefined;

  /**
   * Tracker without consumers; the first append of a consumer makes it known.
   *
   * @param encoder how states become bytes, your own or one that {@linkcode defineSchema} compiled
   * @throws {RangeError} for an option outside its range
   */
  constructor(encoder: Encoder<S>, options: TrackerOptions = {}) {
    super(options, encoder.schemaHash);
    this.#encoder = encoder;
  }

  /**
   * Packet that brings a consumer to a state of a frame, which is copied. The bytes are valid until
   * the next append or removal of the same consumer.
   *
   * @throws {RangeError} when the frame is not newer than the consumer's last
   */
  append(consumer: K, frame: Frame, state: S): Uint8Array {
    return this.appendPacket(consumer, frame, state).bytes;
  }

  /** As {@linkcode Tracker.append}, with what the packet is; same lifetime. */
  appendPacket(consumer: K, frame: Frame, state: S): SharedPacket<StateCopy<S>> {
    assertFrame(frame);
    return this.send(consumer, frame, this.#copyOf(frame, state));
  }

  /** A single state needs no tables. */
  protected override get hasTables(): boolean {
    return false;
  }

  /** Writes a mask and the masked fields. */
  protected override write(packet: SharedPacket<StateCopy<S>>): void {
    const encoder = this.#encoder;
    const { state } = packet.state!;
    const base = packet.base?.state;
    const mask = encoder.diff(state, base, this.#mask.clear());
    if (packet.owed.count > 0) {
      mask.lo |= packet.owed.los[0]!;
      mask.hi |= packet.owed.his[0]!;
    }
    encoder.encode(state, packet.form === "delta" ? base : undefined, mask, packet.out);
    if (this.policy === "nack") packet.records.add(0, RECORD_UPDATE, mask.lo, mask.hi);
  }

  /** No part of a single state is left out. */
  protected override merge(_held: StateCopy<S>, packet: SharedPacket<StateCopy<S>>): StateCopy<S> {
    return packet.state!;
  }

  /** Keeps the memory of a copy. */
  protected override free(copy: StateCopy<S>): void {
    copy.next = this.#unused;
    this.#unused = copy;
  }

  /** Copy of a state, the same for equal states of a frame. */
  #copyOf(frame: Frame, state: S): StateCopy<S> {
    const encoder = this.#encoder;
    const newest = this.#newest;
    if (newest !== undefined && frame === this.#frame && encoder.isSame !== undefined) {
      if (encoder.isSame(state, newest.state)) return newest;
    }
    return this.#newest = this.#otherCopy(frame, state);
  }

  /** Copy of a state that is not that of the append before. */
  #otherCopy(frame: Frame, state: S): StateCopy<S> {
    if (frame !== this.#frame) this.#begin(frame);
    const copy = this.#taken();
    copy.state = this.#encoder.snapshot(state, copy.state);
    let tries = TRIES_MAX;
    for (let known = this.#states; known !== undefined && tries > 0; known = known.next, tries--) {
      if (!this.#encoder.diff(copy.state, known.state, this.#mask.clear()).isEmpty) continue;
      this.free(copy);
      return known;
    }
    copy.references = 1;
    copy.number = this.#stateCount++;
    copy.next = this.#states;
    this.#states = copy;
    return copy;
  }

  /** Gives up the states of the frame before. */
  #begin(frame: Frame): void {
    this.#frame = frame;
    let state = this.#states;
    while (state !== undefined) {
      const { next } = state;
      this.releaseState(state);
      state = next;
    }
    this.#states = undefined;
    this.#stateCount = 0;
  }

  #taken(): StateCopy<S> {
    const copy = this.#unused;
    if (copy === undefined) {
      return { state: undefined as S, references: 0, number: 0, lives: 0, next: undefined };
    }
    this.#unused = copy.next;
    return copy;
  }
}

/** States of a frame that one is compared with: sharing saves time, and so must not take it. */
const TRIES_MAX = 64;
