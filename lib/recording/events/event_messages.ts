import type { StateEvent } from "../../core/state/state.ts";
import { type ChunkIndex, readMessages } from "../container/mcap_records.ts";
import { Section } from "../container/section.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
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

/** Takes what is at fault with events of a chunk, which are left out then. */
export type OnEventFault = (
  chunk: ChunkIndex,
  error: RecordingSyntaxError,
) => unknown;

interface EventMessage extends PlacedMessage {
  readonly data: Uint8Array;
  readonly chunk: ChunkIndex;
  readonly section: Section;
}

/**
 * Events of a recording in the order in which they were written, or of their frames.
 *
 * @param offsetOf place of a frame among those of the recording
 * @param onFault takes what is damaged; it is thrown when this is left out
 * @throws {RecordingSyntaxError} when a chunk of events is damaged
 */
export async function* readEvents(
  source: RecordingSource,
  { eventChannels, eventChunks }: EventChunks,
  order: "written" | "frame",
  offsetOf: (frame: number) => number,
  onFault?: OnEventFault,
): AsyncGenerator<PlacedEvent, void, void> {
  const tell = async (chunk: ChunkIndex, error: unknown) => {
    if (onFault === undefined || !(error instanceof RecordingSyntaxError)) throw error;
    await onFault(chunk, error);
  };
  const read = async (index: number): Promise<EventMessage[]> => {
    const chunk = eventChunks[index]!;
    const section = new Section("events", chunk.offset, source.name);
    try {
      const raw = await readChunk(source, chunk, section);
      return section.parse(() => [...readMessages(raw)])
        .filter(({ channel }) => eventChannels.has(channel))
        .map(({ sequence, data }) => ({ offset: offsetOf(sequence), data, chunk, section }));
    } catch (error) {
      await tell(chunk, error);
      return [];
    }
  };
  const { length } = eventChunks;
  const messages = order === "frame" ? inFrameOrder(length, read) : inFileOrder(length, read);
  for await (const { chunk, data, offset, section } of messages) {
    let events: readonly StateEvent[];
    try {
      events = section.parse(() => readEventMessage(data));
    } catch (error) {
      await tell(chunk, error);
      continue;
    }
    for (const event of events) yield { offset, event };
  }
}

/** Number of events by name. @param onFault takes what is damaged, which is not counted */
export async function countEvents(
  source: RecordingSource,
  chunks: EventChunks,
  onFault: OnEventFault,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { event } of readEvents(source, chunks, "written", () => 0, onFault)) {
    counts.set(event.name, (counts.get(event.name) ?? 0) + 1);
  }
  return counts;
}
