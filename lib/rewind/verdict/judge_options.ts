import type { TeleportRule } from "../past/teleport.ts";
import type { ShooterView } from "./shooter_view.ts";

/** How shots are judged. */
export interface JudgeOptions {
  /** Size of the server's ring in frames; default all that was recorded. */
  readonly ringFrames?: number | undefined;
  /** True for a game whose shots are decided before the state of their frame is made. */
  readonly eventsFirst?: boolean | undefined;
  /** Which steps are teleports; default what {@linkcode findTeleports} finds in the source. */
  readonly teleport?: TeleportRule | undefined;
  /** Short for a `teleport` by units. */
  readonly teleportUnits?: number | undefined;
  /** Largest rewind of the flip map in milliseconds; default 150. */
  readonly flipMs?: number | undefined;
  /** What the shooter's client showed; default unknown. */
  readonly shooterView?: ShooterView | undefined;
  /** Age of the shot in milliseconds ({@linkcode shotAgesMs}); default looked up. */
  readonly ageMs?: number | undefined;
  /** Median age of all shots in milliseconds; without it no change is `inside-frame`. */
  readonly medianAgeMs?: number | undefined;
}

/** Largest rewind of a flip map when none is given, in milliseconds. */
export const FLIP_MS = 150;
