import type { FrameHead, FrameSource, StateEvent } from "../../lib/ingest.ts";
import type { EventQueue } from "../../lib/ingest/events/event_queue.ts";
import { sizeOf } from "./event_inbox.ts";

/** Size of the events that are put in order at once; of more, those that come late stay late. */
const SIZE_MAX = 1 << 27;

/** Takes frames and events in the order in which they are recorded. */
export interface InterleavedSink<F extends FrameHead> {
  /** Takes a frame. @returns what to wait for before the next */
  frame(frame: F): Promise<void> | undefined;
  /** Takes an event. */
  event(event: StateEvent): Promise<void>;
  /** True when the next frame is of another session than the frames before. */
  readonly isAtRestart: boolean;
  /** Goes on to that session. */
  startSession(): Promise<void>;
}

/** Hands on frames and the events of a file, each before the first frame that is not before it. */
export async function interleaveStreams<F extends FrameHead>(
  frames: FrameSource<F>,
  events: AsyncGenerator<StateEvent, void, void> | undefined,
  queue: EventQueue,
  sink: InterleavedSink<F>,
): Promise<void> {
  const ahead = new EventsAhead(events, queue);
  try {
    do {
      for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
        if (ahead.isOpen) await ahead.fill();
        if (sink.isAtRestart) await passRestart(frame, queue, sink);
        if (queue.count > 0) { for (const event of queue.due(frame)) await sink.event(event); }
        ahead.throwFailure();
        const taken = sink.frame(frame);
        if (taken !== undefined) await taken;
      }
    } while (await frames.more());
  } finally {
    await frames.close();
  }
  do {
    await ahead.fill();
    for (const event of queue.rest()) await sink.event(event);
    ahead.throwFailure();
  } while (ahead.isOpen);
}

/** Hands on the events of the session that ends, and goes on to that of a frame. */
export async function passRestart<F extends FrameHead>(
  frame: F,
  queue: EventQueue,
  sink: InterleavedSink<F>,
): Promise<void> {
  for (const event of queue.endSession(frame)) await sink.event(event);
  await sink.startSession();
}

/** The events of a file, read ahead so that they can be put in order. */
class EventsAhead {
  /** False when nothing is to be read any more, or to be said. */
  isOpen: boolean;
  readonly #events: AsyncGenerator<StateEvent, void, void> | undefined;
  readonly #queue: EventQueue;
  #count = 0;
  #size = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(events: AsyncGenerator<StateEvent, void, void> | undefined, queue: EventQueue) {
    this.#events = events;
    this.#queue = queue;
    this.isOpen = events !== undefined;
  }

  /** Reads on, as far as there is room for events of the size that they have. */
  async fill(): Promise<void> {
    while (this.isOpen && this.#queue.count * this.#size <= SIZE_MAX * this.#count) {
      try {
        const { value: event } = await this.#events!.next();
        if (event === undefined) this.isOpen = false;
        else {
          this.#queue.add(event);
          this.#count++;
          this.#size += sizeOf(event);
        }
      } catch (error) {
        this.#failure = { error };
        this.isOpen = false;
      }
    }
  }

  /** Says what was wrong with an event, once all before it are handed on. */
  throwFailure(): void {
    if (this.#failure !== undefined && this.#queue.count === 0) throw this.#failure.error;
  }
}
