import type { StateEvent } from "../../core/state/state.ts";
import type { Frame } from "../../core/time/frame.ts";
import { wellFormed } from "../container/json_text.ts";
import { EVENT_CHANNEL, EVENT_TOPIC, TEXT_BYTES, TEXT_MS } from "../container/format.ts";
import type { ChunkMessages, McapOutput } from "../container/mcap_output.ts";
import type { Work } from "../queue/work.ts";
import type { WriteOrder } from "../queue/write_order.ts";
import { EventChunk } from "./event_chunk.ts";
import { EVENT_SCHEMA } from "./event_message.ts";
import { eventPlacer, type Timeline } from "./timeline.ts";

/** What a character of an event takes while it waits, at most. */
const BYTES_PER_CHARACTER = 4;

/** What an event takes besides its characters, in bytes. */
const EVENT_BYTES = 256;

/** Events on their way into a file: chunks of them, and the channel before the first. */
export class EventStream {
  /** Number of events by name. */
  readonly counts: Map<string, number> = new Map();
  /** Number of events that the output has taken. */
  written = 0;
  readonly #output: McapOutput;
  readonly #order: WriteOrder;
  readonly #level: number;
  readonly #timeline: () => Timeline;
  readonly #chunk = new EventChunk(EVENT_CHANNEL);
  #sinceMs = 0;
  #hasChannel = false;

  /**
   * No events yet.
   *
   * @param order order in which they are written
   * @param level level of zstd
   * @param timeline the frames that events are placed by
   */
  constructor(output: McapOutput, order: WriteOrder, level: number, timeline: () => Timeline) {
    this.#output = output;
    this.#order = order;
    this.#level = level;
    this.#timeline = timeline;
  }

  /** Memory of the events that wait for more, in bytes. */
  get openBytes(): number {
    return this.#chunk.length * BYTES_PER_CHARACTER + this.#chunk.count * EVENT_BYTES;
  }

  /** True when the events should be flushed. */
  get isFull(): boolean {
    return this.#chunk.length >= TEXT_BYTES;
  }

  /**
   * Takes an event.
   *
   * @param nowMs time of the last frame
   * @param standsAt frame at which it stands if it names none; undefined when that is still to find
   * @throws {RangeError | TypeError} when it cannot be written
   */
  add(event: StateEvent, nowMs: number, standsAt?: Frame): void {
    if (this.#chunk.length === 0) this.#sinceMs = nowMs;
    this.#chunk.add(event, standsAt);
    const name = wellFormed(event.name);
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Writes the events that wait for long. */
  flushOld(nowMs: number): void {
    if (nowMs - this.#sinceMs >= TEXT_MS) this.flush();
  }

  /** Number of events that `flush` would write. @param isAll likewise */
  waiting(isAll: boolean): number {
    return isAll ? this.#chunk.count : this.#chunk.placedCount;
  }

  /**
   * Writes the events that wait.
   *
   * @param isAll false to leave those that name neither frame nor time, as before the first frame
   */
  flush(isAll = true): void {
    const { openBytes } = this;
    const count = this.waiting(isAll);
    if (count === 0) return;
    // They stand where the frames so far say, and not those that come while they wait.
    const messages = this.#chunk.take(eventPlacer(this.#timeline()), isAll);
    this.#order.run(this.#write(messages), openBytes, () => void (this.written += count));
  }

  *#write(messages: ChunkMessages): Work {
    if (!this.#hasChannel) {
      this.#hasChannel = true;
      this.#output.jsonChannel(EVENT_CHANNEL, EVENT_TOPIC, "hindcast.Events", EVENT_SCHEMA);
    }
    yield* this.#output.chunkInSlices(messages, this.#level);
  }
}
