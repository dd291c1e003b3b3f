import type { Frame } from "../../core/time/frame.ts";
import type { Ray } from "../shape/ray.ts";

/** A shot as the server took it. */
export interface Shot {
  /** Position in the list of shots, from 0; names the shot in every answer. */
  readonly index: number;
  /**
   * Frame that carries the shot, which may already hold its effect; it need not be recorded. Of a shot
   * that has only a time, the frame at or before it.
   */
  readonly frame: Frame;
  /** Server time of the decision in milliseconds; it need not be a frame's. */
  readonly timeMs: number;
  /** True for a shot that is known to fall between two frames of the server, after `frame`. */
  readonly isBetweenFrames?: true;
  /** Entity that shot; never its own target. */
  readonly shooter: number;
  /** What was tested. */
  readonly ray: Ray;
  /**
   * What the game decided: the entity that it hit, `null` for a miss, `"hit"` when it says no more
   * than that something was hit, undefined when it says nothing.
   */
  readonly verdict: number | "hit" | null | undefined;
  /**
   * Numbers by name, for policies: `ping` (round trip, ms), `interp` (interpolation delay, ms),
   * `delay` (frames), `stamp` (frame that the client drew, may have a fraction; `stamp.src`,
   * `stamp.dst` and `stamp.fraction` when it drew between two), `stampMs` (the same as server time),
   * `tick` (frame of the client's command), and every other number of the event.
   */
  readonly numbers: ReadonlyMap<string, number>;
  /** Where the ray starts relative to the shooter's position; undefined when unknown. */
  readonly eye?: readonly [x: number, y: number, z: number];
}

/** What the game decided of a shot. */
export type GameVerdict = Shot["verdict"];

/** True when a policy's victim is what the game decided; undefined without a verdict. */
export function agreesWith(verdict: GameVerdict, victim: number | null): boolean | undefined {
  if (verdict === undefined) return undefined;
  return verdict === "hit" ? victim !== null : verdict === victim;
}
