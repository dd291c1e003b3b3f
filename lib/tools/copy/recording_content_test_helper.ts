import fc from "fast-check";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { MemorySink } from "../../recording/container/memory_file.ts";
import type { PlacedEvent } from "../../recording/events/event_messages.ts";
import { openBytes } from "../../recording/memory_recording_test_helper.ts";
import { randomWorld, WORLD_SCHEMA } from "../../recording/random_world_test_helper.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import { RecordingWriter } from "../../recording/recording_writer.ts";
import { RecordingPart } from "../select/recording_part.ts";
import type { Selection } from "../select/selection.ts";
import { copyPart } from "./copy_part.ts";

/** A state as text: id, kind, and each field with its bits, so that every NaN is its own. */
export type StateText = string;

/** All that a recording holds, in a form that tells every bit apart. */
export interface RecordingContent {
  readonly frames: readonly (readonly [frame: number, timeMs: number, states: StateText[]])[];
  /** Events, each with the frame at which it stands. */
  readonly events: readonly (readonly [frame: number, event: StateEvent])[];
  readonly rateHz: number | undefined;
  readonly source: ReadonlyMap<string, string>;
  readonly hasPreviews: boolean;
}

/** States of a snapshot, each as text. */
export function stateTexts(snapshot: Snapshot): StateText[] {
  return Array.from({ length: snapshot.count }, (_, i) => {
    const layout = snapshot.layoutOf(i);
    const row = snapshot.rows[i]!;
    const { name, fields } = layout.kind;
    const texts = fields.flatMap((field, f) => {
      const value = layout.get(snapshot.words, row, f);
      if (value === undefined) return [];
      const isFloat = field.type === "f32" || field.type === "f64";
      const first = row + layout.wordOf[f]!;
      const said = isFloat && Number.isNaN(value)
        ? `NaN ${snapshot.words.slice(first, first + layout.wordsOf[f]!)}`
        : Object.is(value, -0)
        ? "-0"
        : typeof value === "bigint"
        ? `${value}n`
        : JSON.stringify(value);
      return [`${JSON.stringify(field.name)}=${said}`];
    });
    return [snapshot.ids[i], JSON.stringify(name), ...texts.sort()].join(" ");
  });
}

/** All that a recording holds. */
export async function contentOf(reader: RecordingReader): Promise<RecordingContent> {
  const frames: RecordingContent["frames"][number][] = [];
  for await (const snapshot of reader.snapshots()) {
    frames.push([snapshot.frame, snapshot.timeMs, stateTexts(snapshot)]);
  }
  const placed: PlacedEvent[] = await Array.fromAsync(reader.placedEvents());
  return {
    frames,
    events: placed.map((
      { offset, event },
    ) => [((reader.firstFrame ?? 0) + offset) >>> 0, event]),
    rateHz: reader.declaredRateHz,
    source: reader.source,
    hasPreviews: reader.hasPreviews,
  };
}

/** A recording of a part of another. */
export async function cut(
  reader: RecordingReader,
  selection: Selection = {},
): Promise<RecordingReader> {
  const sink = new MemorySink();
  await copyPart(RecordingPart.of(reader, selection), sink, { level: 1 });
  return await openBytes(sink.bytes());
}

/** An event, and where it is told to stand when it names no frame. */
interface StandingEvent {
  readonly event: StateEvent;
  readonly standsAt: number | undefined;
}

const data: fc.Arbitrary<StateEvent["data"]> = fc.dictionary(
  fc.constantFrom("f", "t", "ev", "data", "__proto__", "a"),
  fc.oneof(fc.integer(), fc.constantFrom(-0, 1.5, null, "shot"), fc.array(fc.boolean())),
);

/** Events around some frames, most at one of them or near, some with only a time or with neither. */
function eventsAround(frames: readonly StateFrame[]): fc.Arbitrary<StandingEvent[]> {
  const place = fc.tuple(fc.nat(Math.max(0, frames.length - 1)), fc.integer({ min: -2, max: 2 }));
  const event = fc.record({ place, data, sort: fc.constantFrom("frame", "time", "both", "none") });
  return fc.array(event, { maxLength: 12 }).map((events) =>
    events.map(({ place: [i, by], data, sort }, n) => {
      const { frame, timeMs } = frames[i] ?? { frame: 7, timeMs: 100 };
      const event = {
        frame: sort === "frame" || sort === "both" ? (frame + by) >>> 0 : undefined,
        timeMs: sort === "time" || sort === "both" ? timeMs + by : undefined,
        name: `e${n % 3}`,
        data: sort === "both" ? { ...data, f: (frame + by) >>> 0, t: timeMs + by } : data,
      };
      return { event, standsAt: n % 2 === 0 ? (frame + by) >>> 0 : undefined };
    })
  );
}

/** Recordings of random worlds; open them by {@linkcode openWorld}. */
export const randomRecording = randomWorld.chain((frames) =>
  fc.record({ frames: fc.constant(frames), events: eventsAround(frames), preview: fc.boolean() })
);

/** Records a random world. */
export async function openWorld(
  { frames, events, preview }: {
    readonly frames: readonly StateFrame[];
    readonly events: readonly StandingEvent[];
    readonly preview: boolean;
  },
): Promise<RecordingReader> {
  const source = { game: "dice", level: "dm4" };
  const options = { schema: WORLD_SCHEMA, level: 1, rateHz: 50, source, preview };
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, options);
  for (const frame of frames) await writer.write(frame);
  for (const { event, standsAt } of events) await writer.writeEvent(event, standsAt);
  await writer.close();
  return await openBytes(sink.bytes());
}
