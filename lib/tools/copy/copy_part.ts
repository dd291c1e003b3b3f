import type { RecordingSink } from "../../recording/container/sink.ts";
import type { RecordingSummary } from "../../recording/recording_options.ts";
import { RecordingWriter } from "../../recording/recording_writer.ts";
import type { RecordingPart } from "../select/recording_part.ts";
import { EventWalk } from "./event_walk.ts";
import { PartRows } from "./part_rows.ts";

/** How a part is copied; everything may be left out. */
export interface CopyOptions {
  /** Level of zstd, 1 (fast) to 22 (small); 19 when left out. */
  readonly level?: number | undefined;
  /** Called after each frame. */
  readonly onFrame?: (() => void) | undefined;
}

/** What was copied, and what of the recording was not. */
export interface CopySummary extends RecordingSummary {
  /** Number of states: one per entity and frame. */
  readonly states: number;
  /** What of the recording the part leaves out. */
  readonly leftOut: {
    /** Number of frames. */
    readonly frames: number;
    /** Number of states of the frames that were copied. */
    readonly states: number;
    /** Number of events. */
    readonly events: number;
    /** Number of kinds. */
    readonly kinds: number;
    /** Number of fields of the kinds that were copied. */
    readonly fields: number;
  };
}

/**
 * Copies a part of a recording to a new one, with its types, its ids, its declared rate and the
 * facts about its source: values bit by bit, times and events as they are. Memory holds a block.
 *
 * @param sink where the bytes go; it stays open
 * @throws {RecordingSyntaxError} when a block or a chunk of events is damaged
 * @throws {Error} of the sink
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { copyPart, MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { RecordingPart, RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink, { rateHz: 50 });
 * for (let frame = 0; frame < 5; frame++) {
 *   const entities = [3, 7].map((id) => ({ id, kind: "ship", fields: { x: id * frame } }));
 *   await writer.write({ frame, timeMs: frame * 20, entities });
 * }
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const clip = new MemorySink();
 * const { frames, states, leftOut } = await copyPart(
 *   RecordingPart.of(reader, { from: 2, to: 3, ids: [7] }),
 *   clip,
 * );
 * assert.deepEqual([frames, states, leftOut.frames, leftOut.states], [2, 2, 3, 2]);
 * const copy = await RecordingReader.open(new MemorySource(clip.bytes()));
 * assert.deepEqual([copy.firstFrame, copy.lastFrame, copy.rateHz], [2, 3, 50]);
 * ```
 */
export async function copyPart(
  part: RecordingPart,
  sink: RecordingSink,
  { level, onFrame }: CopyOptions = {},
): Promise<CopySummary> {
  const { reader } = part;
  const { declaredRateHz: rateHz, hasPreviews: preview } = reader;
  const writer = await RecordingWriter.open(sink, {
    schema: part.schema,
    names: reader.names,
    source: Object.fromEntries(reader.source),
    replication: Object.fromEntries(reader.replication),
    rewind: Object.fromEntries(reader.rewind),
    preview,
    ...(rateHz === undefined ? {} : { rateHz }),
    ...(level === undefined ? {} : { level }),
  });
  const rows = new PartRows(part);
  const events = await EventWalk.open(part.events());
  const writeEventsBefore = async (end: number) => {
    while (events.head !== undefined && events.head.offset < end) {
      const { event, offset } = events.head;
      await writer.writeEvent(event, ((reader.firstFrame ?? 0) + offset) >>> 0);
      await events.next();
    }
  };
  try {
    for await (const { block, start, end } of part.blocks()) {
      for (let i = start; i < end; i++) {
        await writeEventsBefore(reader.offsetOf(block.frames[i]!));
        await writer.writeSnapshot(rows.read(block, i));
        onFrame?.();
      }
    }
    await writeEventsBefore(Infinity);
  } finally {
    await events.close();
  }
  const summary = await writer.close();
  return { ...summary, states: rows.taken, leftOut: leftOutOf(part, summary, rows) };
}

function leftOutOf(
  { reader, schema }: RecordingPart,
  { frames, events }: RecordingSummary,
  { leftOut: states }: PartRows,
): CopySummary["leftOut"] {
  const kept = new Map(schema.kinds.map(({ name, fields }) => [name, fields.length]));
  let fields = 0;
  for (const kind of reader.schema.kinds) {
    fields += kind.fields.length - (kept.get(kind.name) ?? kind.fields.length);
  }
  return {
    frames: reader.frameCount - frames,
    states,
    events: [...reader.eventCounts.values()].reduce((sum, count) => sum + count, 0) - events,
    kinds: reader.schema.kinds.length - schema.kinds.length,
    fields,
  };
}
