import { COLUMN, type KindPlan } from "./drawn_plan.ts";
import type { StateValues } from "./state_values.ts";

/** A turn in radians, with room for values that are rounded or go a little beyond. */
const RADIANS_MAX = 6.3;

/**
 * Which kinds have their angles in radians, those that name a unit aside: where all recorded values of
 * all of them lie within a turn in radians and one is no whole number. Until the last frame both are
 * possible, so both are drawn.
 */
export class AngleUnits {
  /** By kind, how each column is drawn: one that cannot be radians any more is not. */
  readonly ways: readonly Uint8Array[];
  readonly #plans: readonly KindPlan[];
  /** By kind, columns that may be radians. */
  readonly #doubtful: readonly (readonly number[])[];
  readonly #isDoubtful: boolean;
  /** By kind, 1 when a value was beyond a turn in radians, so that all are degrees. */
  readonly #isDegrees: Uint8Array;
  /** By kind, 1 when a value was no whole number. */
  readonly #isFraction: Uint8Array;

  /** Nothing was recorded yet. */
  constructor(plans: readonly KindPlan[]) {
    this.#plans = plans;
    this.ways = plans.map(({ columns }) => Uint8Array.from(columns, ({ way }) => way));
    this.#doubtful = plans.map(({ columns }) =>
      columns.flatMap(({ isDoubtful }, i) => isDoubtful ? [i] : [])
    );
    this.#isDoubtful = this.#doubtful.some((columns) => columns.length > 0);
    this.#isDegrees = new Uint8Array(plans.length);
    this.#isFraction = new Uint8Array(plans.length);
  }

  /** Takes in a recorded frame. */
  observe({ count, kinds, starts, values }: StateValues): void {
    if (!this.#isDoubtful) return;
    for (let i = 0; i < count; i++) {
      const kind = kinds[i]!;
      if (this.#isDegrees[kind] === 1) continue;
      const doubtful = this.#doubtful[kind]!;
      for (let d = 0; d < doubtful.length; d++) {
        const value = values[starts[i]! + this.#plans[kind]!.columns[doubtful[d]!]!.slot]!;
        if (!Number.isInteger(value)) this.#isFraction[kind] = 1;
        if (!(value >= -RADIANS_MAX && value <= RADIANS_MAX)) {
          this.#isDegrees[kind] = 1;
          for (const column of doubtful) this.ways[kind]![column] = COLUMN.off;
          break;
        }
      }
    }
  }

  /** Column that stands for a field whose first column that is. */
  columnOf(kind: number, column: number): number {
    const second = column + 1;
    const isRadians = this.#plans[kind]!.columns[second]?.isDoubtful === true &&
      this.#isDegrees[kind] === 0 && this.#isFraction[kind] === 1;
    return isRadians ? second : column;
  }
}
