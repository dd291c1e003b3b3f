/**
 * hindcast records the state stream of a multiplayer game, sends the recording again through
 * simulated consumers and networks, and rewinds it.
 *
 * @module
 */
export * from "./lib/core/frame.ts";
export * from "./lib/core/mask.ts";
export * from "./lib/core/bytes.ts";
export * from "./lib/core/bits.ts";
export * from "./lib/core/schema.ts";
export * from "./lib/core/state.ts";
export * from "./lib/core/row_layout.ts";
export * from "./lib/core/snapshot.ts";
export * from "./lib/core/ring.ts";
export * from "./lib/core/encoder.ts";
export * from "./lib/core/define_schema.ts";
export * from "./lib/core/row_encoder.ts";
export * from "./lib/core/field_coder.ts";
export * from "./lib/core/delta_codec.ts";
export * from "./lib/core/snapshot_codec.ts";
export * from "./lib/core/snapshot_changes.ts";
export * from "./lib/core/packet_breakdown.ts";
export * from "./lib/core/packet_header.ts";
export * from "./lib/core/frame_spans.ts";
export * from "./lib/core/chunk.ts";
export * from "./lib/core/tracker.ts";
export * from "./lib/core/receiver.ts";
