import { ByteReader, ByteSyntaxError } from "./bytes.ts";
import type { DeltaCodec } from "./delta_codec.ts";
import type { Encoder } from "./encoder.ts";
import { EncoderCodec } from "./encoder_codec.ts";
import { type Frame, frameDistance, isNewer } from "./frame.ts";
import { readPacketHeader } from "./packet_header.ts";
import { Ring } from "./ring.ts";

/** What became of a packet. */
export type Received<S> =
  | {
    /** The packet was applied. */
    readonly outcome: "decoded";
    /** Frame of the state, which the consumer should ack. */
    readonly frame: Frame;
    /** The state, which the receiver keeps as a baseline: do not change it. */
    readonly state: S;
  }
  | {
    /** Dropped: the delta's baseline is not held, or the frame is not newer than the newest. */
    readonly outcome: "missing-baseline" | "stale";
    /** Frame of the packet. */
    readonly frame: Frame;
  }
  | {
    /** Dropped: no tracker wrote these bytes. */
    readonly outcome: "malformed";
    /** What is wrong, and at which byte. */
    readonly error: ByteSyntaxError;
  };

/**
 * The far end of a {@linkcode Tracker}: applies packets in order of frame, keeps what deltas may
 * be against, and tells what to ack. It never throws for bytes that came over the wire.
 */
export class Receiver<S> {
  /** Newest frame that was applied; undefined before the first. */
  newest: Frame | undefined;
  /** Bit n set when frame `newest - 1 - n` was applied: the second half of an ack. */
  appliedBits: number = 0;
  readonly #codec: DeltaCodec<S>;
  readonly #historyFrames: number;
  readonly #reader: ByteReader = new ByteReader(new Uint8Array());
  #history: Ring<S>;
  #held: S | undefined;

  /**
   * Receiver that holds nothing.
   *
   * @param codec the same as the tracker's
   * @param historyFrames frames kept as baselines; at least the tracker's, 64 unless given
   */
  constructor(codec: Encoder<S> | DeltaCodec<S>, historyFrames: number = 64) {
    this.#codec = "changeTable" in codec ? codec : new EncoderCodec(codec);
    this.#historyFrames = historyFrames;
    this.#history = new Ring(historyFrames);
  }

  /** Applies a packet; the bytes may be used again when the call returns. */
  receive(packet: Uint8Array): Received<S> {
    const input = this.#reader.reset(packet);
    try {
      const { form, frame, baselineFrame, hasTables } = readPacketHeader(input);
      if (this.newest !== undefined && !isNewer(frame, this.newest)) {
        return { outcome: "stale", frame };
      }
      const baseline = form === "delta" ? this.#history.get(baselineFrame) : undefined;
      if (form === "delta" && baseline === undefined) return { outcome: "missing-baseline", frame };
      const state = form === "keyframe"
        ? this.#codec.readKeyframe(input, hasTables)
        : form === "delta"
        ? this.#codec.readDelta(input, baseline!)
        : this.#codec.readPatch(input, this.#held);
      this.#note(frame, state);
      return { outcome: "decoded", frame, state };
    } catch (error) {
      if (error instanceof ByteSyntaxError) return { outcome: "malformed", error };
      throw error;
    }
  }

  /** Forgets everything, as after a reconnect. */
  reset(): void {
    this.newest = this.#held = undefined;
    this.appliedBits = 0;
    this.#history = new Ring(this.#historyFrames);
  }

  #note(frame: Frame, state: S): void {
    if (this.newest !== undefined) {
      const ahead = frameDistance(frame, this.newest);
      const shifted = ahead > 31 ? 0 : this.appliedBits << ahead;
      this.appliedBits = ahead > 32 ? 0 : shifted | (1 << (ahead - 1));
    }
    this.newest = frame;
    this.#held = state;
    this.#history.push(frame, state);
  }
}
