/**
 * Recordings: the file that states and events are written to, and read from.
 *
 * @module
 */

export type { RecordingSink, RecordingSource } from "./recording/container/sink.ts";
export { MemorySink, MemorySource } from "./recording/container/memory_file.ts";
export { FileSink } from "./recording/container/file_sink.ts";
export { FileSource } from "./recording/container/file_source.ts";
export { RecordingSyntaxError } from "./recording/container/recording_error.ts";
export type { Block } from "./recording/block/block.ts";
export type { BlockEntry } from "./recording/block/block_table.ts";
export { describeRecording, type RecordingDescription } from "./recording/describe_recording.ts";
export { leavesOutQuietFrames } from "./recording/left_out_frames.ts";
export type {
  DamageFault,
  LostFrames,
  RecordingDamage,
} from "./recording/contents/recording_damage.ts";
export type { DamageHandling } from "./recording/recovery/open_contents.ts";
export type { RecordingOptions, RecordingSummary } from "./recording/recording_options.ts";
export { RecordingReader } from "./recording/recording_reader.ts";
export { Recorder } from "./recording/recorder/recorder.ts";
export type { RecordedCounts } from "./recording/recorder/handed_counts.ts";
export type { RecorderOptions } from "./recording/recorder/recorder_options.ts";
export { RecordingWriter } from "./recording/recording_writer.ts";
export type {
  FaultCost,
  Verification,
  VerificationFault,
  VerifyProgress,
} from "./recording/verify/verification.ts";
export { verifyRecording } from "./recording/verify/verify_recording.ts";

export type { PlacedEvent } from "./recording/events/event_messages.ts";
export type { Selection } from "./tools/select/selection.ts";
export { type PlacedFrame, RecordingPart } from "./tools/select/recording_part.ts";
export { openNdjsonRows } from "./tools/rows/ndjson_rows.ts";
export { RowKeyError, type RowKeys } from "./tools/rows/row_keys.ts";
export type { RowNote } from "./tools/rows/row_note.ts";
export type { RowWriter, TakeBytes } from "./tools/rows/row_writer.ts";
export { openStatesCsv } from "./tools/table/states_csv.ts";
export { openEventsCsv } from "./tools/table/events_csv.ts";
export { openStatesParquet } from "./tools/table/states_parquet.ts";
export { openEventsParquet } from "./tools/table/events_parquet.ts";
export { type FrameChecksum, frameChecksums } from "./tools/checksum/frame_checksums.ts";
export { type CopyOptions, copyPart, type CopySummary } from "./tools/copy/copy_part.ts";
export { MergeError } from "./tools/merge/merge_error.ts";
export type { MergeEvents, MergeInput } from "./tools/merge/merge_input.ts";
export {
  type MergeOptions,
  mergeRecordings,
  type MergeSummary,
} from "./tools/merge/merge_recordings.ts";
export type { Difference } from "./tools/diff/difference.ts";
export type { DiffOptions } from "./tools/diff/diff_options.ts";
export type { DiffRuns, FieldSpread, RecordingDiff } from "./tools/diff/recording_diff.ts";
export { diffRecordings } from "./tools/diff/diff_recordings.ts";
