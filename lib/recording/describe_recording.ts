import { FrameObjects } from "../core/state/frame_objects.ts";
import type { FieldType } from "../core/state/schema.ts";
import { SchemaInference } from "../schema/infer.ts";
import type { FieldFacts } from "../schema/infer_field.ts";
import type { RecordingReader } from "./recording_reader.ts";

/** What a recording holds; null where there is nothing to say. */
export interface RecordingDescription {
  /** Length of the file in bytes. */
  readonly bytes: number;
  /** Version of the file format. */
  readonly format: number;
  /** Frames per second, declared or measured, to 0.001 Hz. */
  readonly rateHz: number | null;
  /** Number of frames. */
  readonly frames: number;
  /** First frame. */
  readonly firstFrame: number | null;
  /** Last frame. */
  readonly lastFrame: number | null;
  /** Time from the first to the last frame in milliseconds. */
  readonly durationMs: number;
  /** Number of runs of frames that are missing. */
  readonly gaps: number;
  /** Number of frames in them. */
  readonly missingFrames: number;
  /** Number of blocks. */
  readonly blocks: number;
  /** Kinds in the order of the schema. */
  readonly kinds: readonly {
    /** Name of the kind. */
    readonly name: string;
    /** Number of distinct entities. */
    readonly entities: number;
    /** Number of states, one per entity and frame. */
    readonly rows: number;
    /** Fields that were seen. */
    readonly fields: readonly {
      /** Name of the field. */
      readonly name: string;
      /** Type that it was recorded with. */
      readonly type: FieldType;
      /** True when a state lacks it. */
      readonly optional?: true;
      /** Smallest number. */
      readonly min: number | null;
      /** Largest number. */
      readonly max: number | null;
      /** Number of distinct values. */
      readonly distinct: number;
      /** True when there may be more. */
      readonly distinctIsLowerBound?: true;
      /** Coarsest step of which every number is a multiple. */
      readonly step: number | null;
    }[];
  }[];
  /** Number of events by name. */
  readonly events: Readonly<Record<string, number>>;
}

type KindDescription = RecordingDescription["kinds"][number];
type FieldDescription = KindDescription["fields"][number];

/**
 * Reads all of a recording and says what it holds: kinds, fields, ranges, steps, gaps, events.
 *
 * @param onFrame called after each frame
 * @throws {RecordingSyntaxError} when a block is damaged
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   describeRecording,
 *   MemorySink,
 *   MemorySource,
 *   RecordingReader,
 *   RecordingWriter,
 * } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink, { rateHz: 60 });
 * for (const frame of [0, 1, 3]) {
 *   const fields = { x: frame * 0.5 };
 *   await writer.write({ frame, timeMs: frame * 16, entities: [{ id: 7, kind: "ball", fields }] });
 * }
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const { gaps, missingFrames, kinds } = await describeRecording(reader);
 * assert.deepEqual({ gaps, missingFrames }, { gaps: 1, missingFrames: 1 });
 * const { min, max, step } = kinds[0]!.fields[0]!;
 * assert.deepEqual({ min, max, step }, { min: 0, max: 1.5, step: 0.5 });
 * ```
 */
export async function describeRecording(
  reader: RecordingReader,
  onFrame?: () => void,
): Promise<RecordingDescription> {
  const kinds = await kindsOf(reader, onFrame);
  let gaps = 0;
  for await (const _gap of reader.gaps()) gaps++;
  const { rateHz } = reader;
  return {
    bytes: reader.bytes,
    format: reader.format,
    rateHz: rateHz === undefined ? null : Math.round(rateHz * 1000) / 1000,
    frames: reader.frameCount,
    firstFrame: reader.firstFrame ?? null,
    lastFrame: reader.lastFrame ?? null,
    durationMs: reader.durationMs,
    gaps,
    missingFrames: reader.missingFrames,
    blocks: reader.blocks.length,
    kinds,
    events: Object.fromEntries(reader.eventCounts),
  };
}

async function kindsOf(
  reader: RecordingReader,
  onFrame: (() => void) | undefined,
): Promise<KindDescription[]> {
  const inference = new SchemaInference();
  const objects = new FrameObjects(reader.layout);
  for await (const snapshot of reader.snapshots()) {
    inference.observe(objects.next(snapshot));
    onFrame?.();
  }
  const facts = new Map(inference.facts().map((kind) => [kind.name, kind]));
  return reader.schema.kinds.map(({ name, fields }) => {
    const seen = facts.get(name);
    const types = new Map(fields.map((field) => [field.name, field.type]));
    return {
      name,
      entities: seen?.entities ?? 0,
      rows: seen?.rows ?? 0,
      fields: (seen?.fields ?? []).map((field) => describeField(field, types.get(field.name)!)),
    };
  });
}

function describeField(facts: FieldFacts, type: FieldType): FieldDescription {
  return {
    name: facts.name,
    type,
    ...(facts.optional ? { optional: true } : {}),
    min: facts.min ?? null,
    max: facts.max ?? null,
    distinct: facts.distinct,
    ...(facts.isDistinctExact ? {} : { distinctIsLowerBound: true }),
    step: facts.step ?? null,
  };
}
