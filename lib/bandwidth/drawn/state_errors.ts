import { shorterArc } from "../../core/geometry/angle.ts";
import { turnBetween } from "../../core/geometry/rotation.ts";
import { walkToId } from "../../core/state/sorted_ids.ts";
import {
  COLUMN,
  COLUMN_ERRORS,
  type KindPlan,
  POSITION_ERROR,
  ROTATION_ERROR,
} from "./drawn_plan.ts";
import { differenceOf, scaledDistance } from "./differences.ts";
import type { ErrorTallies } from "./error_tallies.ts";
import { PairErrors } from "./pair_errors.ts";
import { readRotation } from "./read_rotation.ts";
import { isInBoth, isSparse, isThere, type StateValues } from "./state_values.ts";

const DRAWN: [number, number, number, number] = [0, 0, 0, 1];
const TRUE: [number, number, number, number] = [0, 0, 0, 1];

/** Compares states entity by entity, field by field. */
export class StateErrors {
  readonly #plans: readonly KindPlan[];
  readonly #ways: readonly Uint8Array[];
  readonly #isSparse: readonly boolean[];
  /** By kind, places in a row of values of its columns and of the axes of its position. */
  readonly #slots: readonly Int32Array[];
  readonly #axes: readonly Int32Array[];
  /** Compares the entities of kinds that take no more than that. */
  readonly #pairs: PairErrors;
  // The comparison at hand.
  #tallies!: ErrorTallies;
  #times = 0;
  #frame = 0;

  /** @param ways by kind, how each column is compared */
  constructor(plans: readonly KindPlan[], ways: readonly Uint8Array[]) {
    this.#plans = plans;
    this.#ways = ways;
    this.#isSparse = plans.map(isSparse);
    this.#slots = plans.map(({ columns }) => Int32Array.from(columns, ({ slot }) => slot));
    this.#axes = plans.map(({ position, slots }) =>
      Int32Array.from(position, (field) => slots[field]!)
    );
    this.#pairs = new PairErrors(plans, ways, {
      addValues: (plan, c, ...at) => this.#compareColumn(plan, c, 1, ...at),
      addPosition: (plan, ...at) => this.#comparePosition(plan, ...at),
    });
  }

  /**
   * Adds up the errors of a drawn state.
   *
   * @param times how many consumers drew it
   * @param frame recorded frame at which they did
   */
  add(
    drawn: StateValues,
    truth: StateValues,
    times: number,
    frame: number,
    tallies: ErrorTallies,
  ): void {
    this.#tallies = tallies;
    this.#times = times;
    this.#frame = frame;
    const pairs = this.#pairs;
    pairs.begin(drawn, truth, times, frame, tallies);
    let t = 0;
    let both = 0;
    let equal = 0;
    for (let d = 0; d < drawn.count; d++) {
      t = walkToId(truth.ids, t, truth.count, drawn.ids[d]!);
      if (t === truth.count || truth.ids[t] !== drawn.ids[d]) continue;
      both++;
      if (drawn.kinds[d] !== truth.kinds[t]) continue;
      equal++;
      if (!pairs.take(d, t)) this.#compare(drawn, d, truth, t);
    }
    pairs.end();
    const entities = drawn.count + truth.count - both;
    tallies.entities += times * entities;
    tallies.missing += times * (entities - equal);
  }

  /** Adds up a state that is as it should be. */
  addRight(truth: StateValues, times: number, tallies: ErrorTallies): void {
    this.#tallies = tallies;
    this.#times = times;
    tallies.entities += times * truth.count;
    for (let i = 0; i < truth.count; i++) {
      const kind = truth.kinds[i]!;
      if (this.#isSparse[kind]) this.#compare(truth, i, truth, i);
      else {
        tallies.compared[kind]! += times;
        tallies.values += times * this.#plans[kind]!.kind.fields.length;
      }
    }
  }

  #compare(drawn: StateValues, d: number, truth: StateValues, t: number): void {
    const tallies = this.#tallies;
    const times = this.#times;
    const kind = drawn.kinds[d]!;
    const plan = this.#plans[kind]!;
    const slots = this.#slots[kind]!;
    const ways = this.#ways[kind]!;
    const isSparse = this.#isSparse[kind]!;
    const firstError = plan.firstError + COLUMN_ERRORS;
    const at = drawn.starts[d]!;
    const from = truth.starts[t]!;
    const drawnValues = drawn.values;
    const trueValues = truth.values;
    tallies.compared[kind]! += times;
    if (isSparse) this.#countMissing(plan, drawn, d, truth, t);
    else tallies.values += times * plan.kind.fields.length;
    const { columns, width } = plan;
    let v = 0;
    while (v < width && drawnValues[at + v] === trueValues[from + v]) v++;
    if (v === width) return;
    const sign = plan.rotation.length > 0 ? this.#compareRotation(plan, drawn, d, truth, t) : 1;
    const axes = this.#axes[kind]!;
    if (axes.length > 0) {
      let squared = 0;
      for (let i = 0; i < axes.length; i++) {
        const step = drawnValues[at + axes[i]!]! - trueValues[from + axes[i]!]!;
        squared += step * step;
      }
      if (isSparse || !(squared < Infinity)) this.#comparePosition(plan, drawn, d, truth, t);
      else if (squared > 0) {
        const error = plan.firstError + POSITION_ERROR;
        tallies.add(error, Math.sqrt(squared), times, drawn.ids[d]!, this.#frame);
      }
    }
    for (let c = 0; c < slots.length; c++) {
      const slot = slots[c]!;
      const a = drawnValues[at + slot]!;
      const b = trueValues[from + slot]!;
      if (a === b) continue;
      const value = isSparse || ways[c]! > COLUMN.angle
        ? NaN
        : Math.abs(ways[c] === COLUMN.angle ? shorterArc(a, b, columns[c]!.turn) : a - b);
      // Whatever is no plain number takes the longer way.
      if (value > 0 && value < Infinity) {
        tallies.add(firstError + c, value, times, drawn.ids[d]!, this.#frame);
      } else this.#compareColumn(plan, c, sign, drawn, d, truth, t);
    }
    if (plan.wide.length > 0) this.#compareHighWords(plan, drawn, d, truth, t);
  }

  /** Adds up an error of two values that differ. */
  #compareColumn(
    plan: KindPlan,
    c: number,
    sign: number,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void {
    const kind = drawn.kinds[d]!;
    const way = this.#ways[kind]![c]!;
    const { field, isDoubtful, slot, turn } = plan.columns[c]!;
    if (way === COLUMN.off) return;
    // Values of fields that are not there are counted by then.
    if (this.#isSparse[kind] && !isInBoth(drawn, d, truth, t, field)) return;
    const a = drawn.values[drawn.starts[d]! + slot]!;
    const b = truth.values[truth.starts[t]! + slot]!;
    if (a !== a && b !== b) return;
    let value: number;
    if (way === COLUMN.match || way === COLUMN.wideMatch) value = 1;
    else if (way === COLUMN.angle) value = Math.abs(shorterArc(a, b, turn));
    else if (way === COLUMN.quaternion) value = Math.abs(sign * a - b);
    else value = differenceOf(a, b);
    const error = plan.firstError + COLUMN_ERRORS + c;
    this.#note(error, value, drawn.ids[d]!);
    if (!(value < Infinity) && !isDoubtful) this.#tallies.missingValues += this.#times;
  }

  /** Adds up the fields of two words of which the first is equal, and so was not compared. */
  #compareHighWords(
    { columns, firstError, wide }: KindPlan,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void {
    for (const c of wide) {
      const { field, slot } = columns[c]!;
      const at = drawn.starts[d]! + slot;
      const from = truth.starts[t]! + slot;
      if (drawn.values[at] !== truth.values[from]) continue;
      if (drawn.values[at + 1] === truth.values[from + 1]) continue;
      if (!isInBoth(drawn, d, truth, t, field)) continue;
      this.#note(firstError + COLUMN_ERRORS + c, 1, drawn.ids[d]!);
    }
  }

  /** Counts the values that one or both may lack. */
  #countMissing(
    { columns, firstError, position, rotation }: KindPlan,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void {
    const tallies = this.#tallies;
    const times = this.#times;
    for (let c = 0; c < columns.length; c++) {
      const { field, isDoubtful } = columns[c]!;
      const isDrawn = isThere(drawn, d, field);
      const isTrue = isThere(truth, t, field);
      if (!(isDrawn && isTrue)) tallies.skipped[firstError + COLUMN_ERRORS + c]! += times;
      if (isDoubtful || !(isDrawn || isTrue)) continue;
      tallies.values += times;
      if (isDrawn !== isTrue) tallies.missingValues += times;
    }
    const isBoth = (field: number) => isInBoth(drawn, d, truth, t, field);
    if (!position.every(isBoth)) tallies.skipped[firstError + POSITION_ERROR]! += times;
    if (!rotation.every(isBoth)) tallies.skipped[firstError + ROTATION_ERROR]! += times;
  }

  /** Adds up a distance of which a coordinate may not be there, or be no number. */
  #comparePosition(
    { firstError, position, slots }: KindPlan,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void {
    let squared = 0;
    let largest = 0;
    for (let i = 0; i < position.length; i++) {
      const field = position[i]!;
      if (!isInBoth(drawn, d, truth, t, field)) return;
      const slot = slots[field]!;
      const a = drawn.values[drawn.starts[d]! + slot]!;
      const b = truth.values[truth.starts[t]! + slot]!;
      if (a === b || (a !== a && b !== b)) continue;
      squared += (a - b) * (a - b);
      largest = Math.max(largest, differenceOf(a, b));
    }
    const isOver = squared === Infinity && largest < Infinity;
    const distance = isOver
      ? scaledDistance(position, slots, drawn, d, truth, t, largest)
      : Math.sqrt(squared);
    this.#note(firstError + POSITION_ERROR, distance, drawn.ids[d]!);
  }

  /** Returns the sign of the drawn quaternion that is nearer to the true one. */
  #compareRotation(
    { firstError, rotation, slots }: KindPlan,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): number {
    const at = drawn.starts[d]!;
    const from = truth.starts[t]!;
    let isEqual = true;
    for (let i = 0; i < 4; i++) {
      const field = rotation[i]!;
      if (!isInBoth(drawn, d, truth, t, field)) return 1;
      const slot = slots[field]!;
      if (drawn.values[at + slot] !== truth.values[from + slot]) isEqual = false;
    }
    if (isEqual) return 1;
    const areRotations = readRotation(drawn.values, at, rotation, slots, DRAWN) &&
      readRotation(truth.values, from, rotation, slots, TRUE);
    const turn = areRotations ? turnBetween(DRAWN, TRUE) : Infinity;
    this.#note(firstError + ROTATION_ERROR, turn, drawn.ids[d]!);
    const dot = DRAWN[0] * TRUE[0] + DRAWN[1] * TRUE[1] + DRAWN[2] * TRUE[2] + DRAWN[3] * TRUE[3];
    return areRotations && dot < 0 ? -1 : 1;
  }

  /** Counts an error; one that is no number is none. */
  #note(error: number, value: number, id: number): void {
    if (!(value < Infinity)) this.#tallies.skipped[error]! += this.#times;
    else if (value > 0) this.#tallies.add(error, value, this.#times, id, this.#frame);
  }
}
