import { MemorySink, MemorySource } from "./container/memory_file.ts";
import { RecordingReader } from "./recording_reader.ts";
import type { RecordingOptions } from "./recording_options.ts";
import { RecordingWriter } from "./recording_writer.ts";
import type { StateEvent, StateFrame } from "../core/state/state.ts";

/** Bytes of a recording of these frames and events. */
export async function record(
  frames: readonly StateFrame[],
  options: RecordingOptions = {},
  events: readonly StateEvent[] = [],
): Promise<Uint8Array> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, options);
  for (const frame of frames) await writer.write(frame);
  for (const event of events) await writer.writeEvent(event);
  await writer.close();
  return sink.bytes();
}

/** Reader over a recording in memory. */
export function openBytes(bytes: Uint8Array): Promise<RecordingReader> {
  return RecordingReader.open(new MemorySource(bytes, "test.mcap"));
}

/** Every frame of a recording, as objects. */
export async function framesOf(reader: RecordingReader): Promise<StateFrame[]> {
  const frames: StateFrame[] = [];
  for await (const snapshot of reader.snapshots()) frames.push(snapshot.toFrame());
  return frames;
}

/** Every event of a recording. */
export async function eventsOf(reader: RecordingReader): Promise<StateEvent[]> {
  const events: StateEvent[] = [];
  for await (const event of reader.events()) events.push(event);
  return events;
}
