import { type Link, UNKNOWN } from "./link.ts";
import type { LinkCounts } from "./link_stats.ts";

/**
 * A link that many lines send over at the same times. What becomes of the next packet of each line is
 * drawn for all of them in one go, where size and time do not matter: from the same streams, in the
 * same order, and so with the same outcome as one by one.
 */
export class ForeseenLink {
  readonly #link: Link;
  readonly #isForeseeable: boolean;
  /** By line, what becomes of its next packet; see {@linkcode Link.foresee}. */
  readonly #fatesUs: Float64Array;

  /** Foresees nothing yet. */
  constructor(link: Link, lines: number) {
    this.#link = link;
    this.#isForeseeable = link.isForeseeable;
    this.#fatesUs = new Float64Array(lines).fill(UNKNOWN);
  }

  /** Draws what is unknown; the link counts it as sent. */
  foresee(): void {
    if (this.#isForeseeable) this.#link.foresee(this.#fatesUs);
  }

  /** What became of the packets that were sent: those that are only foreseen do not count. */
  counts(): LinkCounts {
    const { sent, lost, dropped } = this.#link.stats;
    let foreseen = 0;
    let foreseenLost = 0;
    for (const fateUs of this.#fatesUs) {
      if (fateUs === UNKNOWN) continue;
      foreseen++;
      if (fateUs < 0) foreseenLost++;
    }
    return { sent: sent - foreseen, lost: lost - foreseenLost, dropped };
  }

  /** Sends a packet over a line as {@linkcode Link.carry} does. */
  carry(sendUs: number, wireBytes: number, line: number): number {
    const fateUs = this.#fatesUs[line]!;
    if (fateUs === UNKNOWN) return this.#link.carry(sendUs, wireBytes, line);
    this.#fatesUs[line] = UNKNOWN;
    return fateUs < 0 ? -1 : sendUs + fateUs;
  }
}
