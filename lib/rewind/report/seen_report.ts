import { findTeleports } from "../past/find_teleports.ts";
import {
  type SeenShot,
  seenShots,
  type ShooterViewSummary,
  summarizeShooterViews,
} from "../view/shooter_view_summary.ts";
import type { RewindSetting } from "./rewind_setting.ts";

/** What the shooters of a recording saw. */
export interface SeenReport {
  /** How wrong it was over all shots. */
  readonly summary: ShooterViewSummary;
  /** What each saw, and how wrong it was, by shot. */
  readonly seen: readonly SeenShot[];
}

/** Holds what shooters saw against the recording; undefined when that is unknown. */
export function reportSeen(
  { model, shots, source, teleport, views }: RewindSetting,
): SeenReport | undefined {
  if (views === undefined) return undefined;
  const rule = teleport ?? findTeleports(source, model).rule;
  return {
    summary: summarizeShooterViews(source, shots, views, model, rule),
    seen: seenShots(source, shots, views, model, rule),
  };
}
