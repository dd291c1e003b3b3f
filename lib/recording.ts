/**
 * Recordings: the file that states and events are written to, and read from.
 *
 * @module
 */

export {
  MemorySink,
  MemorySource,
  type RecordingSink,
  type RecordingSource,
} from "./recording/container/sink.ts";
export {
  type FileFate,
  FileSink,
  type FileSinkOptions,
  FileSource,
} from "./recording/container/recording_file.ts";
export { RecordingSyntaxError } from "./recording/container/recording_error.ts";
export type { Block } from "./recording/block/block.ts";
export type { BlockEntry, BlockSpan } from "./recording/block/block_table.ts";
export type { FrameGap } from "./recording/block_index.ts";
export type { RecordingOptions, RecordingSummary } from "./recording/recording_options.ts";
export { type FrameRange, RecordingReader } from "./recording/recording_reader.ts";
export { RecordingWriter } from "./recording/recording_writer.ts";
