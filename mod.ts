/**
 * hindcast records the state stream of a multiplayer game, sends the recording again through
 * simulated consumers and networks, and rewinds it.
 *
 * @module
 */

// What a state is.
export * from "./lib/core/frame.ts";
export * from "./lib/core/schema.ts";
export * from "./lib/core/define_schema.ts";
export * from "./lib/core/state.ts";
export * from "./lib/core/row_layout.ts";
export * from "./lib/core/text_pool.ts";
export * from "./lib/core/snapshot.ts";
export * from "./lib/core/frame_objects.ts";
export * from "./lib/core/infer.ts";
export type { FieldFacts } from "./lib/core/infer_field.ts";

// From input to frames.
export * from "./lib/ingest/read_states.ts";
export * from "./lib/ingest/read_events.ts";
export * from "./lib/ingest/schema_file.ts";
export * from "./lib/ingest/bad_lines.ts";
export type { FrameLoss } from "./lib/ingest/frame_loss.ts";
export { type InputPlace, InputSyntaxError } from "./lib/ingest/input_error.ts";
export { TIME_UNITS, type TimeUnit } from "./lib/ingest/time_unit.ts";
export { DECIMAL_MARKS, type DecimalMark } from "./lib/ingest/decimal_mark.ts";
export { EventTimes } from "./lib/ingest/event_times.ts";
export * from "./lib/ingest/input_format.ts";
export type { InputNote } from "./lib/ingest/input_note.ts";
export * from "./lib/ingest/limits.ts";
export type { ByteSource } from "./lib/ingest/text_lines.ts";

// From frames to a recording, and back.
export * from "./lib/recording/sink.ts";
export * from "./lib/recording/recording_file.ts";
export { RecordingSyntaxError } from "./lib/recording/recording_error.ts";
export * from "./lib/recording/recording_options.ts";
export * from "./lib/recording/recording_writer.ts";
export { type BlockEntry } from "./lib/recording/recording_contents.ts";
export { type BlockSpan } from "./lib/recording/block_table.ts";
export type { BlockContent, KindTracks } from "./lib/recording/block_content.ts";
export { Block } from "./lib/recording/block.ts";
export * from "./lib/recording/recording_reader.ts";
export { FORMAT_VERSION } from "./lib/recording/format.ts";

// From states to packets, and back.
export * from "./lib/core/mask.ts";
export * from "./lib/core/bytes.ts";
export * from "./lib/core/bits.ts";
export * from "./lib/core/encoder.ts";
export * from "./lib/core/row_encoder.ts";
export * from "./lib/core/kind_codec.ts";
export * from "./lib/core/mask_coding.ts";
export * from "./lib/core/schema_hash.ts";
export * from "./lib/core/frame_queue.ts";
export * from "./lib/core/ack_ledger.ts";
export * from "./lib/core/packet_header.ts";
export * from "./lib/core/packet_records.ts";
export * from "./lib/core/shared_packet.ts";
export * from "./lib/core/packet_tracker.ts";
export * from "./lib/core/tracker.ts";
export * from "./lib/core/row_store.ts";
export * from "./lib/core/view.ts";
export * from "./lib/core/world_codec.ts";
export * from "./lib/core/world_tracker.ts";
export * from "./lib/core/world_reader.ts";
export * from "./lib/core/packet_breakdown.ts";
export * from "./lib/core/state_reader.ts";
export * from "./lib/core/receiver.ts";
export * from "./lib/core/wire_layout.ts";

// Over simulated networks to consumers.
export * from "./lib/net/net_spec.ts";
export type { LinkSpec } from "./lib/net/link.ts";
export type { LossSpec } from "./lib/net/loss.ts";
export type { GilbertElliott } from "./lib/net/gilbert_elliott.ts";
export type { CapacitySpec } from "./lib/net/capacity.ts";
export type { DelaySpec } from "./lib/net/delay.ts";
export type { PacketTrace } from "./lib/net/packet_trace.ts";
export type { CapacityTrace } from "./lib/net/mahimahi.ts";
export * from "./lib/net/net_text.ts";
export * from "./lib/net/net_scenario.ts";
export * from "./lib/net/net_spec_error.ts";
export * from "./lib/net/presets.ts";
export * from "./lib/net/link_options.ts";
export * from "./lib/replication/run_options.ts";
export * from "./lib/replication/interest.ts";
export * from "./lib/replication/detail_levels.ts";
export * from "./lib/replication/byte_budget.ts";
export * from "./lib/replication/view_planner.ts";
export type { ChurnSpec } from "./lib/replication/churn.ts";

// From what happened to figures.
export * from "./lib/bandwidth/measure_bandwidth.ts";
export * from "./lib/bandwidth/run_report.ts";
export * from "./lib/bandwidth/window_row.ts";
export * from "./lib/bandwidth/report_table.ts";
export * from "./lib/bandwidth/report_html.ts";
export * from "./lib/bandwidth/report_csv.ts";
export * from "./lib/bandwidth/report_parquet.ts";
export * from "./lib/bandwidth/read_report.ts";
export * from "./lib/bandwidth/compare_reports.ts";

// Into the past.
export * from "./lib/core/ring.ts";
export * from "./lib/rewind/vector.ts";
export * from "./lib/rewind/ray.ts";
export * from "./lib/rewind/angle.ts";
export { type Condition, type FieldReference, parseConditions } from "./lib/rewind/condition.ts";
export type { BoxShape, CapsuleShape, HitShape, SphereShape } from "./lib/rewind/hit_shape.ts";
export * from "./lib/rewind/hit_model.ts";
export * from "./lib/rewind/hit_model_json.ts";
export { emptyPose, type Pose, type PoseSource } from "./lib/rewind/pose.ts";
export {
  frameAtMs,
  frameIntervalMs,
  indexAtFrame,
  indexAtTime,
  indexOfFrame,
  msAtFrame,
} from "./lib/rewind/frame_time.ts";
export * from "./lib/rewind/teleport.ts";
export { findTeleports } from "./lib/rewind/find_teleports.ts";
export * from "./lib/rewind/field_teleports.ts";
export * from "./lib/rewind/event_teleports.ts";
export * from "./lib/rewind/yaw_check.ts";
export * from "./lib/rewind/target_check.ts";
export type {
  ShapeNumber,
  ShapeVector,
  TargetBox,
  TargetCapsule,
  TargetShape,
  TargetShapeCommon,
  TargetSphere,
} from "./lib/rewind/target_shape.ts";
export * from "./lib/rewind/pose_history.ts";
export * from "./lib/rewind/ring_poses.ts";
export * from "./lib/rewind/moment.ts";
export * from "./lib/rewind/expression.ts";
export * from "./lib/rewind/policy.ts";
export * from "./lib/rewind/policy_text.ts";
export { sourcePolicy, type SourcePolicyOptions } from "./lib/rewind/source_policy.ts";
export * from "./lib/rewind/unity_policy.ts";
export * from "./lib/rewind/stamped_policy.ts";
export * from "./lib/rewind/acked_policy.ts";
export * from "./lib/rewind/shot.ts";
export * from "./lib/rewind/shot_map.ts";
export * from "./lib/rewind/shot_reader.ts";
export * from "./lib/rewind/shooter_path.ts";
export * from "./lib/rewind/decision.ts";
export { emptyTargetPose, type PoseNote, type TargetPose } from "./lib/rewind/target_pose.ts";
export { emptyVerdict, hitTarget, judge, marginUnits, type Verdict } from "./lib/rewind/judge.ts";
export { type FlipOptions, type HitInterval, hitIntervals } from "./lib/rewind/hit_interval.ts";
export * from "./lib/rewind/flip_map.ts";
export * from "./lib/rewind/cause.ts";
export type { Case } from "./lib/rewind/cause_trials.ts";
export * from "./lib/rewind/shooter_summary.ts";
export * from "./lib/rewind/client_view.ts";
export {
  FLIP_MS,
  type JudgeOptions,
  judgeShot,
  placeableShots,
  poseRules,
  resultMargin,
  type ShotResult,
  usedFrame,
} from "./lib/rewind/shot_result.ts";
export * from "./lib/rewind/rewind_report.ts";
export * from "./lib/rewind/sweep.ts";
export * from "./lib/rewind/rule_search.ts";
export * from "./lib/rewind/wilson.ts";
export * from "./lib/rewind/explanation.ts";
export * from "./lib/rewind/explanation_text.ts";
export * from "./lib/rewind/shooter_views.ts";
export * from "./lib/rewind/view_summary.ts";
export type { PoseTrack, PoseTracks } from "./lib/rewind/page/pose_tracks.ts";
export type { PageResult, PageShot, PageTarget, PageView } from "./lib/rewind/page/page_shot.ts";
export * from "./lib/rewind/page/rewind_page.ts";
export * from "./lib/rewind/page/rewind_html.ts";
export * from "./lib/rewind/live_rewind.ts";
