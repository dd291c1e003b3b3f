import { shorterArc } from "../../core/geometry/angle.ts";
import { slerp } from "../../core/geometry/rotation.ts";
import { COLUMN, type KindPlan } from "./drawn_plan.ts";
import { isSameEntity, isThere, type StateValues } from "./state_values.ts";
import { isSparse } from "./state_values.ts";
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

  /** @param ways by kind, how each column is drawn */
  constructor(plans: readonly KindPlan[], ways: readonly Uint8Array[]) {
    this.#plans = plans;
    this.#ways = ways;
    this.#isSparse = plans.map(isSparse);
  }

  /**
   * @param part 0 is the earlier state, 1 would be the later
   * @param out receives the moment
   */
  between(earlier: StateValues, later: StateValues, part: number, out: StateValues): StateValues {
    out.clear();
    let l = 0;
    for (let e = 0; e < earlier.count; e++) {
      const kind = earlier.kinds[e]!;
      const { width } = this.#plans[kind]!;
      const place = out.add(earlier.ids[e]!, kind, width);
      out.presence[2 * place] = earlier.presence[2 * e]!;
      out.presence[2 * place + 1] = earlier.presence[2 * e + 1]!;
      const from = earlier.starts[e]!;
      const to = out.starts[place]!;
      const { values } = out;
      for (let v = 0; v < width; v++) values[to + v] = earlier.values[from + v]!;
      l = walkToId(later.ids, l, later.count, earlier.ids[e]!);
      if (isSameEntity(earlier, e, later, l)) {
        this.#move(earlier, e, later, l, part, values, to);
      }
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
    to: number,
  ): void {
    const kind = earlier.kinds[e]!;
    const { columns, rotation, slots } = this.#plans[kind]!;
    const ways = this.#ways[kind]!;
    const sparse = this.#isSparse[kind]!;
    const start = later.starts[l]!;
    const goal = later.values;
    for (let c = 0; c < columns.length; c++) {
      const way = ways[c]!;
      if (way !== COLUMN.linear && way !== COLUMN.angle) continue;
      const { field, slot, turn } = columns[c]!;
      const a = out[to + slot]!;
      const b = goal[start + slot]!;
      if (a === b) continue;
      if (sparse && !(isThere(earlier, e, field) && isThere(later, l, field))) continue;
      const step = way === COLUMN.angle ? shorterArc(a, b, turn) : b - a;
      // Nothing lies between numbers and what is none.
      if (step - step === 0) out[to + slot] = a + step * part;
    }
    if (rotation.length === 0) return;
    if (sparse && !rotation.every((f) => isThere(earlier, e, f) && isThere(later, l, f))) return;
    if (rotation.every((f) => out[to + slots[f]!] === goal[start + slots[f]!])) return;
    const isRotation = readRotation(out, to, rotation, slots, FROM) &&
      readRotation(goal, start, rotation, slots, TO);
    if (!isRotation) return;
    slerp(FROM, TO, part, AT);
    for (let i = 0; i < 4; i++) out[to + slots[rotation[i]!]!] = AT[i]!;
  }
}
