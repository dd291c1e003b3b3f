import type { FrameHead, StateEvent } from "../../lib/ingest.ts";
import { EventInbox } from "./event_inbox.ts";
import type { NamedPipe } from "../files/named_pipe.ts";
import type { EventQueue } from "../../lib/ingest/events/event_queue.ts";
import { type InterleavedSink, passRestart } from "./interleave.ts";
import { Stopped } from "./stop_signal.ts";

/** What events come from while states do. */
export interface EventPipe {
  /** Name for messages. */
  readonly name: string;
  /** The named pipe that it is, whose writers may come and go; undefined for standard input. */
  readonly pipe: NamedPipe | undefined;
  /** Takes one line for the user. */
  note(line: string): void;
  /** Time after which an event has waited for its frame, in milliseconds; twice that at most. */
  readonly waitMs: number;
}

/** Time after the last state in which a pipe of events may still be opened, in milliseconds. */
const OPENING_MS = 5000;
/** Time after the last state from which on it is worth a line that events are waited for. */
const PATIENCE_MS = 1000;

/**
 * Hands on frames as they come, and the events of a pipe as soon as their frame is there: frames
 * never wait for events, an event whose frame does not come goes on without it, and one that comes
 * late follows later frames. After the last frame the events are read until their pipe ends.
 */
export async function interleaveLive<F extends FrameHead>(
  frames: AsyncGenerator<F, void, void>,
  events: AsyncGenerator<StateEvent, void, void>,
  queue: EventQueue,
  sink: InterleavedSink<F>,
  source: EventPipe,
): Promise<void> {
  await new LiveInterleaving(frames, events, queue, sink, source).run();
}

class LiveInterleaving<F extends FrameHead> {
  readonly #frames: AsyncGenerator<F, void, void>;
  readonly #queue: EventQueue;
  readonly #sink: InterleavedSink<F>;
  readonly #source: EventPipe;
  readonly #inbox: EventInbox;
  #answer: IteratorResult<F, void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #last: F | undefined;
  /** Events without a frame that were handed on before the frame of their time was there. */
  #early = 0;
  #hasHanded = false;
  #isTakingFrames = true;
  #isNews = false;
  #isPulse = false;
  #wake: () => void = () => {};

  constructor(
    frames: AsyncGenerator<F, void, void>,
    events: AsyncGenerator<StateEvent, void, void>,
    queue: EventQueue,
    sink: InterleavedSink<F>,
    source: EventPipe,
  ) {
    this.#frames = frames;
    this.#queue = queue;
    this.#sink = sink;
    this.#source = source;
    if (source.pipe !== undefined) source.pipe.isLasting = true;
    this.#inbox = new EventInbox(events, queue, this.#tell);
  }

  async run(): Promise<void> {
    const timer = setInterval(() => {
      this.#isPulse = true;
      this.#tell();
    }, Math.max(1, this.#source.waitMs));
    try {
      await this.#takeFrames();
      this.#isTakingFrames = false;
      await this.#takeRest();
    } catch (error) {
      // What is in hand is not lost because something else ends the recording.
      if (this.#last !== undefined || this.#hasHanded) await this.#takeAll().catch(() => {});
      throw error;
    } finally {
      clearInterval(timer);
      void this.#frames.return().catch(() => {});
      if (this.#early > 0) {
        this.#source.note(
          `${this.#early} events of ${this.#source.name} came long before the states of their time and name no frame; they stand at the newest frame there was`,
        );
      }
    }
  }

  async #takeFrames(): Promise<void> {
    this.#ask();
    for (;;) {
      const frame = this.#answer?.value ?? undefined;
      if (frame !== undefined && this.#sink.isAtRestart) {
        await passRestart(frame, this.#queue, this.#sink);
      }
      await this.#takeDue(frame ?? this.#last);
      if (this.#answer?.done) return;
      if (frame !== undefined) {
        await this.#sink.frame(frame);
        this.#last = frame;
        this.#ask();
      } else {
        await this.#news();
      }
    }
  }

  /** Events of a frame and before, those that have waited, and those that find no room. */
  async #takeDue(frame: F | undefined): Promise<void> {
    if (this.#queue.count === 0) return;
    if (frame !== undefined) await this.#hand(this.#queue.due(frame));
    if (this.#isPulse) await this.#handEarly(this.#queue.aged());
    this.#isPulse = false;
    if (this.#inbox.isFull) await this.#handEarly(this.#queue.rest());
  }

  async #handEarly(events: readonly StateEvent[]): Promise<void> {
    if (this.#last !== undefined) {
      for (const event of events) if (event.frame === undefined) this.#early++;
    }
    await this.#hand(events);
  }

  async #hand(events: readonly StateEvent[]): Promise<void> {
    for (const event of events) {
      this.#inbox.took(event);
      this.#hasHanded = true;
      await this.#sink.event(event);
    }
  }

  async #takeRest(): Promise<void> {
    const startMs = performance.now();
    const { name, pipe, note } = this.#source;
    if (pipe !== undefined) pipe.isLasting = false;
    let isNoted = false;
    for (;;) {
      await this.#takeAll();
      if (this.#inbox.isOver) return this.#throwFailure();
      const waitedMs = performance.now() - startMs;
      if (pipe?.isOpened === false && waitedMs >= OPENING_MS) {
        return note(`nobody opened ${name} for writing, so there are no events of it`);
      }
      if (!isNoted && waitedMs >= PATIENCE_MS) {
        isNoted = true;
        note(`the states have ended; waiting for the end of the events of ${name}`);
      }
      await this.#news(PATIENCE_MS);
    }
  }

  async #takeAll(): Promise<void> {
    if (this.#queue.count > 0) await this.#hand(this.#queue.rest());
  }

  #ask(): void {
    this.#answer = undefined;
    this.#frames.next().then((answer) => this.#answer = answer, (error) => {
      this.#failure = { error };
    }).then(this.#tell);
  }

  readonly #tell = (): void => {
    this.#isNews = true;
    this.#wake();
  };

  /** Waits until a frame or an event came, or one of the streams failed. */
  async #news(timeoutMs?: number): Promise<void> {
    if (!this.#isNews) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (timeoutMs !== undefined) {
          const timer = setTimeout(resolve, timeoutMs);
          this.#wake = () => {
            clearTimeout(timer);
            resolve();
          };
        }
      });
    }
    this.#isNews = false;
    this.#throwFailure();
  }

  #throwFailure(): void {
    const { failure } = this.#inbox;
    // The states are stopped as well, and may have a frame to give out first.
    const isStopped = this.#isTakingFrames && failure?.error instanceof Stopped;
    const first = this.#failure ?? (isStopped ? undefined : failure);
    if (first !== undefined) throw first.error;
  }
}
