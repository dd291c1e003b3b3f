/**
 * Worlds of many entities: snapshots, the tracker that sends them, and views of a part of them.
 *
 * @module
 */

export * from "./core/state/state.ts";
export * from "./core/state/snapshot.ts";
export * from "./core/state/snapshot_layout.ts";
export { sameWords } from "./core/state/words.ts";
export * from "./core/state/frame_objects.ts";
export * from "./core/state/row_store.ts";
export { WireConversion } from "./schema/wire_conversion.ts";
export * from "./core/state/view.ts";
export * from "./core/wire/world_codec.ts";
export * from "./core/tracker/world_tracker.ts";
export type { PacketPreview } from "./core/tracker/packet_preview.ts";
export { ACK_POLICIES, TRACKER_DEFAULTS } from "./core/tracker/tracker_options.ts";
export type { AckPolicy, TrackerOptions } from "./core/tracker/tracker_options.ts";
export * from "./core/wire/world_reader.ts";
export * from "./core/wire/packet_breakdown.ts";
export * from "./replication/view/interest.ts";
export * from "./replication/view/detail_levels.ts";
export * from "./replication/view/byte_budget.ts";
export * from "./replication/view/view_planner.ts";
