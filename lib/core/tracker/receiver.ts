import { AckLedger } from "./ack_ledger.ts";
import { assertInteger } from "../bytes/assert_integer.ts";
import { ByteReader, ByteSyntaxError } from "../bytes/bytes.ts";
import { wireBytes } from "../bytes/wire_bytes.ts";
import type { Encoder } from "../wire/encoder.ts";
import { type Frame, frameDistance, isNewer } from "../time/frame.ts";
import { PacketHeader } from "../wire/packet_header.ts";
import { HISTORY_FRAMES_MAX, TRACKER_DEFAULTS } from "./tracker_options.ts";
import { Pool } from "../state/pool.ts";
import { EncoderReader, type StateReader } from "../wire/state_reader.ts";

/** What became of a packet; valid until the next one is received. */
export type Received<S> =
  | {
    /** The packet was applied. */
    readonly outcome: "decoded";
    /** Frame of the state, which the consumer should ack. */
    readonly frame: Frame;
    /**
     * The state, which the receiver keeps as a baseline: do not change it. Its memory is used again
     * once it is no baseline any more, `historyFrames` later at the earliest, or after a `reset`.
     */
    readonly state: S;
  }
  | {
    /**
     * Dropped: the baseline is not held, nor anything else that a patch could change; the frame is
     * not newer than the newest; it is so far from the newest that another packet has to confirm it;
     * or the keyframe is of another schema than the receiver's.
     */
    readonly outcome: "missing-baseline" | "stale" | "far" | "schema-mismatch";
    /** Frame of the packet. */
    readonly frame: Frame;
  }
  | {
    /** Dropped: no tracker wrote these bytes. */
    readonly outcome: "malformed";
    /** What is wrong, and at which byte. */
    readonly error: ByteSyntaxError;
  };

/** Settings of a {@linkcode Receiver}. */
export interface ReceiverOptions {
  /** Frames kept as baselines; at least the tracker's, 64 unless given. */
  readonly historyFrames?: number;
  /** False to take keyframes without the hash of a schema; true unless given. */
  readonly schemaHash?: boolean;
  /**
   * Frames from the newest, either way, beyond which a packet is taken only after another one that
   * is not far from it; 1024 unless given. One forged packet of a far frame does nothing then.
   */
  readonly farFrames?: number;
}

/**
 * The far end of a tracker: applies packets in order of frame, keeps what deltas may be against, and
 * tells what to ack. It never throws for bytes that came over the wire. Applying allocates nothing
 * in the steady state, as far as the encoder or reader does not.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { defineSchema, Receiver, Tracker } from "@hindcast/hindcast";
 *
 * const ship = defineSchema("ship", { x: "i16" });
 * const tracker = new Tracker(ship.encoder);
 * const receiver = new Receiver(ship.encoder);
 *
 * const packet = tracker.append("ada", 1, ship.pack({ x: 5 }));
 * const received = receiver.receive(packet);
 * assert.ok(received.outcome === "decoded");
 * assert.deepEqual(ship.unpack(received.state), { x: 5 });
 * assert.equal(receiver.receive(packet).outcome, "stale");
 * assert.equal(receiver.receive(packet.slice(0, 3)).outcome, "malformed");
 * ```
 */
export class Receiver<S> {
  readonly #reader: StateReader<S>;
  readonly #historyFrames: number;
  readonly #farFrames: number;
  readonly #needsHash: boolean;
  readonly #input: ByteReader = new ByteReader(new Uint8Array());
  readonly #header: PacketHeader = new PacketHeader();
  readonly #ledger: AckLedger<S> = new AckLedger();
  readonly #unused: Pool<S> = new Pool();
  /** False once a state was seen twice. */
  #isReusing = true;
  /** State of the newest frame; undefined before the first keyframe. */
  #held: S | undefined;
  /** Frame of a packet that was too far from the newest; undefined when the last was not. */
  #farFrame: Frame | undefined;
  readonly #decoded = { outcome: "decoded" as const, frame: 0, state: undefined as S };
  readonly #dropped = { outcome: "stale" as "stale" | "missing-baseline", frame: 0 };

  /**
   * Receiver that holds nothing.
   *
   * @param codec the tracker's encoder, or the reader of a world
   * @param options settings, or `historyFrames` alone
   * @throws {RangeError} for an option outside its range
   */
  constructor(codec: Encoder<S> | StateReader<S>, options: ReceiverOptions | number = {}) {
    const given = typeof options === "number" ? { historyFrames: options } : options;
    const {
      historyFrames = TRACKER_DEFAULTS.historyFrames,
      schemaHash = true,
      farFrames = TRACKER_DEFAULTS.farFrames,
    } = given;
    assertInteger("historyFrames", historyFrames, 1, HISTORY_FRAMES_MAX);
    assertInteger("farFrames", farFrames, 1, 0x7fffffff);
    this.#reader = "read" in codec ? codec : new EncoderReader(codec);
    this.#historyFrames = historyFrames;
    this.#farFrames = farFrames;
    this.#needsHash = schemaHash;
  }

  /** Newest frame that was applied; undefined before the first. */
  get newest(): Frame | undefined {
    return this.#ledger.hasNewest ? this.#ledger.newest : undefined;
  }

  /** Bit n set when frame `newest - 1 - n` was applied: the second half of an ack. */
  get appliedBits(): number {
    return this.#ledger.appliedBits;
  }

  /**
   * Applies a packet; the bytes may be used again when the call returns.
   *
   * @throws {TypeError} for what is no bytes, as a text or a blob
   */
  receive(packet: Uint8Array | ArrayBuffer): Received<S> {
    const input = this.#input.reset(wireBytes(packet));
    try {
      this.#header.read(input);
      const refusal = this.#refusal();
      if (refusal === undefined) return this.#apply(input);
      const dropped = this.#dropped as { outcome: typeof refusal; frame: Frame };
      dropped.outcome = refusal;
      dropped.frame = this.#header.frame;
      return dropped;
    } catch (error) {
      if (error instanceof ByteSyntaxError) return { outcome: "malformed", error };
      throw error;
    }
  }

  /** Forgets everything, as after a reconnect. */
  reset(): void {
    this.#forget();
    this.#farFrame = undefined;
  }

  /** Why the packet of the header at hand is dropped; undefined when it is not. */
  #refusal(): "missing-baseline" | "stale" | "far" | "schema-mismatch" | undefined {
    const { form, frame, baselineFrame, schemaHash } = this.#header;
    const ledger = this.#ledger;
    const ahead = ledger.hasNewest ? frameDistance(frame, ledger.newest) : 1;
    const isFar = Math.abs(ahead) > this.#farFrames;
    if (!isFar && ahead <= 0) return "stale";
    if (form === "keyframe") {
      const ours = this.#reader.schemaHash;
      const isMissing = schemaHash === undefined && this.#needsHash;
      if (ours !== undefined && (isMissing || (schemaHash ?? ours) !== ours)) {
        return "schema-mismatch";
      }
    } else if (this.#held === undefined) return "missing-baseline";
    else if (form !== "patch" && ledger.get(baselineFrame, this.#historyFrames) === undefined) {
      return "missing-baseline";
    }
    if (!isFar) return undefined;
    const isConfirmed = this.#farFrame !== undefined && isNewer(frame, this.#farFrame) &&
      frameDistance(frame, this.#farFrame) <= this.#farFrames;
    this.#farFrame = frame;
    return isConfirmed ? undefined : ahead > 0 ? "far" : "stale";
  }

  #apply(input: ByteReader): Received<S> {
    const { frame, baselineFrame } = this.#header;
    const ledger = this.#ledger;
    const reuse = this.#unused.pop();
    const baseline = ledger.get(baselineFrame, this.#historyFrames);
    const state = this.#reader.read(this.#header, input, baseline, this.#held, reuse);
    // Who returns a state that is kept already keeps the memory of all.
    if (state === baseline || state === this.#held) this.#isReusing = false;
    // A stream that goes on elsewhere begins anew.
    if (this.#farFrame !== undefined && !ledger.isNews(frame)) this.#forget();
    this.#farFrame = undefined;
    ledger.noteApplied(frame, state);
    this.#held = state;
    while (ledger.isOldestBefore(frame, this.#historyFrames)) this.#drop();
    this.#decoded.frame = frame;
    this.#decoded.state = state;
    return this.#decoded;
  }

  #forget(): void {
    while (this.#ledger.count > 0) this.#drop();
    this.#ledger.reset();
    this.#held = undefined;
  }

  /** Gives up the oldest baseline. */
  #drop(): void {
    const state = this.#ledger.shift()!;
    if (this.#isReusing) this.#unused.push(state);
  }
}
