import type { JudgedRecording } from "./judged_recording.ts";
import { poolShots } from "./judged_shots.ts";
import type { PolicySummary } from "./policy_summary.ts";
import type { RewindReportOptions } from "./report_options.ts";
import { type RuleSearch, searchRule } from "./rule_search.ts";
import { ruleSamples } from "./sweep.ts";

/** Several recordings as if they were one. */
export interface PooledRecordings {
  /** Shots of all. */
  readonly shots: number;
  /** Recordings. */
  readonly recordings: number;
  /** Totals by policy, for policies that every recording was judged by. */
  readonly policies: readonly PolicySummary[];
  /** Policies that not every recording was judged by, so that they are left out. */
  readonly leftOut: readonly string[];
  /** Best rule over all shots; with a sweep. */
  readonly search?: RuleSearch;
}

/**
 * Sums up recordings that were judged alike.
 *
 * @param sweep rewinds that were swept; default none
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   JudgedRecording,
 *   parseHitModel,
 *   parseRewindPolicy,
 *   poolRecordings,
 *   PoseHistory,
 *   rayBetween,
 * } from "@hindcast/hindcast/rewind";
 *
 * const model = parseHitModel(["player=sphere:16"]);
 * const source = new PoseHistory(model);
 * for (let frame = 0; frame < 20; frame++) {
 *   const fields = { x: 100, y: frame * 10, z: 0 };
 *   source.addFrame({ frame, timeMs: frame * 20, entities: [{ id: 2, kind: "player", fields }] });
 * }
 * const shot = {
 *   ...{ index: 0, frame: 10, timeMs: 200, shooter: 1, verdict: 2 },
 *   ray: rayBetween([0, 50, 0], [200, 50, 0]),
 *   numbers: new Map([["ping", 100]]),
 * };
 * const policies = [parseRewindPolicy("ping")];
 * const judged = new JudgedRecording({ source, model, shots: [shot], policies });
 * const pooled = poolRecordings([judged, judged]);
 * assert.deepEqual([pooled.shots, pooled.policies[0].accuracy], [2, 1]);
 * ```
 */
export function poolRecordings(
  recordings: readonly JudgedRecording[],
  { sweep }: Pick<RewindReportOptions, "sweep"> = {},
): PooledRecordings {
  const samples = sweep === undefined ? [] : recordings.flatMap(({ setting }) => {
    const { eventsFirst, model, ringFrames, shots, source, teleport } = setting;
    return ruleSamples(source, shots, model, { ringFrames, teleport, eventsFirst, ...sweep });
  });
  const search = searchRule(samples.map((sample) => ({ ...sample, offsetMs: 0 })));
  const policies = poolShots(recordings.map(({ judged }) => judged));
  const names = new Set(recordings.flatMap(({ judged }) => judged.map(({ policy }) => policy)));
  return {
    shots: recordings.reduce((sum, { setting }) => sum + setting.shots.length, 0),
    recordings: recordings.length,
    policies,
    leftOut: [...names].filter((name) => !policies.some(({ policy }) => policy === name)),
    ...(search === undefined ? {} : { search }),
  };
}
