import type { FieldType } from "../core/state/schema.ts";
import type { StateFacts, StateFieldFacts } from "./facts/state_facts.ts";
import { type FactsBudget, StateTally } from "./facts/state_tally.ts";
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
      readonly min: number | bigint | null;
      /** Largest number. */
      readonly max: number | bigint | null;
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
  /** Facts about the source by name; left out where there are none. */
  readonly source?: Readonly<Record<string, string>>;
  /** How the server replicates, by name; left out where the recording does not say. */
  readonly replication?: Readonly<Record<string, string>>;
  /** How the server rewinds, by name; left out where the recording does not say. */
  readonly rewind?: Readonly<Record<string, string>>;
}

type KindDescription = RecordingDescription["kinds"][number];
type FieldDescription = KindDescription["fields"][number];

/**
 * Says what a recording holds: kinds, fields, ranges, steps, gaps, events. The writer has left it
 * when it closed the recording; where it has not, as older ones, all blocks are read.
 *
 * @param onFrame called after each frame that is read
 * @throws {RecordingSyntaxError} when a block that is read is damaged
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
  const facts = await reader.storedFacts() ?? await tallyStates(reader, onFrame);
  const { rateHz } = reader;
  return {
    bytes: reader.bytes,
    format: reader.format,
    rateHz: rateHz === undefined ? null : Math.round(rateHz * 1000) / 1000,
    frames: reader.frameCount,
    firstFrame: reader.firstFrame ?? null,
    lastFrame: reader.lastFrame ?? null,
    durationMs: reader.durationMs,
    gaps: facts.gaps,
    missingFrames: reader.missingFrames,
    blocks: reader.blocks.length,
    kinds: kindsOf(reader, facts),
    events: Object.fromEntries(reader.eventCounts),
    ...factsOf(reader, "source"),
    ...factsOf(reader, "replication"),
    ...factsOf(reader, "rewind"),
  };
}

function factsOf<K extends "source" | "replication" | "rewind">(
  reader: RecordingReader,
  name: K,
): { readonly [key in K]?: Readonly<Record<string, string>> } {
  const facts = Object.fromEntries(reader[name]);
  return reader[name].size === 0 ? {} : { [name]: facts } as { [key in K]: typeof facts };
}

/** Memory that counting may take: some 128 MB and 32 MB. */
const TALLY_BUDGET: FactsBudget = { numbers: 1 << 22, texts: 1 << 21 };

async function tallyStates(reader: RecordingReader, onFrame?: () => void): Promise<StateFacts> {
  const tally = new StateTally(TALLY_BUDGET);
  for (let index = 0; index < reader.blocks.length; index++) {
    const content = await reader.readTracks(index);
    tally.add(content, reader.layout);
    for (let frame = 0; frame < content.frames.length; frame++) onFrame?.();
  }
  return tally.facts();
}

function kindsOf({ schema }: RecordingReader, facts: StateFacts): KindDescription[] {
  const seenOf = new Map(facts.kinds.map((kind) => [kind.name, kind]));
  return schema.kinds.map(({ name, fields }) => {
    const seen = seenOf.get(name);
    const types = new Map(fields.map((field) => [field.name, field.type]));
    return {
      name,
      entities: seen?.entities ?? 0,
      rows: seen?.rows ?? 0,
      fields: (seen?.fields ?? []).map((field) => describeField(field, types.get(field.name)!)),
    };
  });
}

function describeField(facts: StateFieldFacts, type: FieldType): FieldDescription {
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
