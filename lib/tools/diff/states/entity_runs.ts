import type { Frame } from "../../../core/time/frame.ts";
import type { Place } from "../place.ts";

/** Runs that are listed of each sort of difference. */
const LISTED_MAX = 64;

/** Frames in a row in which an entity differs. */
export interface EntityRun {
  /** Entity. */
  readonly id: number;
  /** First frame. */
  readonly from: Frame;
  /** Last frame. */
  to: Frame;
  /** Number of pairs of frames. */
  count: number;
  /** Number of the pair that it ends with. */
  pair: number;
}

/** Where entities differ in one way: the first runs, and how much there is besides. */
export class EntityRuns {
  /** Number of states that differ. */
  count = 0;
  /** Number of those that are in no listed run. */
  unlisted = 0;
  /** The first runs, by their starts. */
  readonly listed: EntityRun[] = [];
  /** The first place. */
  first: Place | undefined;
  readonly #open = new Map<number, EntityRun>();

  /** Adds a state of an entity; places come in order. */
  add(id: number, place: Place): void {
    this.count++;
    this.first ??= place;
    const open = this.#open.get(id);
    if (open !== undefined && open.pair === place.pair - 1) {
      open.to = place.frame;
      open.count++;
      open.pair = place.pair;
    } else if (this.listed.length < LISTED_MAX) {
      const { frame, pair } = place;
      const run = { id, from: frame, to: frame, count: 1, pair };
      this.listed.push(run);
      this.#open.set(id, run);
    } else {
      this.#open.delete(id);
      this.unlisted++;
    }
  }
}
