import { HISTORY_FRAMES_MAX } from "../core/tracker/tracker_options.ts";

/**
 * Least and greatest value of each setting of a run that is a number, both included; times of
 * `churn` are milliseconds, a day at most.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RUN_RANGES } from "@hindcast/hindcast/report";
 *
 * const [min, max] = RUN_RANGES.mtuBytes;
 * assert.ok(min <= 1200 && 1200 <= max);
 * ```
 */
export const RUN_RANGES: Readonly<
  Record<
    | "consumers"
    | "sendEveryFrames"
    | "sendRateHz"
    | "mtuBytes"
    | "historyFrames"
    | "keyframeEveryFrames"
    | "seed"
    | "churnMs",
    readonly [min: number, max: number]
  >
> = {
  consumers: [1, 100_000],
  sendEveryFrames: [1, 1_000_000],
  sendRateHz: [0.01, 10_000],
  mtuBytes: [64, 65_507],
  historyFrames: [1, HISTORY_FRAMES_MAX],
  keyframeEveryFrames: [1, HISTORY_FRAMES_MAX],
  seed: [0, 0xffffffff],
  churnMs: [0, 86_400_000],
};
