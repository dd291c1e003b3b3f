import type { StateEvent } from "../../lib/ingest.ts";
import type { EventQueue } from "../../lib/ingest/events/event_queue.ts";

/** Size of the events that wait at most, in characters and some for each. */
const SIZE_MAX = 1 << 24;
const EVENT_SIZE = 64;

/** Events of a pipe, read as they come and put where they wait for their frames. */
export class EventInbox {
  /** True once the pipe has ended or failed. */
  isOver: boolean = false;
  /** What went wrong while reading. */
  failure: { readonly error: unknown } | undefined;
  readonly #queue: EventQueue;
  readonly #onNews: () => void;
  #size = 0;
  #resume: () => void = () => {};

  /** Inbox that reads from now on into a queue, and says when something has changed. */
  constructor(events: AsyncIterable<StateEvent>, queue: EventQueue, onNews: () => void) {
    this.#queue = queue;
    this.#onNews = onNews;
    void this.#read(events);
  }

  /** True when no more are read until some are taken. */
  get isFull(): boolean {
    return this.#size >= SIZE_MAX;
  }

  /** Counts an event that was taken out of the queue. */
  took(event: StateEvent): void {
    this.#size -= sizeOf(event);
    this.#resume();
  }

  async #read(events: AsyncIterable<StateEvent>): Promise<void> {
    try {
      for await (const event of events) {
        this.#queue.add(event);
        this.#size += sizeOf(event);
        this.#onNews();
        while (this.isFull) await new Promise<void>((resolve) => this.#resume = resolve);
      }
    } catch (error) {
      this.failure = { error };
    }
    this.isOver = true;
    this.#onNews();
  }
}

/** Size of an event, in characters and some for each. */
export function sizeOf(event: StateEvent): number {
  return EVENT_SIZE + sizeOfValue(event.data);
}

function sizeOfValue(value: unknown): number {
  if (typeof value === "string") return value.length;
  let size = 8;
  if (typeof value !== "object" || value === null) return size;
  const members = value as Record<string, unknown>;
  for (const key in members) size += key.length + sizeOfValue(members[key]);
  return size;
}
