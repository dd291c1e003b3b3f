import type { FrameHead, StateEvent } from "../../../lib/ingest.ts";
import type { RecordingWriter } from "../../../lib/recording.ts";
import { sizeOf } from "../event_inbox.ts";
import { isLater } from "../is_later.ts";

/** Size of the events that are held at most, in characters and some for each. */
const SIZE_MAX = 1 << 20;

/** Events that came since the newest frame, until the next tells in which file they belong. */
export class HeldEvents {
  #events: StateEvent[] = [];
  #size = 0;

  /** True when none is held. */
  get isEmpty(): boolean {
    return this.#events.length === 0;
  }

  /** Characters of what is held, and some for each event. */
  get size(): number {
    return this.#size;
  }

  /** True when they are to be written, whatever comes. */
  get isFull(): boolean {
    return this.#size >= SIZE_MAX;
  }

  /** Holds an event. */
  add(event: StateEvent): void {
    this.#events.push(event);
    this.#size += sizeOf(event);
  }

  /** Writes all. */
  async writeAll(writer: RecordingWriter): Promise<void> {
    for (const event of this.#take()) await writer.writeEvent(event);
  }

  /** Writes those that stand before a frame, and keeps the others. @param last frame before it */
  async writeBefore(next: FrameHead, last: FrameHead, writer: RecordingWriter): Promise<void> {
    for (const event of this.#take()) {
      if (isBefore(event, next)) await writer.writeEvent(event, standsAt(event, last, next));
      else this.add(event);
    }
  }

  #take(): readonly StateEvent[] {
    const events = this.#events;
    this.#events = [];
    this.#size = 0;
    return events;
  }
}

function isBefore({ frame, timeMs }: StateEvent, next: FrameHead): boolean {
  if (frame !== undefined) return isLater(next.frame, frame);
  return timeMs === undefined || timeMs < next.timeMs;
}

/** Frame of an event that names none: in a gap by its time, which the file that ends cannot tell. */
function standsAt(
  { timeMs = -Infinity }: StateEvent,
  last: FrameHead,
  next: FrameHead,
): number | undefined {
  if (timeMs <= last.timeMs) return undefined;
  const part = (timeMs - last.timeMs) / (next.timeMs - last.timeMs);
  return (last.frame + Math.floor(part * ((next.frame - last.frame) >>> 0))) >>> 0;
}
