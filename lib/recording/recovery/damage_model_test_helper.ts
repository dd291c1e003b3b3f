import { McapIndexedReader } from "@mcap/core";
import { EntityNames } from "../../core/names/entity_names.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { RecordingReader } from "../recording_reader.ts";
import { RecordingWriter } from "../recording_writer.ts";

/** A frame as it was given to the writer, entities by the ids of their game. */
export interface GivenFrame {
  readonly frame: number;
  readonly timeMs: number;
  readonly entities: readonly {
    readonly id: number | string;
    readonly kind: string;
    readonly fields: Readonly<Record<string, number>>;
  }[];
}

/** A part of the file that holds something. */
export interface Part {
  readonly topic: "state" | "event" | "names" | "preview";
  readonly start: number;
  readonly end: number;
  /** Numbers of the frames or events that were written as this part; of names the first block's. */
  readonly holds: readonly number[];
}

/** A small recording, what was written to it, and where another program says that it lies. */
export interface Model {
  readonly bytes: Uint8Array;
  readonly frames: readonly GivenFrame[];
  readonly events: readonly StateEvent[];
  readonly parts: readonly Part[];
  /** Byte behind the data, the record that ends it included. */
  readonly dataEnd: number;
  /** Byte behind the number of events, which is written when all frames and events are. */
  readonly countsEnd: number;
}

const FRAMES = 6;
const A_PART = 2;
/** Frame at which a fraction makes the second revision. */
const REVISED_AT = 4;

/** Records two frames and two events a part: names, a second revision, previews. */
export async function smallModel(): Promise<Model> {
  const names = new EntityNames();
  const sink = new MemorySink();
  const source = { game: "model" };
  const writer = await RecordingWriter.open(sink, { names, preview: true, rateHz: 2, source });
  const frames: GivenFrame[] = [];
  const events: StateEvent[] = [];
  for (let i = 0; i < FRAMES; i++) {
    const id = `life${i >> 1}`;
    const fields = { x: i < REVISED_AT ? i * 3 : i + 0.5 };
    const head = { frame: 10 + i, timeMs: i * 500 };
    frames.push({ ...head, entities: [{ id, kind: "ball", fields }] });
    await writer.write({ ...head, entities: [{ id: names.entity(id), kind: "ball", fields }] });
    const data = { f: 10 + i, t: i * 500, ev: "hit", i };
    events.push({ frame: data.f, timeMs: data.t, name: "hit", data });
    await writer.writeEvent(events.at(-1)!);
    if (i % A_PART === A_PART - 1) await writer.flush();
  }
  await writer.close();
  const bytes = sink.bytes();
  return { bytes, frames, events, ...await partsOf(bytes) };
}

/** Where chunks lie, as `@mcap/core` reads the index. */
async function partsOf(bytes: Uint8Array): Promise<Pick<Model, "parts" | "dataEnd" | "countsEnd">> {
  const readable = {
    size: () => Promise.resolve(BigInt(bytes.length)),
    read: (offset: bigint, length: bigint) =>
      Promise.resolve(bytes.slice(Number(offset), Number(offset + length))),
  };
  const reader = await McapIndexedReader.Initialize({ readable });
  const seen = new Map<string, number>();
  const parts = reader.chunkIndexes.map((chunk): Part => {
    const [channel] = [...chunk.messageIndexOffsets.keys()];
    const topic = reader.channelsById.get(channel!)!.topic as Part["topic"];
    const index = seen.get(topic) ?? 0;
    seen.set(topic, index + 1);
    const start = Number(chunk.chunkStartOffset);
    const holds = Array.from({ length: A_PART }, (_, i) => index * A_PART + i);
    return { topic, start, end: start + Number(chunk.chunkLength), holds };
  });
  const counts = reader.metadataIndexes.find(({ name }) => name === "hindcast.events")!;
  const countsEnd = Number(counts.offset + counts.length);
  return { parts, dataEnd: Number(reader.footer.summaryStart), countsEnd };
}

/** All that a file says when what is damaged is left out. */
export async function readAll(bytes: Uint8Array) {
  const reader = await RecordingReader.open(new MemorySource(bytes), { damage: "leave-out" });
  const frames: GivenFrame[] = [];
  for await (const snapshot of reader.snapshots()) {
    const { frame, timeMs, entities } = snapshot.toFrame();
    frames.push({
      frame,
      timeMs,
      entities: entities.map(({ id, kind, fields }) => ({
        id: reader.names.idOf(id),
        kind,
        fields: { ...fields } as Record<string, number>,
      })),
    });
  }
  const events = await Array.fromAsync(reader.events());
  return { reader, frames, events };
}
