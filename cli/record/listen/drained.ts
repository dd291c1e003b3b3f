import { setTimeout } from "node:timers";
import type { Hall } from "./hall.ts";

/** Time between two looks at the producers. */
const LOOK_MS = 10;
/** Looks in which nothing came of a producer, after which all that it had sent is read. */
const QUIET_LOOKS = 5;
/** Time that is taken at most. */
const DRAIN_MS = 1000;

/** What was seen of a producer. */
interface Seen {
  pieces: number;
  quietLooks: number;
  /** True once there was nothing more of it to read. */
  hasPaused: boolean;
}

/**
 * Waits until all that has come to this machine is read: until each producer is gone or has sent
 * nothing for a moment, or for a second.
 *
 * @returns producers of which more is there than could be read
 */
export async function drained(hall: Hall): Promise<number> {
  const all = new Map<object, Seen>();
  const startMs = performance.now();
  for (let looks = 1;; looks++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    let isQuiet = looks >= QUIET_LOOKS;
    let cutOff = 0;
    for (const guest of hall.guests) {
      const seen = all.get(guest) ?? { pieces: -1, quietLooks: 0, hasPaused: false };
      all.set(guest, seen);
      if (guest.isHeld || guest.pieces !== seen.pieces) seen.quietLooks = 0;
      else seen.quietLooks++;
      seen.pieces = guest.pieces;
      seen.hasPaused ||= seen.quietLooks > 0;
      if (seen.quietLooks < QUIET_LOOKS) isQuiet = false;
      if (guest.isHeld && !seen.hasPaused) cutOff++;
    }
    if (isQuiet) return 0;
    if (performance.now() - startMs >= DRAIN_MS) return cutOff;
  }
}
