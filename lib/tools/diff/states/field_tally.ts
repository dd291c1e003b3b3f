import type { FieldValue } from "../../../core/state/schema.ts";
import { Growth } from "./growth.ts";
import type { Place } from "../place.ts";
import { isCovered } from "./tolerances.ts";

/** Numbers of a field that differ, within a tolerance or beyond. */
export class DifferenceTally {
  /** Number of values that differ. */
  count = 0;
  /** Where the first is. */
  first:
    | { readonly place: Place; readonly id: number; readonly a: unknown; readonly b: unknown }
    | undefined;
  /** Largest |difference|; undefined while no numbers differ by any. */
  largest: { readonly difference: number; readonly place: Place; readonly id: number } | undefined;

  /** Adds a pair of values. @param difference |difference| of numbers, else NaN */
  add(place: Place, id: number, a: unknown, b: unknown, difference: number): void {
    this.count++;
    this.first ??= { place, id, a, b };
    if (difference > (this.largest?.difference ?? -1)) this.largest = { difference, place, id };
  }
}

/** Fields whose growth is followed; each takes a kilobyte. */
export class GrowthBudget {
  #left = 4096;

  /** One more. @returns undefined when there are none left */
  take(): Growth | undefined {
    return this.#left-- > 0 ? new Growth() : undefined;
  }
}

/** Values of one field that differ. */
export class FieldTally {
  /** Values that differ, by more than the tolerance if they are numbers. */
  readonly exact: DifferenceTally = new DifferenceTally();
  /** Numbers that differ by no more than the tolerance. */
  readonly drift: DifferenceTally = new DifferenceTally();
  /** Most |difference| of numbers that is no difference; undefined for none. */
  readonly tolerance: number | undefined;
  readonly #budget: GrowthBudget;
  #growth: Growth | undefined;
  #hasNumbers = false;
  #sum = 0;

  /** Nothing yet. */
  constructor(tolerance: number | undefined, budget: GrowthBudget) {
    this.tolerance = tolerance;
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
    let difference = NaN;
    let isDrift = false;
    if (typeof a === "number" && typeof b === "number") {
      difference = Math.abs(a - b);
      if (difference < Infinity) {
        this.#sum += difference;
        if (!this.#hasNumbers) {
          this.#hasNumbers = true;
          this.#growth = this.#budget.take();
        }
      }
      isDrift = this.tolerance !== undefined && isCovered(a, b, this.tolerance);
    }
    (isDrift ? this.drift : this.exact).add(place, id, a, b, difference);
    return isDrift;
  }

  /** Ends a pair of frames. @param count states that were compared, above 0 */
  endFrame({ pair }: Place, count: number): void {
    this.#growth?.add(pair, this.#sum, count);
    this.#sum = 0;
  }
}
