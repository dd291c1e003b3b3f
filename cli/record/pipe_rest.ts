import { clearTimeout, setTimeout } from "node:timers";

/** Silence after which a pipe has no more. */
const QUIET_MS = 50;
/** Time that is taken at most. */
const DRAIN_MS = 1000;
/** Time without a byte from which on all that was there is read. */
const PAUSE_MS = 5;
/** Bytes that a pipe holds at most, and what reads it. */
const HELD_BYTES = 2 * 1024 * 1024;

/** What a pipe holds when its reading is asked to stop, as far as it can be read in a second. */
export class PipeRest {
  /** True when the time was up before all of it was read. */
  isCutShort = false;
  #bytes = 0;
  #hasPaused = false;

  /**
   * What comes next of what was there.
   *
   * @param coming next piece of the pipe
   * @param sinceMs when it was asked to stop
   * @returns undefined when there is no more, or no more time
   */
  async next(
    coming: Promise<IteratorResult<Uint8Array, unknown>>,
    sinceMs: number,
  ): Promise<IteratorResult<Uint8Array, unknown> | undefined> {
    const askedMs = performance.now();
    const leftMs = sinceMs + DRAIN_MS - askedMs;
    if (leftMs <= 0) {
      const isThere = await within(coming, PAUSE_MS) !== undefined;
      this.isCutShort = isThere && !this.#hasPaused && this.#bytes < HELD_BYTES;
      return undefined;
    }
    const next = await within(coming, Math.min(QUIET_MS, leftMs));
    if (performance.now() - askedMs >= PAUSE_MS) this.#hasPaused = true;
    if (next !== undefined && !next.done) this.#bytes += next.value.length;
    return next;
  }
}

/** What a promise gives; undefined when that takes longer. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<undefined>((resolve) => timer = setTimeout(resolve, ms, undefined));
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
