/**
 * hindcast records the state stream of a multiplayer game, sends the recording again through
 * simulated consumers and networks, and rewinds it.
 *
 * @module
 */

// What a state is.
export * from "./lib/core/time/frame.ts";
export * from "./lib/core/state/schema.ts";
export * from "./lib/core/wire/define_schema.ts";
export * from "./lib/core/state/state.ts";
export * from "./lib/core/state/row_layout.ts";
export * from "./lib/core/state/text_pool.ts";
export * from "./lib/core/state/snapshot.ts";
export * from "./lib/core/state/frame_objects.ts";
export * from "./lib/schema/infer.ts";
export type { FieldFacts } from "./lib/schema/infer_field.ts";

// From input to frames.
export * from "./lib/ingest/read_states.ts";
export * from "./lib/ingest/read_events.ts";
export * from "./lib/ingest/schema_file.ts";
export * from "./lib/ingest/frames/bad_lines.ts";
export type { FrameLoss } from "./lib/ingest/frames/frame_loss.ts";
export { type InputPlace, InputSyntaxError } from "./lib/ingest/input/input_error.ts";
export { TIME_UNITS, type TimeUnit } from "./lib/ingest/input/time_unit.ts";
export { DECIMAL_MARKS, type DecimalMark } from "./lib/ingest/input/decimal_mark.ts";
export { EventTimes } from "./lib/ingest/events/event_times.ts";
export * from "./lib/ingest/input_format.ts";
export type { InputNote } from "./lib/ingest/input/input_note.ts";
export * from "./lib/ingest/input/limits.ts";
export type { ByteSource } from "./lib/ingest/rows/text_lines.ts";

// From frames to a recording, and back.
export * from "./lib/recording/container/sink.ts";
export * from "./lib/recording/container/recording_file.ts";
export { RecordingSyntaxError } from "./lib/recording/container/recording_error.ts";
export * from "./lib/recording/recording_options.ts";
export * from "./lib/recording/recording_writer.ts";
export { type BlockEntry } from "./lib/recording/recording_contents.ts";
export { type BlockSpan } from "./lib/recording/block/block_table.ts";
export type { BlockContent, KindTracks } from "./lib/recording/block/block_content.ts";
export { Block } from "./lib/recording/block/block.ts";
export * from "./lib/recording/recording_reader.ts";
export { FORMAT_VERSION } from "./lib/recording/container/format.ts";

// From states to packets, and back.
export * from "./lib/core/bytes/mask.ts";
export * from "./lib/core/bytes/bytes.ts";
export * from "./lib/core/bytes/bits.ts";
export * from "./lib/core/wire/encoder.ts";
export * from "./lib/core/wire/row_encoder.ts";
export * from "./lib/core/wire/kind_codec.ts";
export * from "./lib/core/wire/mask_coding.ts";
export * from "./lib/core/wire/schema_hash.ts";
export * from "./lib/core/time/frame_queue.ts";
export * from "./lib/core/tracker/ack_ledger.ts";
export * from "./lib/core/wire/packet_header.ts";
export * from "./lib/core/wire/packet_records.ts";
export * from "./lib/core/wire/shared_packet.ts";
export * from "./lib/core/tracker/packet_tracker.ts";
export * from "./lib/core/tracker/tracker.ts";
export * from "./lib/core/state/row_store.ts";
export * from "./lib/core/state/view.ts";
export * from "./lib/core/wire/world_codec.ts";
export * from "./lib/core/tracker/world_tracker.ts";
export * from "./lib/core/wire/world_reader.ts";
export * from "./lib/core/wire/packet_breakdown.ts";
export * from "./lib/core/wire/state_reader.ts";
export * from "./lib/core/tracker/receiver.ts";
export * from "./lib/schema/wire_layout.ts";

// Over simulated networks to consumers.
export * from "./lib/net/spec/net_spec.ts";
export type { LinkSpec } from "./lib/net/link/link.ts";
export type { LossSpec } from "./lib/net/link/loss.ts";
export type { GilbertElliott } from "./lib/net/link/gilbert_elliott.ts";
export type { CapacitySpec } from "./lib/net/link/capacity.ts";
export type { DelaySpec } from "./lib/net/link/delay.ts";
export type { PacketTrace } from "./lib/net/link/packet_trace.ts";
export type { CapacityTrace } from "./lib/net/link/mahimahi.ts";
export * from "./lib/net/spec/net_text.ts";
export * from "./lib/net/spec/net_scenario.ts";
export * from "./lib/net/link/net_spec_error.ts";
export * from "./lib/net/spec/presets.ts";
export * from "./lib/net/spec/link_options.ts";
export * from "./lib/replication/run_options.ts";
export * from "./lib/replication/view/interest.ts";
export * from "./lib/replication/view/detail_levels.ts";
export * from "./lib/replication/view/byte_budget.ts";
export * from "./lib/replication/view/view_planner.ts";
export type { ChurnSpec } from "./lib/replication/churn.ts";

// From what happened to figures.
export * from "./lib/bandwidth/meter/measure_bandwidth.ts";
export * from "./lib/bandwidth/report/run_report.ts";
export * from "./lib/bandwidth/report/window_row.ts";
export * from "./lib/bandwidth/report/report_table.ts";
export * from "./lib/bandwidth/page/report_html.ts";
export * from "./lib/bandwidth/report/report_csv.ts";
export * from "./lib/bandwidth/report/report_parquet.ts";
export * from "./lib/bandwidth/report/read_report.ts";
export * from "./lib/bandwidth/report/compare_reports.ts";

// Into the past.
export * from "./lib/core/time/ring.ts";
export * from "./lib/rewind/shape/vector.ts";
export * from "./lib/rewind/shape/ray.ts";
export * from "./lib/rewind/shape/angle.ts";
export {
  type Condition,
  type FieldReference,
  parseConditions,
} from "./lib/rewind/shape/condition.ts";
export type {
  BoxShape,
  CapsuleShape,
  HitShape,
  SphereShape,
} from "./lib/rewind/shape/hit_shape.ts";
export * from "./lib/rewind/shape/hit_model.ts";
export * from "./lib/rewind/shape/hit_model_json.ts";
export { emptyPose, type Pose, type PoseSource } from "./lib/rewind/shape/pose.ts";
export {
  frameAtMs,
  frameIntervalMs,
  indexAtFrame,
  indexAtTime,
  indexOfFrame,
  msAtFrame,
} from "./lib/rewind/past/frame_time.ts";
export * from "./lib/rewind/past/teleport.ts";
export { findTeleports } from "./lib/rewind/past/find_teleports.ts";
export * from "./lib/rewind/past/field_teleports.ts";
export * from "./lib/rewind/past/event_teleports.ts";
export * from "./lib/rewind/past/yaw_check.ts";
export * from "./lib/rewind/verdict/target_check.ts";
export type {
  ShapeNumber,
  ShapeVector,
  TargetBox,
  TargetCapsule,
  TargetShape,
  TargetShapeCommon,
  TargetSphere,
} from "./lib/rewind/shape/target_shape.ts";
export * from "./lib/rewind/past/pose_history.ts";
export * from "./lib/rewind/past/ring_poses.ts";
export * from "./lib/rewind/policy/moment.ts";
export * from "./lib/rewind/policy/expression.ts";
export * from "./lib/rewind/policy/policy.ts";
export * from "./lib/rewind/policy/policy_text.ts";
export { sourcePolicy, type SourcePolicyOptions } from "./lib/rewind/policy/source_policy.ts";
export * from "./lib/rewind/policy/unity_policy.ts";
export * from "./lib/rewind/policy/stamped_policy.ts";
export * from "./lib/rewind/policy/acked_policy.ts";
export * from "./lib/rewind/shot/shot.ts";
export * from "./lib/rewind/shot/shot_map.ts";
export * from "./lib/rewind/shot/shot_reader.ts";
export * from "./lib/rewind/shot/shooter_path.ts";
export * from "./lib/rewind/policy/decision.ts";
export {
  emptyTargetPose,
  type PoseNote,
  type TargetPose,
} from "./lib/rewind/verdict/target_pose.ts";
export {
  emptyVerdict,
  hitTarget,
  judge,
  marginUnits,
  type Verdict,
} from "./lib/rewind/verdict/judge.ts";
export {
  type FlipOptions,
  type HitInterval,
  hitIntervals,
} from "./lib/rewind/verdict/hit_interval.ts";
export * from "./lib/rewind/verdict/flip_map.ts";
export * from "./lib/rewind/verdict/cause.ts";
export type { Case } from "./lib/rewind/verdict/cause_trials.ts";
export * from "./lib/rewind/report/shooter_summary.ts";
export * from "./lib/rewind/verdict/client_view.ts";
export {
  FLIP_MS,
  type JudgeOptions,
  judgeShot,
  placeableShots,
  poseRules,
  resultMargin,
  type ShotResult,
  usedFrame,
} from "./lib/rewind/verdict/shot_result.ts";
export * from "./lib/rewind/report/rewind_report.ts";
export * from "./lib/rewind/report/sweep.ts";
export * from "./lib/rewind/report/rule_search.ts";
export * from "./lib/rewind/report/wilson.ts";
export * from "./lib/rewind/report/explanation.ts";
export * from "./lib/rewind/report/explanation_text.ts";
export * from "./lib/rewind/view/shooter_views.ts";
export * from "./lib/rewind/view/view_summary.ts";
export type { PoseTrack, PoseTracks } from "./lib/rewind/page/pose_tracks.ts";
export type { PageResult, PageShot, PageTarget, PageView } from "./lib/rewind/page/page_shot.ts";
export * from "./lib/rewind/page/rewind_page.ts";
export * from "./lib/rewind/page/rewind_html.ts";
export * from "./lib/rewind/live_rewind.ts";
