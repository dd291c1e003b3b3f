import type { StateEvent } from "../../core/state/state.ts";
import type { InputNote } from "../../ingest/input/input_note.ts";
import type { EventKeys } from "../select/event_payload.ts";
import { EventWalk } from "../copy/event_walk.ts";
import type { FrameLine } from "./frame_line.ts";
import type { MergeEvents } from "./merge_input.ts";
import type { MovedRecording } from "./moved_recording.ts";
import { type FramesSoFar, PlacedEvents } from "./placed_events.ts";
import { SameEvents } from "./same_events.ts";

/** An event, and the place at which it stands. */
type Standing = ReturnType<MovedRecording["event"]>;

/** Takes an event; `standsAt` is its frame where it names none and the frame is known. */
type TakeEvent = (event: StateEvent, standsAt: number | undefined) => Promise<void>;

/** Events of several recordings, and others beside them, in the order of their frames. */
export class MergedEvents {
  readonly #recorded: readonly EventWalk<Standing>[];
  readonly #placed: readonly PlacedEvents[];
  readonly #same: SameEvents;
  readonly #take: TakeEvent;
  readonly #frames: FramesSoFar = { count: 0, firstFrame: 0, place: 0, firstMs: 0, lastMs: 0 };

  private constructor(
    recorded: readonly EventWalk<Standing>[],
    placed: readonly PlacedEvents[],
    keys: EventKeys,
    take: TakeEvent,
  ) {
    this.#recorded = recorded;
    this.#placed = placed;
    this.#same = new SameEvents(keys);
    this.#take = take;
  }

  /** Events that stand at the first of each input. @throws {RecordingSyntaxError | MergeError} */
  static async open(
    recordings: readonly MovedRecording[],
    others: readonly MergeEvents[],
    { line, keys }: { readonly line: FrameLine; readonly keys: EventKeys },
    take: TakeEvent,
  ): Promise<MergedEvents> {
    const recorded = [];
    for (const recording of recordings) {
      recorded.push(await EventWalk.open(standingEvents(recording)));
    }
    const placed = [];
    for (const other of others) placed.push(await PlacedEvents.open(other, line));
    return new MergedEvents(recorded, placed, keys, take);
  }

  /**
   * Hands on what stands before a frame, all that is left before Infinity.
   *
   * @param place place of the frame
   * @param timeMs its time in milliseconds
   * @throws {Error} of the events, and of who takes them
   */
  async takeBefore(place: number, timeMs: number): Promise<void> {
    for (;;) {
      const input = this.#nextRecorded(place);
      if (input < 0) break;
      const walk = this.#recorded[input]!;
      const { place: at, event } = walk.head!;
      this.#same.add(at, input, event);
      await this.#take(event, at >>> 0);
      await walk.next();
    }
    for (const [i, events] of this.#placed.entries()) {
      for (;;) {
        const next = await events.takeBefore(place, timeMs, this.#frames);
        if (next === undefined) break;
        this.#same.add(next.place, this.#recorded.length + i, next.event);
        await this.#take(next.event, undefined);
      }
    }
  }

  /** Tells the frame before which they were handed on. */
  addFrame(place: number, timeMs: number): void {
    const frames = this.#frames;
    if (frames.count === 0) {
      frames.firstFrame = place >>> 0;
      frames.firstMs = timeMs;
    }
    frames.count++;
    frames.place = place;
    frames.lastMs = timeMs;
    for (const events of this.#placed) events.addFrame(place, timeMs);
  }

  /** Notes on events that are there twice, and on where others stand. */
  notes(): InputNote[] {
    const same = this.#same.note();
    const notes = this.#placed.flatMap((events) => events.notes(this.#frames));
    return same === undefined ? notes : [same, ...notes];
  }

  /** Ends what is not read to its end. */
  async close(): Promise<void> {
    for (const events of [...this.#recorded, ...this.#placed]) await events.close();
  }

  /** The recording whose next event stands first, before a place; -1 when none does. */
  #nextRecorded(place: number): number {
    let next = -1;
    let min = place;
    for (let i = 0; i < this.#recorded.length; i++) {
      const { head } = this.#recorded[i]!;
      if (head === undefined || head.place >= min) continue;
      min = head.place;
      next = i;
    }
    return next;
  }
}

async function* standingEvents(recording: MovedRecording): AsyncGenerator<Standing, void, void> {
  for await (const placed of recording.reader.placedEvents()) yield recording.event(placed);
}
