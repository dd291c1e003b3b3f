/**
 * hindcast records the state stream of a multiplayer game, sends the recording again through
 * simulated consumers and networks, and rewinds it.
 *
 * @module
 */

export * from "./lib/core/time/frame.ts";
export * from "./lib/core/state/schema.ts";
export * from "./lib/core/wire/define_schema.ts";
export * from "./lib/core/state/row_layout.ts";
export * from "./lib/core/state/field_range.ts";
export * from "./lib/core/state/field_value_error.ts";
export * from "./lib/core/state/text_pool.ts";
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
export * from "./lib/core/wire/entity_records.ts";
export * from "./lib/core/wire/shared_packet.ts";
export * from "./lib/core/tracker/packet_tracker.ts";
export * from "./lib/core/tracker/tracker_options.ts";
export * from "./lib/core/tracker/tracker.ts";
export * from "./lib/core/wire/state_reader.ts";
export * from "./lib/core/tracker/receiver.ts";
export * from "./lib/core/time/ring.ts";

export * from "./lib/world.ts";
export * from "./lib/recording.ts";
export * from "./lib/ingest.ts";
export * from "./lib/net.ts";
export * from "./lib/report.ts";
export * from "./lib/rewind.ts";
