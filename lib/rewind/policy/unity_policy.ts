import { type NumberLookup, parseExpression } from "./expression.ts";
import type { Moment } from "./moment.ts";
import { type RewindPolicy, type RewindWish, wishFrames } from "./policy.ts";

/** Parameters of {@linkcode unityPolicy}. */
export interface UnityPolicyOptions {
  /** The shooter's latest delay in frames; default `delay`. */
  readonly delay?: string;
  /** Frames of the physics history; default 32. */
  readonly history?: number;
}

/**
 * The rule of Unity's Netcode for Entities (`PhysicsWorldHistory.GetCollisionWorldFromTick`): whole
 * frames, `now - (delay + 1)`, clamped to the history and never interpolated. What was wanted is
 * its expected frame, what was used its returned one.
 */
export function unityPolicy(name: string, options: UnityPolicyOptions = {}): RewindPolicy {
  const delay = parseExpression(options.delay ?? "delay");
  const history = options.history ?? 32;
  return {
    name,
    needs: delay.names,
    rules: { interpolates: false },
    wish(_moment: Moment, numbers: NumberLookup, out: RewindWish): void {
      const frames = Math.floor(delay.evaluate(numbers)) + 1;
      const limited = Math.min(frames, history - 1);
      wishFrames(out, frames, limited, `delay + 1 = ${frames} frames, history of ${history}`);
    },
  };
}
