/** Frames behind from which on a loop gives up what it owes: a machine was asleep. */
const OWED_MAX = 10;

/**
 * Calls `tick` at a rate that does not drift: a tick that comes late is followed by one that comes
 * earlier.
 *
 * @returns what stops it
 */
export function runAtRate(rateHz: number, tick: () => void): () => void {
  const intervalMs = 1000 / rateHz;
  let dueMs = performance.now() + intervalMs;
  let isStopped = false;
  let timer = setTimeout(wake, intervalMs);
  function wake(): void {
    tick();
    if (isStopped) return;
    dueMs += intervalMs;
    const nowMs = performance.now();
    if (nowMs - dueMs > OWED_MAX * intervalMs) dueMs = nowMs;
    timer = setTimeout(wake, Math.max(0, dueMs - nowMs));
  }
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
