import { shorterArc } from "../../core/geometry/angle.ts";
import { slerp } from "../../core/geometry/rotation.ts";
import { COLUMN, type KindPlan } from "./drawn_plan.ts";
import { isInBoth, isSameEntity, isSparse, type StateValues } from "./state_values.ts";
import { readRotation } from "./read_rotation.ts";
import { walkToId } from "../../core/state/sorted_ids.ts";

const FROM: [number, number, number, number] = [0, 0, 0, 1];
const TO: [number, number, number, number] = [0, 0, 0, 1];
const AT = [0, 0, 0, 1];

/** Draws the moment between two states: the entities of the earlier, moved towards the later. */
export class Drawing {
  readonly #plans: readonly KindPlan[];
  readonly #ways: readonly Uint8Array[];
  readonly #isSparse: readonly boolean[];
  /** By kind, the columns between whose values something lies, each with its place. */
  readonly #moving: readonly Int32Array[];

  /** @param ways by kind, how each column is drawn */
  constructor(plans: readonly KindPlan[], ways: readonly Uint8Array[]) {
    this.#plans = plans;
    this.#ways = ways;
    this.#isSparse = plans.map(isSparse);
    this.#moving = plans.map(({ columns }) =>
      Int32Array.from(
        columns.flatMap(({ slot, way }, c) =>
          way === COLUMN.linear || way === COLUMN.angle ? [c, slot] : []
        ),
      )
    );
  }

  /**
   * @param part 0 is the earlier state, 1 would be the later
   * @param timeRounding what rounding of the times makes of it
   * @param out receives the moment
   */
  between(
    earlier: StateValues,
    later: StateValues,
    part: number,
    timeRounding: number,
    out: StateValues,
  ): StateValues {
    out.copy(earlier);
    out.from = earlier;
    out.part = part;
    out.timeRounding = timeRounding;
    let l = 0;
    for (let e = 0; e < earlier.count; e++) {
      l = walkToId(later.ids, l, later.count, earlier.ids[e]!);
      if (isSameEntity(earlier, e, later, l)) this.#move(earlier, e, later, l, part, out.values);
    }
    return out;
  }

  #move(
    earlier: StateValues,
    e: number,
    later: StateValues,
    l: number,
    part: number,
    out: Float64Array,
  ): void {
    const kind = earlier.kinds[e]!;
    const { columns, rotations, slots } = this.#plans[kind]!;
    const ways = this.#ways[kind]!;
    const moving = this.#moving[kind]!;
    const sparse = this.#isSparse[kind]!;
    const to = earlier.starts[e]!;
    const start = later.starts[l]!;
    const goal = later.values;
    for (let m = 0; m < moving.length; m += 2) {
      const c = moving[m]!;
      const slot = moving[m + 1]!;
      const a = out[to + slot]!;
      const b = goal[start + slot]!;
      if (a === b || ways[c] === COLUMN.off) continue;
      if (sparse && !isInBoth(earlier, e, later, l, columns[c]!.field)) continue;
      const step = ways[c] === COLUMN.angle ? shorterArc(a, b, columns[c]!.turn) : b - a;
      // Nothing lies between numbers and what is none.
      if (step - step === 0) out[to + slot] = a + step * part;
      // A step between two numbers may be beyond the largest double.
      else if (a - a === 0 && b - b === 0) out[to + slot] = a * (1 - part) + b * part;
    }
    for (let r = 0; r < rotations.length; r++) {
      const { fields } = rotations[r]!;
      if (sparse && !fields.every((field) => isInBoth(earlier, e, later, l, field))) continue;
      if (fields.every((f) => out[to + slots[f]!] === goal[start + slots[f]!])) continue;
      const isRotation = readRotation(out, to, fields, slots, FROM) &&
        readRotation(goal, start, fields, slots, TO);
      if (!isRotation) continue;
      slerp(FROM, TO, part, AT);
      for (let i = 0; i < 4; i++) out[to + slots[fields[i]!]!] = AT[i]!;
    }
  }
}
