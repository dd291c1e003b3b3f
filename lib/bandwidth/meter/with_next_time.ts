import type { Snapshot } from "../../core/state/snapshot.ts";

/** Frames of one time that wait for the time after it; of more, the first do not learn it. */
export const SAME_TIME_MAX = 256;

/**
 * Each frame with the time, in milliseconds, of the first frame after it that lies at another time
 * than it, to the microsecond; undefined after the last.
 */
export async function* withNextTime(
  frames: AsyncIterable<Snapshot> | Iterable<Snapshot>,
): AsyncGenerator<[frame: Snapshot, nextMs: number | undefined], void, void> {
  let waiting: Snapshot[] = [];
  for await (const next of frames) {
    const first = waiting[0];
    if (first !== undefined) {
      const isSame = microseconds(next) === microseconds(first);
      if (!isSame || waiting.length === SAME_TIME_MAX) {
        for (const frame of waiting) yield [frame, isSame ? undefined : next.timeMs];
        waiting = [];
      }
    }
    waiting.push(next);
  }
  for (const frame of waiting) yield [frame, undefined];
}

function microseconds({ timeMs }: Snapshot): number {
  return Math.round(timeMs * 1000);
}
