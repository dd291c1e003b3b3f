import type { StateEvent } from "../../core/state/state.ts";

/** An event that waits, and what it waits for. */
export interface WaitingEvent {
  /** Frame, or time in milliseconds. */
  readonly key: number;
  /** Place in the input, which decides between equal keys. */
  readonly place: number;
  /** The event as it was read. */
  readonly event: StateEvent;
  /** Session of which it is by its order; undefined where that does not matter. */
  readonly session?: number;
}

/** Events that wait, the one of the least key first. */
export class EventHeap {
  readonly #items: WaitingEvent[] = [];

  /** The first one; undefined when none waits. */
  get first(): WaitingEvent | undefined {
    return this.#items[0];
  }

  /** Adds one. */
  add(item: WaitingEvent): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(item, items[parent]!)) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  /** Takes out the first one. @throws {TypeError} when none waits */
  take(): WaitingEvent {
    const items = this.#items;
    const first = items[0];
    if (first === undefined) throw new TypeError("Cannot take an event: none waits");
    const last = items.pop()!;
    if (items.length > 0) this.#sink(last);
    return first;
  }

  /** Takes out all, in order. */
  *drain(): Generator<WaitingEvent, void, void> {
    while (this.#items.length > 0) yield this.take();
  }

  /** Takes out those that came before a place, in order. */
  *drainBefore(place: number): Generator<WaitingEvent, void, void> {
    if (!this.#items.some((item) => item.place < place)) return;
    for (const item of [...this.drain()]) {
      if (item.place < place) yield item;
      else this.add(item);
    }
  }

  #sink(item: WaitingEvent): void {
    const items = this.#items;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      const other = items[child + 1];
      if (other !== undefined && isBefore(other, items[child]!)) child++;
      if (!isBefore(items[child]!, item)) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = item;
  }
}

function isBefore(a: WaitingEvent, b: WaitingEvent): boolean {
  return a.key === b.key ? a.place < b.place : a.key < b.key;
}
