import type { Hall } from "../hall.ts";

/** What can be told not to read on for a while. */
export interface Pausable {
  pause(): void;
  resume(): void;
}

/**
 * Makes a producer wait where it sends more than there is room for, or than it may.
 *
 * @param waitMs time for which it has to wait in any case
 */
export function holdBack(hall: Hall, source: Pausable, waitMs: number): void {
  if (waitMs > 0) {
    source.pause();
    setTimeout(() => {
      if (hall.isFull) hall.onceRoom(() => source.resume());
      else source.resume();
    }, waitMs);
  } else if (hall.isFull) {
    source.pause();
    hall.onceRoom(() => source.resume());
  }
}
