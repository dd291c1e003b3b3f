/**
 * Into the past: shots, rewind policies, verdicts and what explains them.
 *
 * @module
 */

export { EntityIds } from "./rewind/ids/entity_ids.ts";
export type { Vector } from "./rewind/shape/vector.ts";
export {
  type Ray,
  rayAlong,
  rayBetween,
  rayInDirection,
  type RayOptions,
} from "./rewind/shape/ray.ts";
export { type Condition, parseConditions } from "./rewind/shape/condition.ts";
export type { ShapeVector, TargetShape } from "./rewind/shape/target_shape.ts";
export { type HitKind, type HitModel, parseHitModel } from "./rewind/shape/hit_model.ts";
export { readHitModel } from "./rewind/shape/hit_model_json.ts";
export type { PoseSource } from "./rewind/shape/pose.ts";

export { PoseHistory } from "./rewind/past/pose_history.ts";
export { ModelMisfitError } from "./rewind/past/model_misfit_error.ts";
export type { TeleportRule } from "./rewind/past/teleport.ts";
export { givenTeleports, type TeleportSpec } from "./rewind/past/given_teleports.ts";
export { parseTeleportSpec, teleportText } from "./rewind/past/teleport_text.ts";
export type { KindSteps } from "./rewind/past/kind_steps.ts";
export { type FrameCounter, readFrameCounter } from "./rewind/past/frame_counter.ts";

export type { Shot } from "./rewind/shot/shot.ts";
export { ShotError } from "./rewind/shot/shot_error.ts";
export type { ShotMap, ShotValue, ShotVector } from "./rewind/shot/shot_map.ts";
export { LIVE_EVENT, LIVE_SHOTS } from "./rewind/shot/live_shots.ts";
export { parseShotMap } from "./rewind/shot/shot_map_text.ts";
export { readShotMap } from "./rewind/shot/shot_map_json.ts";
export type { GameProfile } from "./rewind/shot/game_profile.ts";
export { GAME_PROFILES } from "./rewind/shot/game_profiles.ts";
export { countedEvents } from "./rewind/shot/counted_events.ts";
export type { ReadShots } from "./rewind/shot/shot_reader.ts";

export type { RewindPolicy } from "./rewind/policy/policy.ts";
export { parseRewindPolicy } from "./rewind/policy/policy_text.ts";
export { type DefaultPolicies, defaultPolicies } from "./rewind/policy/default_policies.ts";

export type { ClampReason } from "./rewind/policy/decision.ts";
export type { HitInterval } from "./rewind/verdict/hit_interval.ts";
export type { VerdictSpan } from "./rewind/verdict/flip_map.ts";
export {
  type Cause,
  type CauseRule,
  CAUSES,
  type CauseWord,
  type Change,
} from "./rewind/verdict/cause/cause.ts";
export { CAUSE_TEXTS, type CauseText } from "./rewind/verdict/cause/cause_texts.ts";
export { COUNT_TEXTS, type CountText } from "./rewind/verdict/cause/count_texts.ts";
export type { SeenPose, ShooterView } from "./rewind/verdict/shooter_view.ts";
export type { SeenError } from "./rewind/verdict/seen_error.ts";
export type { JudgeOptions } from "./rewind/verdict/judge_options.ts";

export { readRecordedShots, type ShotSources } from "./rewind/report/recorded_shots.ts";
export type { RewindSetting } from "./rewind/report/rewind_setting.ts";
export { doubtShots, type ShotDoubts } from "./rewind/report/shot_doubts.ts";
export { viewShooters } from "./rewind/report/view_shooters.ts";
export { JudgedRecording } from "./rewind/report/judged_recording.ts";
export type { RewindReportOptions } from "./rewind/report/report_options.ts";
export type { RewindReport } from "./rewind/report/rewind_report.ts";
export type { PolicySummary } from "./rewind/report/policy_summary.ts";
export type { UsedTeleports } from "./rewind/report/used_teleports.ts";
export type { RewindRule, RuleSearch } from "./rewind/report/rule_search.ts";
export type { ShooterSummary } from "./rewind/report/shooter_summary.ts";
export type { SeenReport } from "./rewind/report/seen_report.ts";
export type { SeenShot, ShooterViewSummary } from "./rewind/view/shooter_view_summary.ts";
export type { ShotDetail } from "./rewind/report/shot_detail.ts";
export type { WorstShot } from "./rewind/report/worst_shots.ts";
export type { SweepPoint } from "./rewind/report/sweep.ts";
export { type PooledRecordings, poolRecordings } from "./rewind/report/pooled_recordings.ts";
export { cutShot, type ShotCut } from "./rewind/report/shot_cut.ts";
export type { ExplainedPolicy, Explanation } from "./rewind/report/explanation/explanation.ts";
export { type ExplainOptions, explainShot } from "./rewind/report/explanation/explain_shot.ts";
export { withIds } from "./rewind/report/with_ids.ts";
export { renderExplanation } from "./rewind/report/explanation/explanation_text.ts";

export { rewindHtml } from "./rewind/page/rewind_html.ts";

export {
  type LiveShot,
  rewind,
  type RewindAnswer,
  type RewindOptions,
} from "./rewind/live/live_rewind.ts";
export { shotEvent } from "./rewind/live/shot_event.ts";
export {
  readRewindFacts,
  type RewindFacts,
  rewindFacts,
  type RewindFactsOptions,
} from "./rewind/live/rewind_facts.ts";
