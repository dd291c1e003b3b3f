/**
 * Recordings: the file that states and events are written to, and read from.
 *
 * @module
 */

export * from "./recording/container/sink.ts";
export * from "./recording/container/recording_file.ts";
export { RecordingSyntaxError } from "./recording/container/recording_error.ts";
export * from "./recording/recording_options.ts";
export * from "./recording/recording_writer.ts";
export { type BlockEntry } from "./recording/recording_contents.ts";
export { type BlockSpan } from "./recording/block/block_table.ts";
export type { BlockContent, KindTracks } from "./recording/block/block_content.ts";
export { Block } from "./recording/block/block.ts";
export * from "./recording/recording_reader.ts";
export { FORMAT_VERSION } from "./recording/container/format.ts";
