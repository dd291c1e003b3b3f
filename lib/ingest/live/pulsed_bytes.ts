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
  let markMs = performance.now();
  let marks = 0;
  const isDue = () => marks > 0 && performance.now() - markMs >= pulseMs;
  const mark = () => {
    markMs = performance.now();
    marks--;
    return EVENTS_SO_FAR;
  };
  try {
    for (;;) {
      const next = iterator.next();
      while (marks > 0 && !await settlesWithin(next, markMs + pulseMs - performance.now())) {
        yield mark();
      }
      const { done, value } = await next;
      if (done) return;
      marks = MARKS;
      yield value;
      if (isDue()) yield mark();
    }
  } finally {
    await iterator.return?.();
  }
}

/** Whether a promise is settled in time; its failure is left to who waits for it. */
function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), Math.max(0, ms));
    const settle = () => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settle, settle);
  });
}
