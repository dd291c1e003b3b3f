import type { RewindDecision } from "../policy/decision.ts";
import type { NumberLookup } from "../policy/expression.ts";
import type { Moment } from "../policy/moment.ts";
import type { PoseRules, RewindPolicy } from "../policy/policy.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { Shot } from "../shot/shot.ts";
import type { ShooterView } from "./shooter_view.ts";

/** A shot under a policy, with all that a counterfactual may change. */
export interface Case {
  /** The server as the policy sees it. */
  readonly moment: Moment;
  /** The same with everything that was recorded. */
  readonly fullMoment: Moment;
  /** Size of the ring in frames; undefined without one. */
  readonly ringFrames: number | undefined;
  /** Shot. */
  readonly shot: Shot;
  /** The shot's numbers. */
  readonly numbers: NumberLookup;
  /** Policy. */
  readonly policy: RewindPolicy;
  /** How it makes poses. */
  readonly rules: PoseRules;
  /** What it decided. */
  readonly decision: RewindDecision;
  /** Whom it hits, or null. */
  readonly victim: number | null;
  /** What can be hit. */
  readonly model: HitModel;
  /** What the shooter's client showed; undefined when that is unknown. */
  readonly shooterView?: ShooterView | undefined;
  /** Age of the shot less the median age of all, in milliseconds; undefined when unknown. */
  readonly insideFrameMs?: number | undefined;
  /** Largest rewind that is looked at for `other-time`, in milliseconds. */
  readonly flipMs: number;
}
