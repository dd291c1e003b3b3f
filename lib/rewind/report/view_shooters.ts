import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { findTeleports } from "../past/find_teleports.ts";
import { shooterViews } from "../view/shooter_views.ts";
import type { RewindSetting } from "./rewind_setting.ts";

/**
 * What every shooter of a recording had on its screen when it fired, from a simulated network.
 *
 * @param frames the recording's snapshots in order, of one layout
 * @param options the run, in which every shooter is one consumer, and the interpolation delay in
 *   milliseconds of shots that have no `interp`; default 0
 * @returns views for the setting, by index of the shot, and what the decode contradicted: with a fault
 *   no view can be trusted
 * @throws {RangeError} for an option of the run outside its range
 */
export function viewShooters(
  { eventsFirst, model, shots, source, teleport }: RewindSetting,
  layout: SnapshotLayout,
  frames: AsyncIterable<Snapshot> | Iterable<Snapshot>,
  options: { readonly run: RunOptions; readonly interpMs?: number | undefined },
): Promise<{ readonly views: RewindSetting["views"]; readonly fault: string | undefined }> {
  const rule = teleport ?? findTeleports(source, model).rule;
  const all = { ...options, teleport: rule, eventsFirst };
  return shooterViews(layout, frames, source, shots, model, all);
}
