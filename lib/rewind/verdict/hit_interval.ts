import type { RewindDecision } from "../policy/decision.ts";
import type { PoseRules } from "../policy/policy.ts";

/** Rewinds, in milliseconds back from the shot, at which a ray hits a target; both ends count. */
export interface HitInterval {
  /** Target. */
  readonly target: number;
  /** Smallest rewind. */
  readonly fromMs: number;
  /** Largest rewind. */
  readonly toMs: number;
}

/** How the past is read. */
export interface FlipOptions {
  /** Largest rewind that is looked at, in milliseconds. */
  readonly maxMs: number;
  /** How poses are made. */
  readonly rules: PoseRules;
  /** Two frames with nothing between them, for a policy that goes by a pair of frames. */
  readonly leap?: Pick<RewindDecision, "index" | "nextIndex">;
}
