import type { CodecName } from "../wire/world_codec.ts";

/** What names a consumer. */
export type ConsumerId = string | number | bigint;

/** All ack policies of a tracker. */
export const ACK_POLICIES = ["append", "strict", "nack"] as const;

/**
 * Which state a packet is encoded against.
 *
 * - `append`: the state sent last, assumed to have arrived; a lost packet leaves its fields wrong
 *   until they are sent again
 * - `strict`: the newest state that the consumer acked, when the history still has it, else a
 *   keyframe; a lost packet ages the baseline, nothing is ever wrong
 * - `nack`: keyframes until the first ack, then as `append`; what a packet held that a later ack
 *   passes by is sent again, unless it was sent since
 */
export type AckPolicy = (typeof ACK_POLICIES)[number];

/** Settings of a tracker. */
export interface TrackerOptions {
  /** Which state a packet is encoded against; `strict` unless given. */
  readonly policy?: AckPolicy;
  /** Frames of the history, 1 to 2^24; 64 unless given. Older baselines become keyframes. */
  readonly historyFrames?: number;
  /** A consumer gets a keyframe at least every so many frames, 1 or more; never by default. */
  readonly keyframeEveryFrames?: number;
  /** False to leave the hash of the schema out of keyframes, between ends that surely agree. */
  readonly schemaHash?: boolean;
}

/** What both ends of a stream do unless they are told otherwise. */
export const TRACKER_DEFAULTS: {
  readonly policy: AckPolicy;
  readonly codec: CodecName;
  readonly historyFrames: number;
  readonly farFrames: number;
} = { policy: "strict", codec: "varint", historyFrames: 64, farFrames: 1024 };

/** Frames for which acks are awaited, however short the history. */
export const ACK_FRAMES_MIN = 1024;

/** Largest history in frames. */
export const HISTORY_FRAMES_MAX: number = 1 << 24;
