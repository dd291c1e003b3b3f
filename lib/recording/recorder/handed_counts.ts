/** Frames and events, each counted by itself. */
export interface RecordedCounts {
  /** Frames. */
  readonly frames: number;
  /** Events. */
  readonly events: number;
}

/** What a recorder was handed and what became of it, so that the one is the sum of the other. */
export class HandedCounts {
  readonly #handed = { frames: 0, events: 0 };
  readonly #refused = { frames: 0, events: 0 };
  #taken: RecordedCounts | undefined;

  /** Counts one that was handed over. @param isRefused true when it is not to be recorded */
  add(what: keyof RecordedCounts, isRefused: boolean): void {
    this.#handed[what]++;
    if (isRefused) this.#refused[what]++;
  }

  /** Nothing more is recorded. @param taken what the sink has */
  end({ frames, events }: RecordedCounts): void {
    this.#taken ??= { frames, events };
  }

  /** What the sink has for good; undefined while more may come. */
  get taken(): RecordedCounts | undefined {
    return this.#taken;
  }

  /** What is in no recording: so far, or in the end. */
  get dropped(): RecordedCounts {
    if (this.#taken === undefined) return { ...this.#refused };
    const { frames, events } = this.#taken;
    return { frames: this.#handed.frames - frames, events: this.#handed.events - events };
  }
}
