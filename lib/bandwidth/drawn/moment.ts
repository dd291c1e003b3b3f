/** Something that is as it was at a time. */
export interface Timed {
  /** Time without the holes of the recording, milliseconds. */
  readonly clockMs: number;
}

/** What a moment is drawn from. */
export interface Moment<T extends Timed> {
  /** Newest state at or before the moment; the oldest where none is. */
  readonly earlier: T;
  /** Oldest state after it; undefined where `earlier` is drawn as it is. */
  readonly later: T | undefined;
  /** How far the moment lies between the two, 0 up to 1. */
  readonly part: number;
}

/** States that ascend in time, from the newest that is at or before the moment which is drawn. */
export class MomentStates<T extends Timed> {
  readonly #states: T[] = [];
  readonly #onForgotten: (state: T) => void;

  /** No state; `onForgotten` hears of each that is not needed any more. */
  constructor(onForgotten: (state: T) => void) {
    this.#onForgotten = onForgotten;
  }

  /** Newest state; undefined for none. */
  get newest(): T | undefined {
    return this.#states.at(-1);
  }

  /** Adds a state that is no older than those before. */
  push(state: T): void {
    this.#states.push(state);
  }

  /** What a moment is drawn from, which is not before the last one; undefined without a state. */
  at(momentMs: number): Moment<T> | undefined {
    const states = this.#states;
    while (states.length > 1 && states[1]!.clockMs <= momentMs) {
      this.#onForgotten(states.shift()!);
    }
    const earlier = states[0];
    if (earlier === undefined) return undefined;
    const later = states[1];
    if (later === undefined || earlier.clockMs >= momentMs) {
      return { earlier, later: undefined, part: 0 };
    }
    const part = (momentMs - earlier.clockMs) / (later.clockMs - earlier.clockMs);
    return { earlier, later, part };
  }

  /** Forgets all states. */
  clear(): void {
    for (const state of this.#states.splice(0)) this.#onForgotten(state);
  }
}
