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
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseNetSpec } from "@hindcast/hindcast/net";
 * import { parseHitModel, PoseHistory, rayBetween, viewShooters } from "@hindcast/hindcast/rewind";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const model = parseHitModel(["player=sphere:16"]);
 * const source = new PoseHistory(model);
 * const fields = ["x", "y", "z"].map((name) => ({ name, type: "f32" as const }));
 * const layout = new SnapshotLayout({ kinds: [{ name: "player", fields }] });
 * const frames = Array.from({ length: 20 }, (_, frame) => {
 *   const entities = [1, 2].map((id) => ({ id, kind: "player", fields: { x: id, y: frame, z: 0 } }));
 *   return Snapshot.of(layout, { frame, timeMs: frame * 20, entities });
 * });
 * for (const frame of frames) source.add(frame);
 * const shot = {
 *   ...{ index: 0, frame: 15, timeMs: 300, shooter: 1, verdict: 2 },
 *   ray: rayBetween([1, 15, 0], [2, 15, 0]),
 *   numbers: new Map(),
 * };
 * const { views } = await viewShooters(
 *   { source, model, shots: [shot], policies: [] },
 *   layout,
 *   frames,
 *   {
 *     run: {
 *       ...{ policy: "strict", codec: "varint", net: parseNetSpec("delay=40"), consumers: 1 },
 *       ...{ sendEveryFrames: 1, mtuBytes: 1200, historyFrames: 64, seed: 1 },
 *     },
 *   },
 * );
 * // What he saw left the server 40 ms before, and his command took as long to get there.
 * assert.equal(views!.get(0)!.viewFrame, 11);
 * ```
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
