import { optionKey, remedy } from "../../core/remedy.ts";
import type { StateEvent } from "../../core/state/state.ts";
import { FRAME_MAX } from "../../core/time/frame.ts";
import type { PlacedEvent } from "../../recording/events/event_messages.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import type { FrameLine } from "./frame_line.ts";
import { MergeError } from "./merge_error.ts";
import type { MergeInput } from "./merge_input.ts";
import { type MemberKeys, movedEvent } from "./moved_event.ts";

/** A recording of a merge, with its frames and events where they are moved to. */
export class MovedRecording {
  /** Name for messages. */
  readonly name: string;
  /** The recording as it is. */
  readonly reader: RecordingReader;
  /** Place of its first frame on the line; undefined when it has none. */
  readonly start: number | undefined;
  readonly #frameOffset: number;
  readonly #timeOffsetMs: number;
  readonly #line: FrameLine;
  readonly #keys: MemberKeys;

  /** @param keys members of its events that may say their frame or time */
  constructor(input: MergeInput, line: FrameLine, keys: MemberKeys) {
    const { name, reader, frameOffset = 0, timeOffsetMs = 0 } = input;
    if (!Number.isFinite(timeOffsetMs)) {
      throw new RangeError(`timeOffsetMs of ${name} is ${timeOffsetMs}, expected milliseconds`);
    }
    this.name = name;
    this.reader = reader;
    this.start = line.startOf(input);
    this.#frameOffset = frameOffset;
    this.#timeOffsetMs = timeOffsetMs;
    this.#line = line;
    this.#keys = keys;
  }

  /** Time of a frame. @throws {MergeError} for one that is moved below 0 */
  timeMs(frame: number, timeMs: number): number {
    return this.#movedMs(timeMs, () => `the time of frame ${frame}`);
  }

  /**
   * An event, and the place at which it stands.
   *
   * @throws {MergeError} for one that is moved to a frame or time that is none
   */
  event({ offset, event }: PlacedEvent): { readonly place: number; readonly event: StateEvent } {
    const what = `event ${JSON.stringify(event.name)}`;
    const place = this.#placeOf(offset, what);
    if (this.#frameOffset === 0 && this.#timeOffsetMs === 0) return { place, event };
    const { frame, timeMs } = event;
    const moved = movedEvent(event, this.#keys, {
      frame: frame === undefined
        ? undefined
        : this.#placeOf(this.reader.offsetOf(frame), what) >>> 0,
      timeMs: timeMs === undefined ? undefined : this.#movedMs(timeMs, () => `the time of ${what}`),
    });
    return { place, event: moved };
  }

  /** @param offset frames from the first of the recording */
  #placeOf(offset: number, what: string): number {
    const { firstFrame = 0, lastFrame = 0 } = this.reader;
    const number = firstFrame + offset + this.#frameOffset;
    const isAmongFrames = offset >= 0 && offset <= ((lastFrame - firstFrame) >>> 0);
    const isFrame = isAmongFrames || (number >= 0 && number <= FRAME_MAX);
    if (this.#frameOffset !== 0 && !isFrame) {
      throw new MergeError(
        `${what} at frame ${(firstFrame + offset) >>> 0} of ${this.name}, moved by ` +
          `${this.#frameOffset}, stands at ${number}, which is no frame`,
        remedy`cut it off first, or give another ${optionKey("frameOffset")}`,
      );
    }
    return this.start === undefined ? this.#line.placeOf(number) : this.start + offset;
  }

  #movedMs(timeMs: number, what: () => string): number {
    if (this.#timeOffsetMs === 0) return timeMs;
    const moved = timeMs + this.#timeOffsetMs;
    if (moved >= 0 || timeMs < 0) return moved;
    throw new MergeError(
      `${what()} of ${this.name}, ${timeMs} ms, moved by ${this.#timeOffsetMs} ms is below 0`,
      remedy`give a greater ${optionKey("timeOffsetMs")}`,
    );
  }
}
