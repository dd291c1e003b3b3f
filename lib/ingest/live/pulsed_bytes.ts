import { setImmediate } from "node:timers";
import { EVENTS_SO_FAR } from "../input/live_mark.ts";

/** Marks after some bytes: what has come just before the first of them has waited at the second. */
const MARKS = 2;

/**
 * The same bytes, with marks among and behind them by the clock: events must not wait for the end of
 * a frame that nobody knows, whether bytes of other events go on or nothing does.
 *
 * @param pulseMs time between two marks
 */
export async function* pulsedBytes(
  source: AsyncIterable<Uint8Array>,
  pulseMs: number,
): AsyncGenerator<Uint8Array, void, void> {
  const iterator = source[Symbol.asyncIterator]();
  // Time for which nothing was there to be read: what takes the reader long is no reason to hurry.
  let waitedMs = 0;
  let marks = 0;
  const mark = () => {
    waitedMs = 0;
    marks--;
    return EVENTS_SO_FAR;
  };
  try {
    for (;;) {
      let sinceMs = performance.now();
      const next = iterator.next();
      while (marks > 0 && !await settlesWithin(next, pulseMs - waitedMs)) {
        yield mark();
        sinceMs = performance.now();
      }
      const { done, value } = await next;
      if (done) return;
      waitedMs += performance.now() - sinceMs;
      if (marks > 0 && waitedMs >= pulseMs) yield mark();
      marks = MARKS;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Whether a promise is settled in time; its failure is left to who waits for it. */
function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    // What came while the process stood still is read in the turn after its timers.
    const timer = setTimeout(() => setImmediate(() => resolve(false)), Math.max(0, ms));
    const settle = () => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settle, settle);
  });
}
