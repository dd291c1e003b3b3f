import type { StateEvent } from "../../../core/state/state.ts";
import type { PlacedEvent } from "../../../recording/events/event_messages.ts";
import type { RecordingPart } from "../../select/recording_part.ts";

/** Events of a part of a recording, one after the other. */
export class EventQueue {
  /** Where the next one stands, in frames from an origin; infinite after the last. */
  position: number = Infinity;
  /** Events that were taken. */
  count = 0;
  readonly #origin: number;
  readonly #events: AsyncGenerator<PlacedEvent, void, void>;
  #next: StateEvent | undefined;

  private constructor(part: RecordingPart, origin: number) {
    this.#origin = origin;
    this.#events = part.events();
  }

  /**
   * Queue of all events of a part.
   *
   * @param origin place of the recording's first frame
   * @throws {RecordingSyntaxError} when the first chunk of events is damaged
   */
  static async open(part: RecordingPart, origin: number): Promise<EventQueue> {
    const queue = new EventQueue(part, origin);
    await queue.#advance();
    return queue;
  }

  /** Takes the next event. @throws {RecordingSyntaxError} when the one after it is damaged */
  async take(): Promise<StateEvent> {
    const event = this.#next!;
    this.count++;
    await this.#advance();
    return event;
  }

  /** Leaves out the events that stand before a position. @throws {RecordingSyntaxError} */
  async skip(before: number): Promise<void> {
    while (this.position < before) await this.#advance();
  }

  /** Ends the walk before its end. */
  async close(): Promise<void> {
    await this.#events.return();
  }

  async #advance(): Promise<void> {
    const next = await this.#events.next();
    this.position = next.done ? Infinity : next.value.offset + this.#origin;
    this.#next = next.done ? undefined : next.value.event;
  }
}
