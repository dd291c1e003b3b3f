import type { Frame } from "../core/frame.ts";
import type { Ray } from "./ray.ts";

/**
 * What the game decided: the entity that it hit, `null` for a miss, `"hit"` when it says no more
 * than that something was hit, undefined when it says nothing.
 */
export type GameVerdict = number | "hit" | null | undefined;

/** A shot as the server took it. */
export interface Shot {
  /** Position in the list of shots, from 0; names the shot in every answer. */
  readonly index: number;
  /** Newest frame of the server when it decided. */
  readonly frame: Frame;
  /** Server time of the decision in milliseconds. */
  readonly timeMs: number;
  /** Entity that shot; never its own target. */
  readonly shooter: number;
  /** What was tested. */
  readonly ray: Ray;
  /** What the game decided. */
  readonly verdict: GameVerdict;
  /**
   * Numbers by name, for policies: `ping` (round trip, ms), `interp` (interpolation delay, ms),
   * `delay` (frames), `stamp` (frame that the client says it saw, may have a fraction), `stampMs`
   * (the same as server time), and every other number of the event.
   */
  readonly numbers: ReadonlyMap<string, number>;
  /** Where the ray starts relative to the shooter's position; undefined when unknown. */
  readonly eye?: readonly [x: number, y: number, z: number];
}

/** True when a policy's victim is what the game decided; undefined without a verdict. */
export function agreesWith(verdict: GameVerdict, victim: number | null): boolean | undefined {
  if (verdict === undefined) return undefined;
  return verdict === "hit" ? victim !== null : verdict === victim;
}
