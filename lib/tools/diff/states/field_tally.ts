import type { FieldValue } from "../../../core/state/schema.ts";
import { Growth } from "./growth.ts";
import type { Place } from "../place.ts";
import { distanceOf, isCovered } from "./tolerances.ts";

/** Entities that are counted of one field. */
const ENTITIES_MAX = 1024;

/** Values of a field that differ, within a tolerance or beyond. */
export class DifferenceTally {
  /** Number of values that differ. */
  count = 0;
  /** Number of frames with some, when they are added in the order of their places. */
  frames = 0;
  /** The last place with some. */
  last: Place | undefined;
  /** True when more entities may differ than are counted. */
  hasMoreEntities = false;
  readonly #budget: TallyBudget;
  readonly #ids = new Set<number>();
  /** Where the first is. */
  first:
    | { readonly place: Place; readonly id: number; readonly a: unknown; readonly b: unknown }
    | undefined;
  /** Largest |difference|; undefined while no numbers differ by any. */
  largest: { readonly difference: number; readonly place: Place; readonly id: number } | undefined;

  /** Nothing yet. */
  constructor(budget: TallyBudget) {
    this.#budget = budget;
  }

  /** Number of entities with some; a lower bound when there may be more. */
  get entities(): number {
    return this.#ids.size;
  }

  /** Adds a pair of values. @param difference |difference| of numbers, else NaN */
  add(place: Place, id: number, a: unknown, b: unknown, difference: number): void {
    this.count++;
    if (this.last?.order !== place.order) this.frames++;
    if (!(this.last !== undefined && this.last.order > place.order)) this.last = place;
    if (!(this.first !== undefined && this.first.place.order <= place.order)) {
      this.first = { place, id, a, b };
    }
    if (difference > (this.largest?.difference ?? -1)) this.largest = { difference, place, id };
    this.#addEntity(id);
  }

  #addEntity(id: number): void {
    if (this.hasMoreEntities || this.#ids.has(id)) return;
    if (this.#ids.size < ENTITIES_MAX && this.#budget.takeEntity()) this.#ids.add(id);
    else this.hasMoreEntities = true;
  }
}

/** What all fields together may keep, so that memory is bounded however many there are. */
export class TallyBudget {
  /** Fields whose growth is followed; each takes a kilobyte. */
  #growths = 4096;
  #entities = 1 << 18;

  /** Growth of one more field. @returns undefined when there are none left */
  takeGrowth(): Growth | undefined {
    return this.#growths-- > 0 ? new Growth() : undefined;
  }

  /** One more entity of a field. @returns false when there are none left */
  takeEntity(): boolean {
    return this.#entities-- > 0;
  }
}

/** Values of one field that differ. */
export class FieldTally {
  /** Values that differ, by more than the tolerance if they are numbers. */
  readonly exact: DifferenceTally;
  /** Numbers that differ by no more than the tolerance. */
  readonly drift: DifferenceTally;
  /** Most |difference| of numbers that is no difference; undefined for none. */
  readonly tolerance: number | undefined;
  readonly #budget: TallyBudget;
  #growth: Growth | undefined;
  #hasNumbers = false;
  #sum = 0;

  /** Nothing yet. */
  constructor(tolerance: number | undefined, budget: TallyBudget) {
    this.tolerance = tolerance;
    this.exact = new DifferenceTally(budget);
    this.drift = new DifferenceTally(budget);
    this.#budget = budget;
  }

  /** True when the numbers' differences grow; undefined when that cannot be told. */
  get isGrowing(): boolean | undefined {
    return this.#growth?.isGrowing;
  }

  /** True once numbers differ: growth needs the end of every frame from then on. */
  get hasNumbers(): boolean {
    return this.#hasNumbers;
  }

  /** Adds a pair of values that differ. @returns true when the tolerance covers it */
  add(place: Place, id: number, a: FieldValue, b: FieldValue): boolean {
    const difference = distanceOf(a, b);
    if (difference < Infinity) {
      this.#sum += difference;
      if (!this.#hasNumbers) {
        this.#hasNumbers = true;
        this.#growth = this.#budget.takeGrowth();
      }
    }
    const isDrift = this.tolerance !== undefined && isCovered(a, b, this.tolerance);
    (isDrift ? this.drift : this.exact).add(place, id, a, b, difference);
    return isDrift;
  }

  /** Ends a pair of frames. @param count states that were compared, above 0 */
  endFrame({ pair }: Place, count: number): void {
    this.#growth?.add(pair, this.#sum, count);
    this.#sum = 0;
  }
}
