import { shorterArc } from "../../core/geometry/angle.ts";
import { walkToId } from "../../core/state/sorted_ids.ts";
import { distanceRounding, isTurnRounding, roundingOf } from "./arithmetic.ts";
import { differenceOf, distanceOf, isEqual, turnOf } from "./differences.ts";
import { COLUMN, type KindPlan } from "./drawn_plan.ts";
import type { ErrorTallies } from "./error_tallies.ts";
import { PairErrors } from "./pair_errors.ts";
import { isInBoth, isSparse, isThere, type StateValues } from "./state_values.ts";

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
  /** By field of a quaternion, the sign with which the drawn one is nearer to the true one. */
  readonly #signs: Int8Array = new Int8Array(64).fill(1);
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
      begin: (kind, ...at) => this.#begin(kind, ...at),
      addValues: (plan, c, ...at) => this.#compareColumn(plan, c, ...at),
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
  addRight(truth: StateValues, times: number, frame: number, tallies: ErrorTallies): void {
    this.#tallies = tallies;
    this.#times = times;
    this.#frame = frame;
    tallies.entities += times * truth.count;
    for (let i = 0; i < truth.count; i++) {
      const kind = truth.kinds[i]!;
      if (this.#isSparse[kind]) this.#compare(truth, i, truth, i);
      else {
        if (tallies.pending[kind]!.length > 0) this.#begin(kind, truth, i, truth, i);
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
    const isSparse = this.#isSparse[kind]!;
    const at = drawn.starts[d]!;
    const from = truth.starts[t]!;
    const drawnValues = drawn.values;
    const trueValues = truth.values;
    if (tallies.pending[kind]!.length > 0) this.#begin(kind, drawn, d, truth, t);
    tallies.compared[kind]! += times;
    if (isSparse) this.#countMissing(plan, drawn, d, truth, t);
    else tallies.values += times * plan.kind.fields.length;
    const { columns, rotations, width } = plan;
    let v = 0;
    while (v < width && drawnValues[at + v] === trueValues[from + v]) v++;
    if (v === width) return;
    for (let r = 0; r < rotations.length; r++) this.#compareRotation(plan, r, drawn, d, truth, t);
    if (plan.position.length > 0) this.#comparePosition(plan, drawn, d, truth, t);
    for (let c = 0; c < slots.length; c++) {
      const slot = slots[c]!;
      if (drawnValues[at + slot] === trueValues[from + slot]) continue;
      // Values of fields that are not there are counted by then.
      if (isSparse && !isInBoth(drawn, d, truth, t, columns[c]!.field)) continue;
      this.#compareColumn(plan, c, drawn, d, truth, t);
    }
    if (plan.wide.length > 0) this.#compareHighWords(plan, drawn, d, truth, t);
  }

  /** Notes which errors of a kind are compared for the first time. */
  #begin(kind: number, drawn: StateValues, d: number, truth: StateValues, t: number): void {
    const plan = this.#plans[kind]!;
    const { columns, firstColumnError, firstRotationError, position, positionError } = plan;
    const isThereIn = (fields: readonly number[]) =>
      fields.every((field) => isInBoth(drawn, d, truth, t, field));
    const isCompared = (error: number): boolean => {
      if (error === positionError) {
        return isThereIn(position) && distanceOf(plan, drawn, d, truth, t) < Infinity;
      }
      if (error < firstColumnError) {
        const { fields } = plan.rotations[error - firstRotationError]!;
        return isThereIn(fields) && turnOf(plan, fields, drawn, d, truth, t) < Infinity;
      }
      const c = error - firstColumnError;
      return isThereIn([columns[c]!.field]) &&
        this.#difference(plan, c, drawn, d, truth, t) < Infinity;
    };
    const pending = this.#tallies.pending[kind]!;
    for (let i = pending.length - 1; i >= 0; i--) {
      if (!isCompared(pending[i]!)) continue;
      this.#tallies.begin(pending[i]!, drawn.ids[d]!, this.#frame);
      pending.splice(i, 1);
    }
  }

  /** Adds up an error of two values that differ. */
  #compareColumn(
    plan: KindPlan,
    c: number,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void {
    const way = this.#ways[drawn.kinds[d]!]![c]!;
    if (way === COLUMN.off) return;
    const { isDoubtful, slot, turn } = plan.columns[c]!;
    const value = this.#difference(plan, c, drawn, d, truth, t);
    const least = way === COLUMN.quaternion ? 1 : turn;
    if (value <= roundingOf(drawn, d, truth, t, slot, least)) return;
    this.#note(plan.firstColumnError + c, value, drawn.ids[d]!);
    if (!(value < Infinity) && !isDoubtful) this.#tallies.missingValues += this.#times;
  }

  /** Difference of two values that are there; no finite number where they have none. */
  #difference(
    plan: KindPlan,
    c: number,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): number {
    const way = this.#ways[drawn.kinds[d]!]![c]!;
    const { field, slot, turn } = plan.columns[c]!;
    const a = drawn.values[drawn.starts[d]! + slot]!;
    const b = truth.values[truth.starts[t]! + slot]!;
    if (isEqual(a, b)) return 0;
    if (way === COLUMN.match || way === COLUMN.wideMatch) return 1;
    if (way === COLUMN.angle) return Math.abs(shorterArc(a, b, turn));
    return differenceOf(way === COLUMN.quaternion ? this.#signs[field]! * a : a, b);
  }

  /** Adds up the fields of two words of which the first is equal, and so was not compared. */
  #compareHighWords(
    { columns, firstColumnError, wide }: KindPlan,
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
      this.#note(firstColumnError + c, 1, drawn.ids[d]!);
    }
  }

  /** Counts the values that one or both may lack. */
  #countMissing(
    plan: KindPlan,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void {
    const { columns, firstColumnError, firstRotationError, position, positionError } = plan;
    const tallies = this.#tallies;
    const times = this.#times;
    for (let c = 0; c < columns.length; c++) {
      const { field, isDoubtful } = columns[c]!;
      const isDrawn = isThere(drawn, d, field);
      const isTrue = isThere(truth, t, field);
      if (!(isDrawn && isTrue)) tallies.skipped[firstColumnError + c]! += times;
      if (isDoubtful || !(isDrawn || isTrue)) continue;
      tallies.values += times;
      if (isDrawn !== isTrue) tallies.missingValues += times;
    }
    const isBoth = (field: number) => isInBoth(drawn, d, truth, t, field);
    if (!position.every(isBoth)) tallies.skipped[positionError]! += times;
    plan.rotations.forEach(({ fields }, r) => {
      if (!fields.every(isBoth)) tallies.skipped[firstRotationError + r]! += times;
    });
  }

  /** Adds up a distance of which a coordinate may not be there, or be no number. */
  #comparePosition(
    plan: KindPlan,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void {
    const kind = drawn.kinds[d]!;
    if (this.#isSparse[kind]) {
      for (const field of plan.position) if (!isInBoth(drawn, d, truth, t, field)) return;
    }
    const distance = distanceOf(plan, drawn, d, truth, t);
    if (distance <= distanceRounding(this.#axes[kind]!, drawn, d, truth, t)) return;
    this.#note(plan.positionError, distance, drawn.ids[d]!);
  }

  /** Adds up a turn, and finds the sign of the drawn quaternion that is nearer to the true one. */
  #compareRotation(
    plan: KindPlan,
    r: number,
    drawn: StateValues,
    d: number,
    truth: StateValues,
    t: number,
  ): void {
    const { fields } = plan.rotations[r]!;
    const isThereInBoth = fields.every((field) => isInBoth(drawn, d, truth, t, field));
    const turn = isThereInBoth ? turnOf(plan, fields, drawn, d, truth, t) : 0;
    let dot = 0;
    for (let i = 0; i < 4; i++) {
      const slot = plan.slots[fields[i]!]!;
      dot += drawn.values[drawn.starts[d]! + slot]! * truth.values[truth.starts[t]! + slot]!;
    }
    for (let i = 0; i < 4; i++) this.#signs[fields[i]!] = dot < 0 ? -1 : 1;
    if (isTurnRounding(turn, plan, fields, drawn, d, truth, t)) return;
    this.#note(plan.firstRotationError + r, turn, drawn.ids[d]!);
  }

  /** Counts an error; one that is no number is none. */
  #note(error: number, value: number, id: number): void {
    if (!(value < Infinity)) this.#tallies.skipped[error]! += this.#times;
    else if (value > 0) this.#tallies.add(error, value, this.#times, id, this.#frame);
  }
}
