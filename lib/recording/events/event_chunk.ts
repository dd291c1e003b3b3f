import { McapChunkBuilder } from "@mcap/core";
import type { StateEvent } from "../../core/state/state.ts";
import type { Frame } from "../../core/time/frame.ts";
import { eventMessage, eventText } from "./event_message.ts";
import { utf8 } from "../container/json_text.ts";
import { logTimeNs } from "../container/log_time.ts";
import type { EventPlace } from "./timeline.ts";

/** Length at which a message of one frame's events is closed and another begun. */
const MESSAGE_TEXT_MAX = 1 << 16;

/** Longest text of one event. */
const EVENT_TEXT_MAX = 1 << 24;

interface Group {
  readonly frame: number | undefined;
  readonly timeMs: number | undefined;
  readonly texts: string[];
  length: number;
}

/**
 * Events on their way into a chunk, grouped by frame: an entry of a message index costs 16 bytes
 * that nothing compresses, so one message per event would cost more than the events.
 */
export class EventChunk {
  /** Length of the texts so far. */
  length = 0;
  /** Number of events so far. */
  count = 0;
  readonly #channelId: number;
  #groups: Group[] = [];

  /** No events yet. */
  constructor(channelId: number) {
    this.#channelId = channelId;
  }

  /**
   * Adds an event.
   *
   * @param standsAt frame at which it stands if it names none; undefined when that is still to find
   * @throws {RangeError | TypeError} when it cannot be written
   */
  add(event: StateEvent, standsAt?: Frame): void {
    const text = eventText(event);
    if (text.length > EVENT_TEXT_MAX) {
      throw new RangeError(
        `Cannot record event ${
          JSON.stringify(event.name)
        }: it has ${text.length} characters, at most ${EVENT_TEXT_MAX} fit`,
      );
    }
    const { frame = standsAt, timeMs } = event;
    let group = this.#groups.at(-1);
    const isSame = group !== undefined && group.frame === frame && group.timeMs === timeMs &&
      group.length + text.length <= MESSAGE_TEXT_MAX;
    if (!isSame) this.#groups.push(group = { frame, timeMs, texts: [], length: 0 });
    group!.texts.push(text);
    group!.length += text.length;
    this.length += text.length;
    this.count++;
  }

  /** Number of events that name a frame or a time. */
  get placedCount(): number {
    return this.#groups.reduce((sum, group) => isPlaced(group) ? sum + group.texts.length : sum, 0);
  }

  /**
   * Messages of the events so far, which are forgotten; `place` says where each one stands.
   *
   * @param isAll false to leave those that name neither frame nor time
   */
  take(
    place: (frame: number | undefined, timeMs: number | undefined) => EventPlace,
    isAll: boolean,
  ): McapChunkBuilder {
    const builder = new McapChunkBuilder({});
    const groups = this.#groups;
    this.#groups = [];
    this.length = this.count = 0;
    for (const group of groups) {
      if (!isAll && !isPlaced(group)) {
        this.#groups.push(group);
        this.length += group.length;
        this.count += group.texts.length;
        continue;
      }
      const { frame, timeMs } = place(group.frame, group.timeMs);
      const logTime = logTimeNs(timeMs);
      const data = utf8(eventMessage(group.texts));
      builder.addMessage({
        channelId: this.#channelId,
        sequence: frame,
        logTime,
        publishTime: logTime,
        data,
      });
    }
    return builder;
  }
}

function isPlaced({ frame, timeMs }: Group): boolean {
  return frame !== undefined || timeMs !== undefined;
}
