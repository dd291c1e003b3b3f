/**
 * Into the past: shots, rewind policies, verdicts and what explains them.
 *
 * @module
 */

export * from "./rewind/shape/vector.ts";
export * from "./rewind/shape/ray.ts";
export * from "./rewind/shape/angle.ts";
export { type Condition, type FieldReference, parseConditions } from "./rewind/shape/condition.ts";
export type { BoxShape, CapsuleShape, HitShape, SphereShape } from "./rewind/shape/hit_shape.ts";
export * from "./rewind/shape/hit_model.ts";
export * from "./rewind/shape/hit_model_json.ts";
export { emptyPose, type Pose, type PoseSource } from "./rewind/shape/pose.ts";
export {
  frameIntervalMs,
  framePointAtMs,
  indexAtFrame,
  indexAtTime,
  indexOfFrame,
  msAtFramePoint,
} from "./rewind/past/frame_time.ts";
export type { FoundTeleports, KindSteps } from "./rewind/past/kind_steps.ts";
export * from "./rewind/past/teleport.ts";
export { findTeleports } from "./rewind/past/find_teleports.ts";
export * from "./rewind/past/field_teleports.ts";
export * from "./rewind/past/event_teleports.ts";
export { givenTeleports, type TeleportSpec } from "./rewind/past/given_teleports.ts";
export * from "./rewind/past/yaw_check.ts";
export * from "./rewind/verdict/target_check.ts";
export type {
  ShapeNumber,
  ShapeVector,
  TargetBox,
  TargetCapsule,
  TargetShape,
  TargetShapeCommon,
  TargetSphere,
} from "./rewind/shape/target_shape.ts";
export { ModelMisfitError } from "./rewind/past/model_misfit_error.ts";
export * from "./rewind/past/pose_history.ts";
export * from "./rewind/past/ring_poses.ts";
export * from "./rewind/policy/moment.ts";
export * from "./rewind/policy/expression.ts";
export * from "./rewind/policy/policy.ts";
export * from "./rewind/policy/policy_text.ts";
export { sourcePolicy, type SourcePolicyOptions } from "./rewind/policy/source_policy.ts";
export * from "./rewind/policy/unity_policy.ts";
export * from "./rewind/policy/stamped_policy.ts";
export * from "./rewind/policy/acked_policy.ts";
export * from "./rewind/shot/shot.ts";
export type { GameProfile } from "./rewind/shot/game_profile.ts";
export { GAME_PROFILES } from "./rewind/shot/game_profiles.ts";
export { ShotError } from "./rewind/shot/shot_error.ts";
export type { ShotMap, ShotValue, ShotVector } from "./rewind/shot/shot_map.ts";
export { readShotMap } from "./rewind/shot/shot_map_json.ts";
export { parseShotMap } from "./rewind/shot/shot_map_text.ts";
export * from "./rewind/shot/shot_reader.ts";
export { parseShot } from "./rewind/shot/shot_text.ts";
export * from "./rewind/shot/shooter_path.ts";
export * from "./rewind/policy/decision.ts";
export { emptyTargetPose, type PoseNote, type TargetPose } from "./rewind/verdict/target_pose.ts";
export { emptyVerdict, type Verdict } from "./rewind/verdict/verdict.ts";

export type { FlipOptions, HitInterval } from "./rewind/verdict/hit_interval.ts";
export { hitIntervals } from "./rewind/verdict/hit_intervals.ts";
export * from "./rewind/verdict/flip_map.ts";
export * from "./rewind/verdict/cause/cause.ts";
export type { Case } from "./rewind/verdict/case.ts";
export * from "./rewind/report/shooter_summary.ts";
export * from "./rewind/verdict/shooter_view.ts";
export * from "./rewind/verdict/seen_error.ts";
export { FLIP_MS, type JudgeOptions } from "./rewind/verdict/judge_options.ts";
export { judgeShot, type ShotResult } from "./rewind/verdict/shot_result.ts";
export { placeableShots } from "./rewind/verdict/placed_shot.ts";
export { poseRules } from "./rewind/verdict/pose_rules.ts";
export { resultMargin } from "./rewind/verdict/result_figures.ts";
export * from "./rewind/report/judged_shots.ts";
export type { PolicySummary } from "./rewind/report/policy_summary.ts";
export type { RewindReportOptions } from "./rewind/report/report_options.ts";
export * from "./rewind/report/rewind_report.ts";
export type { ShotDetail } from "./rewind/report/shot_detail.ts";
export * from "./rewind/report/used_teleports.ts";
export type { WorstShot } from "./rewind/report/worst_shots.ts";
export * from "./rewind/report/rewind_setting.ts";
export {
  explainRecorded,
  type JudgedRecording,
  judgeRecording,
  reportRecording,
} from "./rewind/report/judged_recording.ts";
export * from "./rewind/report/recorded_shots.ts";
export * from "./rewind/policy/default_policies.ts";
export * from "./rewind/report/shot_doubts.ts";
export * from "./rewind/report/seen_report.ts";
export * from "./rewind/report/shot_cut.ts";
export * from "./rewind/report/pooled_recordings.ts";
export * from "./rewind/report/sweep.ts";
export * from "./rewind/report/rule_search.ts";
export * from "./rewind/report/wilson.ts";
export * from "./rewind/report/explanation/explanation.ts";
export * from "./rewind/report/explanation/explain_shot.ts";
export * from "./rewind/report/explanation/explanation_text.ts";
export * from "./rewind/view/shooter_views.ts";
export * from "./rewind/view/shooter_view_summary.ts";
export { rewindHtml } from "./rewind/page/rewind_html.ts";
export * from "./rewind/live_rewind.ts";
