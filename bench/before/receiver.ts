import { ByteReader, ByteSyntaxError } from "./bytes.ts";
import { type Frame, frameDistance, isNewer } from "./frame.ts";
import { readPacketHeader } from "./packet_header.ts";
import { Ring } from "./ring.ts";
import type { Snapshot } from "./snapshot.ts";
import type { SnapshotCodec } from "./snapshot_codec.ts";

/** What became of a packet. */
export type Received =
  | {
    /** The packet was applied. */
    readonly outcome: "decoded";
    /** Frame of the state, which the consumer should ack. */
    readonly frame: Frame;
    /** The state, which the receiver keeps as a baseline: do not change it. */
    readonly state: Snapshot;
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
 * The far end of a `Tracker`: applies packets in order of frame, keeps what deltas may be against,
 * and tells what to ack.
 */
export class Receiver {
  /** Newest frame that was applied. */
  newest: Frame | undefined;
  /** Bit n set when frame `newest - 1 - n` was applied: the second half of an ack. */
  appliedBits: number = 0;
  readonly #codec: SnapshotCodec;
  readonly #reader: ByteReader = new ByteReader(new Uint8Array());
  readonly #history: Ring<Snapshot>;

  /** Receiver that holds nothing. */
  constructor(codec: SnapshotCodec, historyFrames: number = 64) {
    this.#codec = codec;
    this.#history = new Ring(historyFrames);
  }

  /** Applies a packet. */
  receive(packet: Uint8Array): Received {
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
        : this.#codec.readDelta(input, baseline!);
      this.#note(frame, state);
      return { outcome: "decoded", frame, state };
    } catch (error) {
      if (error instanceof ByteSyntaxError) return { outcome: "malformed", error };
      throw error;
    }
  }

  #note(frame: Frame, state: Snapshot): void {
    if (this.newest !== undefined) {
      const ahead = frameDistance(frame, this.newest);
      const shifted = ahead > 31 ? 0 : this.appliedBits << ahead;
      this.appliedBits = ahead > 32 ? 0 : shifted | (1 << (ahead - 1));
    }
    this.newest = frame;
    this.#history.push(frame, state);
  }
}
