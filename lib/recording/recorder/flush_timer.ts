import { clearTimeout, setTimeout } from "node:timers";

/** Flushes what has waited for some time, by the wall clock; it keeps no process alive. */
export class FlushTimer {
  readonly #delayMs: number;
  readonly #flush: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Nothing waits yet.
   *
   * @param delayMs time from the first that waits to the flush, in milliseconds
   */
  constructor(delayMs: number, flush: () => void) {
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

  readonly #ring = (): void => {
    this.#timer = undefined;
    this.#flush();
  };
}
