/** Events one after another, with the next one in hand. */
export class EventWalk<T> {
  /** The next event; undefined after the last. */
  head: T | undefined;
  readonly #events: AsyncIterator<T>;

  private constructor(events: AsyncIterable<T>) {
    this.#events = events[Symbol.asyncIterator]();
  }

  /** Walk that stands at the first event. @throws {Error} of the events */
  static async open<T>(events: AsyncIterable<T>): Promise<EventWalk<T>> {
    const walk = new EventWalk(events);
    await walk.next();
    return walk;
  }

  /** Goes on to the next event. @throws {Error} of the events */
  async next(): Promise<void> {
    const answer = await this.#events.next();
    this.head = answer.done === true ? undefined : answer.value;
  }

  /** Ends the walk before the last event. */
  async close(): Promise<void> {
    await this.#events.return?.();
  }
}
