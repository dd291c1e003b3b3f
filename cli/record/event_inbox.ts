import type { StateEvent } from "../../lib/ingest.ts";

/** Size of the events that wait at most, in characters and some for each. */
const SIZE_MAX = 1 << 24;
const EVENT_SIZE = 64;

/** Events of a pipe, read as they come and kept until somebody takes them. */
export class EventInbox {
  /** True once the pipe has ended or failed. */
  isOver: boolean = false;
  /** What went wrong while reading. */
  failure: { readonly error: unknown } | undefined;
  readonly #onNews: () => void;
  #events: StateEvent[] = [];
  #taken = 0;
  #size = 0;
  #resume: () => void = () => {};

  /** Inbox that reads from now on, and says when something has changed. */
  constructor(events: AsyncIterable<StateEvent>, onNews: () => void) {
    this.#onNews = onNews;
    void this.#read(events);
  }

  /** Events that wait. */
  get count(): number {
    return this.#events.length - this.#taken;
  }

  /** The one that came first of them. */
  get first(): StateEvent | undefined {
    return this.#events[this.#taken];
  }

  /** True when no more are read until one is taken. */
  get isFull(): boolean {
    return this.#size >= SIZE_MAX;
  }

  /** Takes the first. */
  take(): StateEvent {
    const event = this.#events[this.#taken++]!;
    this.#size -= sizeOf(event);
    if (this.#taken > this.#events.length >> 1) {
      this.#events = this.#events.slice(this.#taken);
      this.#taken = 0;
    }
    this.#resume();
    return event;
  }

  async #read(events: AsyncIterable<StateEvent>): Promise<void> {
    try {
      for await (const event of events) {
        this.#events.push(event);
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

function sizeOf(event: StateEvent): number {
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
