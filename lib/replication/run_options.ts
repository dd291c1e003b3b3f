import { assertInteger } from "../core/bytes/assert_integer.ts";
import type { AckPolicy, TrackerOptions } from "../core/tracker/tracker_options.ts";
import type { CodecName } from "../core/wire/world_codec.ts";
import type { NetSpec } from "../net/spec/net_spec.ts";
import { assertChurn, type ChurnSpec } from "./churn.ts";
import { assertViews, type ViewSpec } from "./view/view_planner.ts";

/** One run: which consumers a recording is sent to, how, and over what network. */
export interface RunOptions extends ViewSpec {
  /** When a packet's baseline moves on. */
  readonly policy: AckPolicy;
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
  /** When consumers join, leave and reconnect; undefined when all stay from start to end. */
  readonly churn?: ChurnSpec;
  /** Seed of every draw of the run, an unsigned 32-bit integer. */
  readonly seed: number;
}

/** Options of the tracker of a run, whose ends agree on the schema. */
export function trackerOptions(options: RunOptions): TrackerOptions {
  const { policy, historyFrames, keyframeEveryFrames } = options;
  return {
    policy,
    historyFrames,
    schemaHash: false,
    ...(keyframeEveryFrames === undefined ? {} : { keyframeEveryFrames }),
  };
}

/** True when consumers are sent different parts of the world, or the same at different times. */
export function hasOwnViews(options: RunOptions): boolean {
  return options.interest !== undefined || options.budgetKbps !== undefined;
}

/** Checks every option. @throws {RangeError} naming the one that is outside its range */
export function assertRunOptions(options: RunOptions): void {
  assertInteger("consumers", options.consumers, 1, 100_000);
  assertInteger("sendEveryFrames", options.sendEveryFrames, 1, 1_000_000);
  assertInteger("mtuBytes", options.mtuBytes, 64, 65_507);
  assertInteger("historyFrames", options.historyFrames, 1, 1 << 24);
  assertInteger("seed", options.seed, 0, 0xffffffff);
  if (options.keyframeEveryFrames !== undefined) {
    assertInteger("keyframeEveryFrames", options.keyframeEveryFrames, 1, 1 << 24);
  }
  const { churn } = options;
  if (churn !== undefined) assertChurn(churn);
  assertViews(options, options.codec);
}
