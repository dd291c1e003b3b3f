import type { HitShape } from "../shape/hit_shape.ts";
import type { PolicySummary } from "../report/policy_summary.ts";
import type { RewindRule, RuleSearch } from "../report/rule_search.ts";
import type { SweepPoint } from "../report/sweep.ts";
import type { PageShot } from "./page_shot.ts";
import type { PoseTracks } from "./pose_track.ts";

/** The simplest rule over the ping that agrees as often as the best. */
export interface PageRule extends Pick<RuleSearch, "explains" | "isNoneAsGood"> {
  /** From where it counts. */
  readonly from: "event" | "path";
  /** The rule. */
  readonly rule: RewindRule;
}

/** Everything that a page shows; plain JSON. */
export interface RewindPage {
  /** Name of the recording. */
  readonly recording: string;
  /** Version that made the page; left out when not said. */
  readonly version?: string;
  /** Command line that made it; left out when not said. */
  readonly command?: string;
  /** When the recording was made, in words, and how that is known; left out when not known. */
  readonly recordedOn?: string;
  /** Address of the report of the same recording, relative to the page; left out without one. */
  readonly reportPage?: string;
  /** Shots in the recording, also those that cannot be judged. */
  readonly shotCount: number;
  /** What was left out, in sentences. */
  readonly omissions: readonly string[];
  /** Largest rewind that can be scrubbed to, in milliseconds, unless a shot says more. */
  readonly scrubMs: number;
  /** Totals by policy. */
  readonly policies: readonly PolicySummary[];
  /** Accuracy over fixed rewinds. */
  readonly sweep: readonly SweepPoint[];
  /** Best rule counted from the event, and from the shooter's path. */
  readonly rules: readonly PageRule[];
  /** How the answer was made, and what looks odd, in sentences. */
  readonly remarks: readonly string[];
  /** Index of the axis that points up. */
  readonly up: number;
  /** True when its axes are left-handed; left out when they are right-handed, or nothing says so. */
  readonly isLeftHanded?: true;
  /** What the position's axes are called; left out when they are x, y and z, or differ by kind. */
  readonly axes?: readonly string[];
  /** Shapes by kind, in the order of the hit model; none for a kind whose shapes are among the lists. */
  readonly kinds: readonly { readonly kind: string; readonly shapes: readonly HitShape[] }[];
  /**
   * Shapes of targets on which they depend, by index, each in the order of its kind, with null for
   * one that is not in force; left out when no kind has such shapes.
   */
  readonly shapeLists?: readonly (readonly (HitShape | null)[])[];
  /** Ids of the game for entities that shots name, where they are not the numbers themselves. */
  readonly names?: Readonly<Record<number, string>>;
  /** Poses around the shots. */
  readonly poses: PoseTracks;
  /** Shots. */
  readonly shots: readonly PageShot[];
}
