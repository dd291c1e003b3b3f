import type { Moment } from "./moment.ts";
import { makesPlainPoses, type PoseRules } from "./policy.ts";
import type { TeleportRule } from "../past/teleport.ts";

interface Kept<T> {
  readonly maxMs: number;
  readonly teleport: TeleportRule;
  readonly value: T;
}

/**
 * Keeps what was worked out of the past of a shot, by its moment: policies share that, and all that make
 * plain poses see one and the same past. What other rules make of it is not kept.
 */
export class MomentMemo<T> {
  readonly #kept = new WeakMap<Moment, Kept<T>[]>();

  /** What was made of the past up to a largest rewind, or is made now. */
  get(moment: Moment, maxMs: number, rules: PoseRules, make: () => T): T {
    if (!makesPlainPoses(rules)) return make();
    const { teleport } = rules;
    let kept = this.#kept.get(moment);
    const found = kept?.find((entry) => entry.maxMs === maxMs && entry.teleport === teleport);
    if (found !== undefined) return found.value;
    const value = make();
    if (kept === undefined) this.#kept.set(moment, kept = []);
    kept.push({ maxMs, teleport, value });
    return value;
  }
}
