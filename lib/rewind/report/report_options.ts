import type { Shot } from "../shot/shot.ts";
import type { ShooterView } from "../verdict/shooter_view.ts";
import type { JudgeOptions } from "../verdict/judge_options.ts";

/** What a report holds beside the totals. */
export interface RewindReportOptions
  extends Omit<JudgeOptions, "shooterView" | "ageMs" | "medianAgeMs"> {
  /** True to list every shot under every policy. */
  readonly details?: boolean;
  /** Rewinds to sweep; default none. */
  readonly sweep?: {
    /** Smallest rewind in milliseconds; default 0. */
    readonly fromMs?: number;
    /** Largest rewind in milliseconds; default 150. */
    readonly toMs?: number;
    /** Step in milliseconds; default 1. */
    readonly stepMs?: number;
  };
  /**
   * Called for each shot that the game decided, as rewinds are tried on it, as rules are, and, where
   * it is summed up by shooter, as rules are once more: as often as `sweptCalls` says.
   */
  readonly onSwept?: () => void;
  /** What each shot's client showed; default unknown. */
  readonly shooterViewOf?: (shot: Shot) => ShooterView | undefined;
  /** True to count shots that lack a number which a policy needs, instead of throwing. */
  readonly skipBad?: boolean;
  /** True to sum up by shooter as well. */
  readonly byShooter?: boolean;
  /** Misjudged shots of the best policy to list; default 10. */
  readonly list?: number;
}
