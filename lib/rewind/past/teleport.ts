import type { FieldValue } from "../../core/state/schema.ts";
import type { Pose, PoseSource } from "../shape/pose.ts";

/**
 * Which step of a target from one frame to the next is a teleport: between the two the earlier row
 * stands, and nobody was ever in the middle.
 *
 * - `units`: a step wider than that; Infinity for none
 * - `speed`: a step faster than that, in units a second
 * - `pace`: a step wider than its kind's limit, which grows with the time between the frames where
 *   that is longer than `intervalMs`; {@linkcode findTeleports} proposes it from a recording
 * - `field`: what the model's teleport field says of the later row. `flag`: it is true, or not 0;
 *   `change`: it is not what it was (a counter, or the name of a place)
 * - `event`: an event of the game names the entity, at a frame after the earlier row and not after
 *   the later; the times ascend
 */
export type TeleportRule =
  | { readonly by: "units"; readonly units: number }
  | { readonly by: "speed"; readonly unitsPerSecond: number }
  | { readonly by: "pace"; readonly intervalMs: number; readonly units: readonly number[] }
  | { readonly by: "field"; readonly as: "flag" | "change" }
  | { readonly by: "event"; readonly timesMs: Readonly<Record<number, readonly number[]>> };

/** Nothing is a teleport. */
export const NO_TELEPORTS: TeleportRule = { by: "units", units: Infinity };

/** Distance in units between two poses. */
export function stepUnits(from: Pose, to: Pose): number {
  const x = to.x - from.x;
  const y = to.y - from.y;
  const z = to.z - from.z;
  return Math.sqrt(x * x + y * y + z * z);
}

/**
 * True when an entity teleported from the frame at an index to the one at `nextIndex`.
 *
 * @param teleportFact place of the teleport field among the poses' facts; -1 without one
 */
export function isTeleport(
  rule: TeleportRule,
  source: PoseSource,
  index: number,
  nextIndex: number,
  id: number,
  from: Pose,
  to: Pose,
  teleportFact: number,
): boolean {
  switch (rule.by) {
    case "units":
      return stepUnits(from, to) > rule.units;
    case "speed": {
      const seconds = (source.timeMsAt(nextIndex) - source.timeMsAt(index)) / 1000;
      return stepUnits(from, to) > rule.unitsPerSecond * seconds;
    }
    case "pace": {
      const ms = source.timeMsAt(nextIndex) - source.timeMsAt(index);
      const limit = rule.units[from.kind] ?? Infinity;
      return stepUnits(from, to) > limit * Math.max(1, ms / rule.intervalMs);
    }
    case "field":
      return rule.as === "flag"
        ? isSet(to.facts[teleportFact])
        : to.facts[teleportFact] !== from.facts[teleportFact];
    default:
      return hasEvent(rule.timesMs[id], source.timeMsAt(index), source.timeMsAt(nextIndex));
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

/** What is known of the steps of one kind. */
export interface KindSteps {
  /** Name of the kind. */
  readonly kind: string;
  /** Steps of its entities from frame to frame, those of length 0 left out. */
  readonly steps: number;
  /** Median of those in units a frame interval; 0 without steps. */
  readonly medianUnits: number;
  /** Limit in units a frame interval; Infinity where no step stands apart. */
  readonly limitUnits: number;
  /** Steps above it. */
  readonly above: number;
  /** Widest step below it. */
  readonly widestBelow: number;
  /** How the limit was found: `gap` in the steps, from the target's `size` and median, or `none`. */
  readonly from: "gap" | "size" | "none";
}

/** Answer of {@linkcode findTeleports}. */
export interface FoundTeleports {
  /** The rule. */
  readonly rule: Extract<TeleportRule, { readonly by: "pace" }>;
  /** What it was found from, by kind of the model; kinds without shapes are left out. */
  readonly kinds: readonly KindSteps[];
}
