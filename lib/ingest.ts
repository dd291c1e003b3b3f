/**
 * From input to frames: rows of NDJSON or CSV, events, and the schema that holds them.
 *
 * @module
 */

export * from "./schema/infer.ts";
export type { FieldFacts } from "./schema/infer_field.ts";
export { readStates } from "./ingest/read_states.ts";
export type { ReadStatesOptions } from "./ingest/states_options.ts";
export * from "./ingest/read_events.ts";
export * from "./ingest/schema_file.ts";
export * from "./ingest/frames/bad_lines.ts";
export type { FrameLoss } from "./ingest/frames/frame_loss.ts";
export { type InputPlace, InputSyntaxError } from "./ingest/input/input_error.ts";
export { TIME_UNITS, type TimeUnit } from "./ingest/input/time_unit.ts";
export { DECIMAL_MARKS, type DecimalMark } from "./ingest/input/decimal_mark.ts";
export { EventTimes } from "./ingest/events/event_times.ts";
export * from "./ingest/input/input_format.ts";
export type { InputNote } from "./ingest/input/input_note.ts";
export * from "./ingest/input/limits.ts";
export type { ByteSource } from "./ingest/rows/text_lines.ts";
export * from "./schema/wire_conversion.ts";
export type {
  NamedOption,
  OptionKey,
  OptionNaming,
  OptionNamingError,
  Remedy,
} from "./core/remedy.ts";
