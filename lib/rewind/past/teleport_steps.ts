import type { FieldValue } from "../../core/state/schema.ts";
import type { Pose, PoseSource } from "../shape/pose.ts";
import type { TeleportRule } from "./teleport.ts";

/** Distance in units between two poses. */
export function stepUnits(from: Pose, to: Pose): number {
  const x = to.x - from.x;
  const y = to.y - from.y;
  const z = to.z - from.z;
  return Math.sqrt(x * x + y * y + z * z);
}

/** The steps of a source, of which a rule takes some for teleports. */
export class TeleportSteps {
  readonly #rule: TeleportRule;
  readonly #source: PoseSource;
  readonly #teleportFact: number;

  /**
   * Steps of a source under a rule.
   *
   * @param teleportFact place of the teleport field among the poses' facts; -1 without one
   */
  constructor(rule: TeleportRule, source: PoseSource, teleportFact: number) {
    this.#rule = rule;
    this.#source = source;
    this.#teleportFact = teleportFact;
  }

  /** True when an entity teleported from the frame at an index to the one at `nextIndex`. */
  isTeleport(index: number, nextIndex: number, id: number, from: Pose, to: Pose): boolean {
    const rule = this.#rule;
    switch (rule.by) {
      case "units":
        return stepUnits(from, to) > rule.units;
      case "speed":
        return stepUnits(from, to) > rule.unitsPerSecond * (this.#ms(index, nextIndex) / 1000);
      case "pace": {
        const limit = rule.units[from.kind] ?? Infinity;
        return stepUnits(from, to) >
          limit * Math.max(1, this.#ms(index, nextIndex) / rule.intervalMs);
      }
      case "field": {
        const value = to.facts[this.#teleportFact];
        return rule.as === "flag" ? isSet(value) : value !== from.facts[this.#teleportFact];
      }
      default: {
        const [fromMs, toMs] = [this.#source.timeMsAt(index), this.#source.timeMsAt(nextIndex)];
        return hasEvent(rule.timesMs[id], fromMs, toMs);
      }
    }
  }

  #ms(index: number, nextIndex: number): number {
    return this.#source.timeMsAt(nextIndex) - this.#source.timeMsAt(index);
  }
}

function isSet(value: FieldValue | undefined): boolean {
  return value !== undefined && value !== false && value !== 0 && value !== "";
}

function hasEvent(timesMs: readonly number[] | undefined, fromMs: number, toMs: number): boolean {
  if (timesMs === undefined) return false;
  let [low, high] = [0, timesMs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! > fromMs) high = middle;
    else low = middle + 1;
  }
  return low < timesMs.length && timesMs[low]! <= toMs;
}
