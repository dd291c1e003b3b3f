import { LIMIT_TRIALS } from "./limit_trials.ts";
import { RULE_TRIALS } from "./rule_trials.ts";
import { SHOOTER_TRIALS } from "./shooter_trials.ts";
import { NOT_A_TARGET, TARGET_IN_FRONT, UNRECORDED_VICTIM } from "./target_trials.ts";
import { TIME_TRIALS } from "./time_trials.ts";
import type { Trial } from "./trial.ts";

/** Every change but the last resorts, specific ones first. */
export const TRIALS: readonly Trial[] = [
  UNRECORDED_VICTIM,
  NOT_A_TARGET,
  ...LIMIT_TRIALS,
  ...RULE_TRIALS,
  ...SHOOTER_TRIALS,
  ...TIME_TRIALS,
  TARGET_IN_FRONT,
];
