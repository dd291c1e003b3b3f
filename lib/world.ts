/**
 * Worlds of many entities: snapshots, the tracker that sends them, and views of a part of them.
 *
 * @module
 */

export {
  type EntityId,
  type EntityName,
  EntityNames,
  type ReadonlyEntityNames,
} from "./core/names/entity_names.ts";
export { jsonInteger } from "./core/json_integer.ts";
export type { EntityState, StateEvent, StateFrame } from "./core/state/state.ts";
export { SnapshotLayout } from "./core/state/snapshot_layout.ts";
export { Snapshot, SnapshotRows } from "./core/state/snapshot.ts";
export type { View } from "./core/state/view.ts";
export { CODEC_NAMES, type CodecName } from "./core/wire/world_codec.ts";
export {
  ACK_POLICIES,
  type AckPolicy,
  TRACKER_DEFAULTS,
  type TrackerOptions,
} from "./core/tracker/tracker_options.ts";
export { WireConversion } from "./schema/wire_conversion.ts";
export { WorldTracker } from "./core/tracker/world_tracker.ts";
export type { PacketTracker } from "./core/tracker/packet_tracker.ts";
export {
  KEYFRAME_REASONS,
  type KeyframeReason,
  type SharedPacket,
} from "./core/wire/shared_packet.ts";
export type { PacketForm } from "./core/wire/packet_header.ts";
export type { PacketPreview } from "./core/tracker/packet_preview.ts";
export { WorldReader } from "./core/wire/world_reader.ts";
export { Interest, type InterestSpec } from "./replication/view/interest.ts";
export { type DetailLevel, DetailLevels } from "./replication/view/detail_levels.ts";
export { ByteBudget } from "./replication/view/byte_budget.ts";
export { type ViewPlan, ViewPlanner, type ViewSpec } from "./replication/view/view_planner.ts";
