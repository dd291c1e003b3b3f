import type { Difference } from "./difference.ts";
import type { Place } from "./place.ts";

/** Differences of the first frame that are listed. */
const LISTED_MAX = 100;

/** The differences at the first place that has some, whatever the order in which they are found. */
export class FirstDifferences {
  /** Number of differences there. */
  count = 0;
  /** The first of them. */
  listed: Difference[] = [];
  #place: Place | undefined;

  /** The first place with a difference; undefined while there is none. */
  get place(): Place | undefined {
    return this.#place;
  }

  /** Adds a difference. @param make called when it is listed */
  add(place: Place, make: () => Difference): void {
    const first = this.#place;
    if (first !== undefined && place.order > first.order) return;
    if (first === undefined || place.order < first.order) {
      this.#place = place;
      this.count = 0;
      this.listed = [];
    }
    this.count++;
    if (this.listed.length < LISTED_MAX) this.listed.push(make());
  }
}
