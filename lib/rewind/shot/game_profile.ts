import type { ShotMap } from "./shot_map.ts";

/** What hindcast knows of the recordings of one game, so that a user need not say it. */
export interface GameProfile {
  /** Where its events keep a shot. */
  readonly shots: ShotMap;
  /** Name of those events. */
  readonly event: string;
  /** What can be hit, in the words of {@linkcode parseHitModel}. */
  readonly shapes: readonly string[];
  /** Who is a target, in the words of {@linkcode parseConditions}. */
  readonly alive: string;
  /** Rewind policies that are worth trying, in the words of {@linkcode parseRewindPolicy}. */
  readonly policies: readonly string[];
}
