import { judgeShooterView, seenRewindMs, type ShooterView } from "../verdict/shooter_view.ts";
import { type SeenError, seenErrors } from "../verdict/seen_error.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { PoseSource } from "../shape/pose.ts";
import { agreesWith, type Shot } from "../shot/shot.ts";
import type { TeleportRule } from "../past/teleport.ts";

/** What one shooter saw, and how wrong it was. */
export interface SeenShot {
  /** Index of the shot. */
  readonly shot: number;
  /** Frame that the client showed, with a fraction. */
  readonly viewFrame: number;
  /** Newest frame that it had applied. */
  readonly newestFrame: number;
  /** Interpolation delay in milliseconds. */
  readonly interpMs: number;
  /** Milliseconds from the view to the shot: what a perfect rewind goes back. */
  readonly rewindMs: number;
  /** Entity that the ray hits on the shooter's screen, or null. */
  readonly victim: number | null;
  /** Error of every target that it showed. */
  readonly errors: readonly SeenError[];
}

/** What each shooter saw, by shot; a shot without a view is left out. */
export function seenShots(
  source: PoseSource,
  shots: readonly Shot[],
  views: ReadonlyMap<number, ShooterView>,
  model: HitModel,
  teleport: TeleportRule,
): SeenShot[] {
  return shots.flatMap((shot) => {
    const view = views.get(shot.index);
    if (view === undefined) return [];
    const { interpMs, newestFrame, viewFrame } = view;
    return [{
      shot: shot.index,
      viewFrame,
      newestFrame,
      interpMs,
      rewindMs: seenRewindMs(source, view, shot),
      victim: judgeShooterView(view, model, shot),
      errors: seenErrors(source, view, model, teleport),
    }];
  });
}

/** How wrong the views of many shots were, over all targets that they showed. */
export interface ShooterViewSummary {
  /** Shots whose client had anything on its screen. */
  readonly shots: number;
  /** Shots on which the shooter's own screen agrees with the game. */
  readonly agrees: number;
  /** Distance between seen and true pose in units: median, 95th percentile, largest; 0 without targets. */
  readonly errorUnits: { readonly p50: number; readonly p95: number; readonly max: number };
  /** Frames by which the seen pose was older than the view frame, without its sign, likewise. */
  readonly errorFrames: { readonly p50: number; readonly p95: number; readonly max: number };
}

/**
 * Sums up what shooters saw. A target that was not there at the view frame is infinitely far off and
 * counts in no spread.
 */
export function summarizeShooterViews(
  source: PoseSource,
  shots: readonly Shot[],
  views: ReadonlyMap<number, ShooterView>,
  model: HitModel,
  teleport: TeleportRule,
): ShooterViewSummary {
  const seen = seenShots(source, shots, views, model, teleport);
  const verdicts = new Map(shots.map(({ index, verdict }) => [index, verdict]));
  const errors = seen.flatMap((shot) => shot.errors)
    .filter(({ errorUnits }) => Number.isFinite(errorUnits));
  return {
    shots: seen.length,
    agrees:
      seen.filter(({ shot, victim }) => agreesWith(verdicts.get(shot), victim) === true).length,
    errorUnits: spreadOf(errors.map(({ errorUnits }) => errorUnits)),
    errorFrames: spreadOf(errors.map(({ errorFrames }) => Math.abs(errorFrames))),
  };
}

function spreadOf(values: number[]): ShooterViewSummary["errorUnits"] {
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.ceil(share * values.length) - 1] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: values.at(-1) ?? 0 };
}
