/** How long something of a live input waits before it is written, unless the user says. */
export const FLUSH_MS = 500;

/** What is flushed. */
export interface FlushedOutput {
  /** Writes what waits, and makes it durable where that is asked for; does nothing before a start. */
  flush(): Promise<void>;
}

/** How live input is flushed. */
export interface LiveFlushOptions {
  /** Time for which something may wait, in milliseconds. */
  readonly flushMs: number;
  /** Called with what a flush fails with while the source is silent. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Writes what waits by the wall clock, also when the source falls silent: what the writer has in
 * hand is lost when its process is killed. One thing is done at a time.
 */
export class LiveFlush {
  readonly #output: FlushedOutput;
  readonly #options: LiveFlushOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  /** When the oldest of what waits came; undefined when nothing does. */
  #sinceMs: number | undefined;
  #flushing: Promise<void> | undefined;
  #isBusy = false;
  #failure: { readonly error: unknown } | undefined;
  #writtenMs: number | undefined;

  /** Clock that runs until it is ended. */
  constructor(output: FlushedOutput, options: LiveFlushOptions) {
    this.#output = output;
    this.#options = options;
    const tickMs = Math.max(1, Math.min(50, options.flushMs / 4));
    this.#timer = setInterval(() => {
      if (!this.#isBusy && this.#flushing === undefined && this.#isDue) void this.#flush();
    }, tickMs);
  }

  /** When something was flushed last; undefined before. */
  get writtenMs(): number | undefined {
    return this.#writtenMs;
  }

  /**
   * Does something with the output, after a flush that is under way and before one that is due.
   *
   * @returns what to wait for before the next
   */
  around(action: () => Promise<void> | undefined): Promise<void> | undefined {
    if (this.#flushing !== undefined) return this.#flushing.then(() => this.around(action));
    this.#throwFailure();
    const done = action();
    this.#sinceMs ??= performance.now();
    if (done === undefined) return this.#isDue ? this.#flushNow() : undefined;
    this.#isBusy = true;
    return this.#after(done);
  }

  /** Stops the clock, once a flush under way is over. @throws whatever that fails with */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    this.#throwFailure();
  }

  async #after(done: Promise<void>): Promise<void> {
    try {
      await done;
    } finally {
      this.#isBusy = false;
    }
    if (this.#isDue) await this.#flushNow();
  }

  get #isDue(): boolean {
    return this.#sinceMs !== undefined &&
      performance.now() - this.#sinceMs >= this.#options.flushMs;
  }

  async #flushNow(): Promise<void> {
    await this.#flush();
    this.#throwFailure();
  }

  #flush(): Promise<void> {
    this.#sinceMs = undefined;
    return this.#flushing = this.#output.flush().then(() => {
      this.#writtenMs = performance.now();
    }, (error) => {
      this.#failure ??= { error };
      this.#options.onFailure(error);
    }).finally(() => this.#flushing = undefined);
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
