import type { Frame } from "./frame.ts";
import { Ring } from "./ring.ts";

/** A state of a `History`, kept while the history or a consumer refers to it. */
export interface HistoryEntry<S> {
  /** Frame of the state. */
  frame: Frame;
  /** Copy of the state as the far end reconstructs it. */
  state: S;
  /** How many refer to the entry. */
  references: number;
}

/** The states of the last frames by frame, each copied once however many consumers need it. */
export class History<S> {
  readonly #ring: Ring<HistoryEntry<S>>;
  readonly #copy: (state: S, reuse: S | undefined) => S;
  readonly #free: HistoryEntry<S>[] = [];

  /** Empty history. */
  constructor(size: number, copy: (state: S, reuse: S | undefined) => S) {
    this.#ring = new Ring(size);
    this.#copy = copy;
  }

  /** Newest frame. */
  get newest(): Frame | undefined {
    return this.#ring.newest;
  }

  /** Entry of a frame, or undefined when it was never pushed or has been evicted. */
  get(frame: Frame): HistoryEntry<S> | undefined {
    return this.#ring.get(frame);
  }

  /** Copies the state of a frame in. */
  push(frame: Frame, state: S): HistoryEntry<S> {
    const entry = this.#free.pop() ?? { frame, state: undefined as S, references: 0 };
    entry.state = this.#copy(state, entry.state);
    entry.frame = frame;
    entry.references = 1;
    const evicted = this.#ring.push(frame, entry);
    if (evicted !== undefined) this.release(evicted);
    return entry;
  }

  /** Gives up one reference. */
  release(entry: HistoryEntry<S>): void {
    if (--entry.references === 0) this.#free.push(entry);
  }
}
