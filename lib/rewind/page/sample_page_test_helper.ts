// Helper of the tests beside this file: pages of small worlds.
import type { ExplainOptions } from "../report/explanation/explain_shot.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import type { PoseHistory } from "../past/pose_history.ts";
import { judgeShots } from "../report/judged_shots.ts";
import { reportShots } from "../report/rewind_report.ts";
import type { Shot } from "../shot/shot.ts";
import { makeHistory, makeShot, QUAKE_MODEL, range } from "../worlds_test_helper.ts";
import { gatherPage, type RewindPageInput } from "./gather_page.ts";
import type { RewindPage } from "./rewind_page.ts";

/** A target runs 10 units a frame of 20 ms across the rays of three shots. */
export const RUNNING: PoseHistory = makeHistory(range(0, 99), 20, {
  1: (f) => [f, 0, 0],
  2: (f) => [300, (f - 50) * 10, 0, f > 90 ? 1 : 0],
});

/** Shots of which `ping` judges the first two as the game, `none` the last. */
export const SHOTS: readonly Shot[] = [
  { ...makeShot(55, 1100, [0, 0, 0], [600, 0, 0], { ping: 100 }, 2), index: 0 },
  { ...makeShot(60, 1200, [0, 100, 0], [600, 100, 0], { ping: 100 }, null), index: 1 },
  { ...makeShot(70, 1400, [0, 200, 0], [600, 200, 0], { ping: 100 }, 2), index: 2 },
];

/** Page of shots under policies. */
export function samplePage(
  change: {
    readonly recording?: string;
    readonly history?: PoseHistory;
    readonly shots?: readonly Shot[];
    readonly policies?: readonly string[];
    readonly model?: HitModel;
    readonly options?: ExplainOptions;
    readonly optionsOf?: (shot: Shot) => ExplainOptions;
    readonly bounds?: RewindPageInput["bounds"];
    readonly skipped?: RewindPageInput["skipped"];
    readonly version?: string;
    readonly command?: string;
    readonly reportPage?: string;
  } = {},
): RewindPage {
  const { history = RUNNING, model = QUAKE_MODEL, shots = SHOTS } = change;
  const policies: readonly RewindPolicy[] = (change.policies ?? ["none", "ping"]).map(
    parseRewindPolicy,
  );
  const options: ExplainOptions = change.options ?? {};
  const totals = { ...options, sweep: {}, skipBad: true };
  const judged = judgeShots(history, shots, policies, model, totals);
  const causes = new Map(
    judged.map(({ causes, policy, results }) => [
      policy,
      new Map(results.map(({ shot }, i) => [shot.index, causes[i]])),
    ]),
  );
  return gatherPage({
    recording: change.recording ?? "duel.mcap",
    source: history,
    shots,
    policies,
    model,
    report: reportShots(history, shots, judged, model, totals),
    optionsOf: (shot) => ({
      causeOf: ({ name }) => causes.get(name)?.get(shot.index),
      ...options,
      ...change.optionsOf?.(shot),
    }),
    ...(change.bounds === undefined ? {} : { bounds: change.bounds }),
    ...(change.skipped === undefined ? {} : { skipped: change.skipped }),
    ...(change.version === undefined ? {} : { version: change.version }),
    ...(change.command === undefined ? {} : { command: change.command }),
    ...(change.reportPage === undefined ? {} : { reportPage: change.reportPage }),
  });
}
