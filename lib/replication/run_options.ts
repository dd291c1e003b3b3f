import { assertInteger } from "../core/bytes/assert_integer.ts";
import {
  type AckPolicy,
  TRACKER_DEFAULTS,
  type TrackerOptions,
} from "../core/tracker/tracker_options.ts";
import type { Schema } from "../core/state/schema.ts";
import type { CodecName } from "../core/wire/world_codec.ts";
import { PERFECT_LINK } from "../net/link/link_spec.ts";
import type { NetSpec } from "../net/spec/net_spec.ts";
import { assertChurn, type ChurnSpec } from "./churn.ts";
import { RUN_RANGES } from "./run_ranges.ts";
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
  /** Every how many recorded frames a packet is sent, 1 and above; 1 where `sendRateHz` is given. */
  readonly sendEveryFrames: number;
  /**
   * Packets a second instead, 0.01 to 10 000, sent at the recorded frames that lie nearest; undefined
   * for none.
   */
  readonly sendRateHz?: number;
  /** How values are sent where they are not sent as recorded. */
  readonly wire?: WireSpec;
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

/** A wire schema with the name that it goes by in reports. */
export interface WireSpec {
  /** Name, such as that of its file. */
  readonly name: string;
  /** Types and steps of what is sent; kinds and fields that it leaves out are not sent. */
  readonly schema: Schema;
}

/** What a run is made with where nothing else is said: one consumer over a perfect network. */
export const RUN_DEFAULTS: RunOptions = {
  policy: TRACKER_DEFAULTS.policy,
  codec: TRACKER_DEFAULTS.codec,
  net: { name: "none", up: PERFECT_LINK, down: PERFECT_LINK },
  consumers: 1,
  sendEveryFrames: 1,
  mtuBytes: 1200,
  historyFrames: TRACKER_DEFAULTS.historyFrames,
  seed: 1,
};

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

/**
 * Checks every option of a run.
 *
 * @throws {RangeError} naming the one that is outside its range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { assertRunOptions, RUN_DEFAULTS } from "@hindcast/hindcast/report";
 *
 * assertRunOptions(RUN_DEFAULTS);
 * assert.throws(() => assertRunOptions({ ...RUN_DEFAULTS, consumers: 0 }), RangeError);
 * ```
 */
export function assertRunOptions(options: RunOptions): void {
  for (const name of INTEGERS) {
    const value = options[name];
    if (value !== undefined) assertInteger(name, value, ...RUN_RANGES[name]);
  }
  const { churn, sendEveryFrames, sendRateHz } = options;
  if (sendRateHz !== undefined) {
    const [min, max] = RUN_RANGES.sendRateHz;
    if (!(sendRateHz >= min && sendRateHz <= max)) {
      throw new RangeError(`sendRateHz is ${sendRateHz}, expected ${min} to ${max}`);
    }
    if (sendEveryFrames !== 1) {
      throw new RangeError("sendEveryFrames and sendRateHz both say when packets go; give one");
    }
  }
  if (churn !== undefined) assertChurn(churn);
  assertViews(options, options.codec);
}

/** Options that are integers, in the order in which they are checked. */
const INTEGERS = [
  "consumers",
  "sendEveryFrames",
  "mtuBytes",
  "historyFrames",
  "seed",
  "keyframeEveryFrames",
] as const;
