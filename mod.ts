/**
 * States of a multiplayer game to many consumers, each packet against what its consumer holds:
 * schemas and encoders, a tracker and its far end, and the ring of a server's last states. Worlds of
 * many entities, recordings of them, and all that reads those are subpaths of their own.
 *
 * @module
 */

export {
  type DefinedKind,
  type DefinedWorld,
  defineSchema,
} from "./lib/core/wire/define_schema.ts";
export type {
  EntityOf,
  FieldSpec,
  FieldTable,
  FrameOf,
  StateOf,
} from "./lib/core/wire/typed_states.ts";
export {
  type Field,
  type FieldType,
  type FieldValue,
  type Kind,
  type Schema,
  SchemaError,
} from "./lib/core/state/schema.ts";
export { FieldValueError } from "./lib/core/state/field_value_error.ts";
export type { FieldCoding } from "./lib/core/wire/kind_codec.ts";
export type { Decoded, Encoder } from "./lib/core/wire/encoder.ts";
export { Mask } from "./lib/core/bytes/mask.ts";
export { ByteReader, ByteSyntaxError, ByteWriter } from "./lib/core/bytes/bytes.ts";
export { Tracker } from "./lib/core/tracker/tracker.ts";
export type { PacketTracker } from "./lib/core/tracker/packet_tracker.ts";
export type { KeyframeReason, SharedPacket } from "./lib/core/wire/shared_packet.ts";
export type { PacketForm } from "./lib/core/wire/packet_header.ts";
export {
  ACK_POLICIES,
  type AckPolicy,
  type ConsumerId,
  type TrackerOptions,
} from "./lib/core/tracker/tracker_options.ts";
export { type Ack, decodeAck, encodeAck } from "./lib/core/tracker/ack_message.ts";
export { type Received, Receiver, type ReceiverOptions } from "./lib/core/tracker/receiver.ts";
export { Ring, type RingAnswer } from "./lib/core/time/ring.ts";
export type { Frame } from "./lib/core/time/frame.ts";
