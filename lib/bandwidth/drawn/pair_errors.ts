import { shorterArc } from "../../core/geometry/angle.ts";
import { distanceRounding, roundingOf } from "./arithmetic.ts";
import { COLUMN, type KindPlan } from "./drawn_plan.ts";
import { EntityPairs } from "./entity_pairs.ts";
import type { ErrorTallies } from "./error_tallies.ts";
import { isSparse, type StateValues } from "./state_values.ts";

/** Entities that are compared column by column before the next, few enough for the nearest cache. */
const BLOCK = 64;

/** Adds up what differs by no plain number, of the entity at a place of each state. */
export interface OddErrors {
  /** Notes which errors of a kind are compared for the first time. */
  begin(
    kind: number,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void;
  /** Values of a column. */
  addValues(
    plan: KindPlan,
    c: number,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void;
  /** Positions. */
  addPosition(
    plan: KindPlan,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void;
}

/**
 * Compares the entities that two states have, column by column: of kinds whose fields are all there,
 * each of one value that stands for itself.
 */
export class PairErrors {
  readonly #plans: readonly KindPlan[];
  readonly #ways: readonly Uint8Array[];
  readonly #odd: OddErrors;
  /** By kind, places in a row of values of its columns and of the axes of its position. */
  readonly #slots: readonly Int32Array[];
  readonly #axes: readonly Int32Array[];
  /** By kind, entities to be compared; undefined where that takes more. */
  readonly #pairs: readonly (EntityPairs | undefined)[];
  // The comparison at hand.
  #drawn!: StateValues;
  #truth!: StateValues;
  #tallies!: ErrorTallies;
  #times = 0;
  #frame = 0;

  /** @param ways by kind, how each column is compared */
  constructor(plans: readonly KindPlan[], ways: readonly Uint8Array[], odd: OddErrors) {
    this.#plans = plans;
    this.#ways = ways;
    this.#odd = odd;
    this.#slots = plans.map(({ columns }) => Int32Array.from(columns, ({ slot }) => slot));
    this.#axes = plans.map(({ position, slots }) =>
      Int32Array.from(position, (field) => slots[field]!)
    );
    this.#pairs = plans.map((plan) =>
      isSparse(plan) || plan.rotations.length > 0 || plan.wide.length > 0
        ? undefined
        : new EntityPairs()
    );
  }

  /** Begins with two states; see {@linkcode PairErrors.take}. */
  begin(
    drawn: StateValues,
    truth: StateValues,
    times: number,
    frame: number,
    tallies: ErrorTallies,
  ): void {
    this.#drawn = drawn;
    this.#truth = truth;
    this.#times = times;
    this.#frame = frame;
    this.#tallies = tallies;
  }

  /** Takes up an entity that both have, in one kind. @returns false where that is not for here */
  take(d: number, t: number): boolean {
    const drawn = this.#drawn;
    const truth = this.#truth;
    const kind = drawn.kinds[d]!;
    const pairs = this.#pairs[kind];
    if (pairs === undefined) return false;
    const plan = this.#plans[kind]!;
    const at = drawn.starts[d]!;
    const from = truth.starts[t]!;
    const drawnValues = drawn.values;
    const trueValues = truth.values;
    if (this.#tallies.pending[kind]!.length > 0) this.#odd.begin(kind, drawn, d, truth, t);
    this.#tallies.compared[kind]! += this.#times;
    this.#tallies.values += this.#times * plan.kind.fields.length;
    const { width } = plan;
    let v = 0;
    while (v < width && drawnValues[at + v] === trueValues[from + v]) v++;
    if (v === width) return true;
    pairs.add(d, t, at, from);
    if (pairs.count === BLOCK) this.#compareBlock(kind, pairs);
    return true;
  }

  /** Adds up the errors of all that was taken up. */
  end(): void {
    for (let kind = 0; kind < this.#pairs.length; kind++) {
      const pairs = this.#pairs[kind];
      if (pairs !== undefined && pairs.count > 0) this.#compareBlock(kind, pairs);
    }
  }

  #compareBlock(kind: number, pairs: EntityPairs): void {
    this.#compareColumns(kind, pairs, this.#drawn, this.#truth);
    pairs.count = 0;
  }

  #compareColumns(kind: number, pairs: EntityPairs, drawn: StateValues, truth: StateValues): void {
    const tallies = this.#tallies;
    const times = this.#times;
    const plan = this.#plans[kind]!;
    const ways = this.#ways[kind]!;
    const slots = this.#slots[kind]!;
    const firstError = plan.firstColumnError;
    const isBetween = drawn.from !== undefined || truth.from !== undefined;
    if (plan.position.length > 0) this.#comparePositions(kind, pairs, drawn, truth);
    const { count, drawnStarts, errors, truthStarts } = pairs;
    const drawnValues = drawn.values;
    const trueValues = truth.values;
    for (let c = 0; c < slots.length; c++) {
      const way = ways[c]!;
      if (way === COLUMN.off) continue;
      const slot = slots[c]!;
      const { turn } = plan.columns[c]!;
      let met = 0;
      let largest = 0;
      let worst = 0;
      for (let i = 0; i < count; i++) {
        const a = drawnValues[drawnStarts[i]! + slot]!;
        const b = trueValues[truthStarts[i]! + slot]!;
        if (a === b) continue;
        const value = way === COLUMN.match
          ? 1
          : Math.abs(way === COLUMN.angle ? shorterArc(a, b, turn) : a - b);
        if (!(value > 0 && value < Infinity)) {
          this.#odd.addValues(plan, c, drawn, pairs.drawn[i]!, truth, pairs.truth[i]!);
          continue;
        }
        if (
          isBetween &&
          value <= roundingOf(drawn, pairs.drawn[i]!, truth, pairs.truth[i]!, slot, turn)
        ) continue;
        errors[met++] = value;
        if (value <= largest) continue;
        largest = value;
        worst = i;
      }
      const id = drawn.ids[pairs.drawn[worst]!]!;
      tallies.addAll(firstError + c, errors, met, times, largest, id, this.#frame);
    }
  }

  #comparePositions(
    kind: number,
    pairs: EntityPairs,
    drawn: StateValues,
    truth: StateValues,
  ): void {
    const plan = this.#plans[kind]!;
    const axes = this.#axes[kind]!;
    const { count, drawnStarts, errors, truthStarts } = pairs;
    const drawnValues = drawn.values;
    const trueValues = truth.values;
    const isBetween = drawn.from !== undefined || truth.from !== undefined;
    let met = 0;
    let largest = 0;
    let worst = 0;
    for (let i = 0; i < count; i++) {
      const at = drawnStarts[i]!;
      const from = truthStarts[i]!;
      let squared = 0;
      for (let axis = 0; axis < axes.length; axis++) {
        const step = drawnValues[at + axes[axis]!]! - trueValues[from + axes[axis]!]!;
        squared += step * step;
      }
      if (squared === 0) continue;
      if (!(squared < Infinity)) {
        this.#odd.addPosition(plan, drawn, pairs.drawn[i]!, truth, pairs.truth[i]!);
        continue;
      }
      const value = Math.sqrt(squared);
      if (
        isBetween &&
        value <= distanceRounding(axes, drawn, pairs.drawn[i]!, truth, pairs.truth[i]!)
      ) continue;
      errors[met++] = value;
      if (value <= largest) continue;
      largest = value;
      worst = i;
    }
    const error = plan.positionError;
    const id = drawn.ids[pairs.drawn[worst]!]!;
    this.#tallies.addAll(error, errors, met, this.#times, largest, id, this.#frame);
  }
}
