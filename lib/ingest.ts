/**
 * From input to frames: rows of NDJSON or CSV, events, and the schema that holds them.
 *
 * @module
 */

export { openStates, readStates } from "./ingest/read_states.ts";
export { observeStates } from "./ingest/observe_states.ts";
export { KeptStates, type StatesListener } from "./ingest/kept_states.ts";
export { openSnapshots, readSnapshots } from "./ingest/read_snapshots.ts";
export { framesOf, type FrameSource } from "./ingest/frame_source.ts";
export { UnheldFrameError } from "./ingest/frames/snapshot_former.ts";
export type {
  EntityState,
  FieldValues,
  FrameHead,
  StateEvent,
  StateFrame,
} from "./core/state/state.ts";
export { ShapeFacts } from "./ingest/kinds/shape_facts.ts";
export type { ReadStatesOptions } from "./ingest/states_options.ts";
export { readEvents, type ReadEventsOptions } from "./ingest/read_events.ts";
export type { ByteSource, ByteStream } from "./ingest/input/byte_source.ts";
export { INPUT_FORMATS } from "./ingest/input/input_format.ts";
export { TIME_UNITS } from "./ingest/input/time_unit.ts";
export { DECIMAL_MARKS } from "./ingest/input/decimal_mark.ts";

export { type InputPlace, InputSyntaxError } from "./ingest/input/input_error.ts";
export type { FaultSort, FaultTarget } from "./ingest/input/row_fault.ts";
export type { LineMender, RefusedLine } from "./ingest/input/refused_line.ts";
export type { InputNote, NoteMend } from "./ingest/input/input_note.ts";
export type { OptionKey, OptionNaming, OptionNamingError, Remedy } from "./core/remedy.ts";
export { BadLines } from "./ingest/frames/bad_lines.ts";
export type { FrameLoss } from "./ingest/frames/frame_loss.ts";
export { EventQueue, type EventQueueOptions } from "./ingest/events/event_queue.ts";
export { EventTimes } from "./ingest/events/event_times.ts";
export { LiveLines } from "./ingest/live/live_lines.ts";
export type { LiveLimits, LiveLinesOptions } from "./ingest/live/live_options.ts";
export { pulsedBytes } from "./ingest/live/pulsed_bytes.ts";
export type { LiveCounts, LivePeer, LiveProducer } from "./ingest/live/live_producer.ts";

export { checkStates } from "./ingest/check/check_states.ts";
export type { CheckedStates, FileCheck, StatesCheck } from "./ingest/check/states_check.ts";
export type { CheckedInput } from "./ingest/check/checked_reading.ts";
export type { CheckedOptions } from "./ingest/check/checked_options.ts";
export type { FaultGroup } from "./ingest/check/fault_groups.ts";

export { parseSchemaFile } from "./ingest/schema_file.ts";
export { hasOpenEnum } from "./schema/open_enum.ts";
export { SchemaInference } from "./schema/infer.ts";
export type { KindFacts } from "./schema/infer_kind.ts";
export type { FieldFacts } from "./schema/infer_field.ts";

export { FIELD_TYPES } from "./core/state/schema.ts";
export type { Field, FieldType, FieldValue, Kind, Schema } from "./core/state/schema.ts";
