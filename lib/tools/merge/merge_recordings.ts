import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { InputNote } from "../../ingest/input/input_note.ts";
import type { RecordingSink } from "../../recording/container/sink.ts";
import type { RecordingSummary } from "../../recording/recording_options.ts";
import { RecordingWriter } from "../../recording/recording_writer.ts";
import { EVENT_KEYS } from "../select/event_payload.ts";
import { CommonEntities } from "../copy/common_entities.ts";
import { commonSchema } from "./common_schema.ts";
import { FrameLine } from "./frame_line.ts";
import { FrameWalk } from "./frame_walk.ts";
import type { MergeEvents, MergeInput } from "./merge_input.ts";
import { mergedFacts } from "./merged_facts.ts";
import { MergedEvents } from "./merged_events.ts";
import { MergedFrames } from "./merged_frames.ts";
import { mergeNotes } from "./merge_notes.ts";
import { MovedRecording } from "./moved_recording.ts";
import { oneAfterAnother } from "./one_after_another.ts";

/** How recordings are merged; everything may be left out. */
export interface MergeOptions {
  /** True to move every recording but the first to the frame after the last of the one before. */
  readonly after?: boolean | undefined;
  /** Events that are placed among the frames by their frame or their time. */
  readonly events?: readonly MergeEvents[] | undefined;
  /**
   * Keys besides `f`, `t` and `ev` under which the data of events says frame, time and name, and
   * is moved with them.
   */
  readonly eventKeys?:
    | { readonly frame?: string; readonly time?: string; readonly event?: string }
    | undefined;
  /** Called with what the recordings do not agree in, when all is written. */
  readonly onNote?: ((note: InputNote) => void) | undefined;
  /** Called for each frame of each recording, once it is merged. */
  readonly onFrame?: (() => void) | undefined;
  /** Level of zstd, 1 (fast) to 22 (small); 19 when left out. */
  readonly level?: number | undefined;
}

/** What was merged. */
export interface MergeSummary extends RecordingSummary {
  /** Number of states: one per entity and frame. */
  readonly states: number;
}

/**
 * Merges recordings by their frames: each frame that one of them has is written once, with the
 * entities of all that have it. So two halves of a recording make it whole, and two recordings of
 * one session stand side by side.
 *
 * Entities are the same where their ids are. Kinds and fields are those of all, each field of the narrowest type that holds the values of all;
 * a field that a recording's kind lacks is optional. Of a frame with several times the first
 * recording's counts, and so does what it says of the source. Events keep their frames and times,
 * or are moved with their recording. Memory holds a block of each recording.
 *
 * @param inputs recordings, one at least; the order decides where they do not agree
 * @param sink where the bytes go; it stays open
 * @throws {MergeError} for an entity that two recordings have at one frame, also with equal states;
 *   for a time that goes back where one recording follows another; for fields that no type holds;
 *   and for what is moved to where no frame or time is
 * @throws {RecordingSyntaxError} when a recording is damaged
 * @throws {Error} of the sink
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource, mergeRecordings } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * async function session(name: string, id: number) {
 *   const sink = new MemorySink();
 *   const writer = await RecordingWriter.open(sink, { rateHz: 50 });
 *   for (let frame = 0; frame < 5; frame++) {
 *     const entities = [{ id, kind: "ship", fields: { x: frame } }];
 *     await writer.write({ frame, timeMs: frame * 20, entities });
 *   }
 *   await writer.close();
 *   return { name, reader: await RecordingReader.open(new MemorySource(sink.bytes())) };
 * }
 *
 * const inputs = [await session("first", 3), await session("second", 7)];
 * const beside = await mergeRecordings(inputs, new MemorySink());
 * assert.deepEqual([beside.frames, beside.states], [5, 10]);
 * const sink = new MemorySink();
 * await mergeRecordings(inputs, sink, { after: true });
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const answer = await reader.at(9);
 * assert.ok(answer.found);
 * assert.equal(answer.state.timeMs, 180);
 * assert.deepEqual(answer.state.entity(0), { id: 7, kind: "ship", fields: { x: 4 } });
 * ```
 */
export async function mergeRecordings(
  inputs: readonly MergeInput[],
  sink: RecordingSink,
  options: MergeOptions = {},
): Promise<MergeSummary> {
  if (inputs.length === 0) throw new TypeError("There is no recording to merge");
  const { after, events = [], eventKeys = {}, onFrame, onNote = () => {}, level } = options;
  const moved = after ? oneAfterAnother(inputs) : inputs;
  const line = new FrameLine(moved);
  const schema = commonSchema(inputs.map(({ name, reader }) => ({ name, schema: reader.schema })));
  const facts = mergedFacts(inputs);
  const keys = { ...EVENT_KEYS, ...eventKeys };
  const memberKeys = {
    frame: [...new Set([EVENT_KEYS.frame, keys.frame])],
    time: [...new Set([EVENT_KEYS.time, keys.time])],
  };
  const recordings = moved.map((input) => new MovedRecording(input, line, memberKeys));
  const entities = new CommonEntities(inputs.map(({ reader }) => reader.names));
  const writer = await RecordingWriter.open(sink, {
    schema,
    names: entities.names,
    source: facts.source,
    replication: facts.replication,
    rewind: facts.rewind,
    preview: inputs.some(({ reader }) => reader.hasPreviews),
    ...(facts.rateHz === undefined ? {} : { rateHz: facts.rateHz }),
    ...(level === undefined ? {} : { level }),
  });
  const walks = [];
  for (const recording of recordings) {
    walks.push(await FrameWalk.open(recording, entities.of(recording.reader.names)));
  }
  const frames = new MergedFrames(walks, new SnapshotLayout(schema), entities.names);
  const merged = await MergedEvents.open(recordings, events, { line, keys }, (event, standsAt) => {
    return writer.writeEvent(event, standsAt);
  });
  let states = 0;
  try {
    while (frames.place < Infinity) {
      await merged.takeBefore(frames.place, frames.timeMs);
      const snapshot = frames.read();
      states += snapshot.count;
      await writer.writeSnapshot(snapshot);
      merged.addFrame(frames.place, frames.timeMs);
      for (let count = await frames.next(); count > 0; count--) onFrame?.();
    }
    await merged.takeBefore(Infinity, Infinity);
  } finally {
    await merged.close();
  }
  const summary = await writer.close();
  for (const note of mergeNotes({ facts, frames, line, events: merged })) onNote(note);
  return { ...summary, states };
}
