import { clearTimeout, setTimeout } from "node:timers";

/**
 * Flushes what has waited for some time, by the wall clock, one flush after another; it keeps no
 * process alive.
 */
export class FlushTimer {
  readonly #delayMs: number;
  readonly #flush: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isFlushing = false;

  /**
   * Nothing waits yet.
   *
   * @param delayMs time from the first that waits to the flush, in milliseconds
   * @param flush never rejects
   */
  constructor(delayMs: number, flush: () => Promise<void>) {
    this.#delayMs = delayMs;
    this.#flush = flush;
  }

  /** Something waits from now on. */
  start(): void {
    this.#timer ??= setTimeout(this.#ring, this.#delayMs).unref();
  }

  /** Flushes nothing any more, until something waits again. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  readonly #ring = async (): Promise<void> => {
    this.#timer = undefined;
    if (this.#isFlushing) {
      this.start();
      return;
    }
    this.#isFlushing = true;
    await this.#flush();
    this.#isFlushing = false;
  };
}
