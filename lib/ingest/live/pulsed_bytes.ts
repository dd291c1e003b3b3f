import { EVENTS_SO_FAR } from "../input/live_mark.ts";

/**
 * The same bytes, with a mark behind them when nothing follows for a while: events must not wait
 * for the end of a frame that nobody knows.
 *
 * @param pulseMs how long a while is
 */
export async function* pulsedBytes(
  source: AsyncIterable<Uint8Array>,
  pulseMs: number,
): AsyncGenerator<Uint8Array, void, void> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (let isNew = false;;) {
      const next = iterator.next();
      if (isNew && !await settlesWithin(next, pulseMs)) yield EVENTS_SO_FAR;
      const { done, value } = await next;
      if (done) return;
      isNew = true;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Whether a promise is settled in time; its failure is left to who waits for it. */
function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const settle = () => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settle, settle);
  });
}
