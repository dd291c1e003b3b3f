import type { StateEvent } from "../../core/state/state.ts";
import { type ChunkIndex, readMessages } from "../container/mcap_records.ts";
import { Section } from "../container/section.ts";
import { readChunk } from "../container/recording_parts.ts";
import type { RecordingSource } from "../container/sink.ts";
import { readEventMessage } from "./event_message.ts";
import { inFileOrder, inFrameOrder, type PlacedMessage } from "./event_order.ts";

/** Where the events of a recording lie. */
export interface EventChunks {
  /** Chunks with events, in the order of the file. */
  readonly eventChunks: readonly ChunkIndex[];
  /** Channels with events. */
  readonly eventChannels: ReadonlySet<number>;
}

/** An event, and where it stands. */
export interface PlacedEvent {
  /** Frame at which it stands, counted from the first of the recording; negative before that. */
  readonly offset: number;
  /** The event. */
  readonly event: StateEvent;
}

interface EventMessage extends PlacedMessage {
  readonly data: Uint8Array;
  readonly section: Section;
}

/**
 * Events of a recording in the order in which they were written, or of their frames.
 *
 * @param offsetOf place of a frame among those of the recording
 * @throws {RecordingSyntaxError} when a chunk of events is damaged
 */
export async function* readEvents(
  source: RecordingSource,
  chunks: EventChunks,
  order: "written" | "frame",
  offsetOf: (frame: number) => number,
): AsyncGenerator<PlacedEvent, void, void> {
  const { eventChunks, eventChannels } = chunks;
  const read = async (index: number): Promise<EventMessage[]> => {
    const chunk = eventChunks[index]!;
    const section = new Section("events", chunk.offset, source.name);
    const raw = await readChunk(source, chunk, section);
    return section.parse(() => [...readMessages(raw)])
      .filter(({ channel }) => eventChannels.has(channel))
      .map(({ sequence, data }) => ({ offset: offsetOf(sequence), data, section }));
  };
  const { length } = eventChunks;
  const messages = order === "frame" ? inFrameOrder(length, read) : inFileOrder(length, read);
  for await (const { offset, section, data } of messages) {
    for (const event of section.parse(() => readEventMessage(data))) yield { offset, event };
  }
}
