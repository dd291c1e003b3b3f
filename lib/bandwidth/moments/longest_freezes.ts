import type { FreezeMoment } from "./run_moments.ts";

/** Freezes that are listed. */
const FREEZES_MAX = 100;

interface LongFreeze {
  readonly lengthUs: number;
  readonly moment: FreezeMoment;
}

/** The longest freezes of a run; of those of one length, the first that ended. */
export class LongestFreezes {
  #count = 0;
  #longest: LongFreeze[] = [];

  /** Takes in a freeze of so much time without the holes of the recording. */
  add(consumer: number, fromUs: number, toUs: number, lengthUs: number): void {
    this.#count++;
    const moment = { consumer, fromMs: fromUs / 1000, toMs: toUs / 1000 };
    this.#longest.push({ lengthUs, moment });
    if (this.#longest.length === 2 * FREEZES_MAX) this.#cut();
  }

  /** In order of their begin, and how many are left out. */
  list(): { readonly freezes: FreezeMoment[]; readonly freezesLeftOut: number } {
    this.#cut();
    const freezes = this.#longest.map(({ moment }) => moment)
      .sort((a, b) => a.fromMs - b.fromMs || a.consumer - b.consumer);
    return { freezes, freezesLeftOut: this.#count - freezes.length };
  }

  #cut(): void {
    this.#longest.sort((a, b) => b.lengthUs - a.lengthUs);
    this.#longest.length = Math.min(this.#longest.length, FREEZES_MAX);
  }
}
