import type { CodecName } from "../core/snapshot_codec.ts";
import type { Policy } from "../core/tracker.ts";
import type { NetSpec } from "../net/net_spec.ts";

/** One run: which consumers a recording is sent to, how, and over what network. */
export interface RunOptions {
  /** When a packet's baseline moves on. */
  readonly policy: Policy;
  /** How states become bytes. */
  readonly codec: CodecName;
  /** Links between server and consumers. */
  readonly net: NetSpec;
  /** Number of consumers, 1 to 100 000. */
  readonly consumers: number;
  /** Every how many recorded frames a packet is sent, 1 and above. */
  readonly sendEveryFrames: number;
  /** Largest UDP payload in bytes that travels in one piece, 64 to 65 507. */
  readonly mtuBytes: number;
  /** Frames that server and consumers keep as baselines, 1 to 2^24. */
  readonly historyFrames: number;
  /** A keyframe at least every so many frames; undefined for never. */
  readonly keyframeEveryFrames?: number;
  /** Seed of every draw of the run, an unsigned 32-bit integer. */
  readonly seed: number;
}

/** Bytes of IPv4 and UDP headers that every datagram adds. */
export const DATAGRAM_HEADER_BYTES = 28;

/** Bytes that a fragment of a packet above the MTU adds: packet number, fragment index and count. */
export const FRAGMENT_HEADER_BYTES = 4;

/** @throws {RangeError} naming the option that is outside its range */
export function assertRunOptions(options: RunOptions): void {
  assertInteger("consumers", options.consumers, 1, 100_000);
  assertInteger("sendEveryFrames", options.sendEveryFrames, 1, 1_000_000);
  assertInteger("mtuBytes", options.mtuBytes, 64, 65_507);
  assertInteger("historyFrames", options.historyFrames, 1, 1 << 24);
  assertInteger("seed", options.seed, 0, 0xffffffff);
  if (options.keyframeEveryFrames !== undefined) {
    assertInteger("keyframeEveryFrames", options.keyframeEveryFrames, 1, 1 << 24);
  }
}

function assertInteger(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} is ${value}, expected an integer from ${min} to ${max}`);
  }
}
