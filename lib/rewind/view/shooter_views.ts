import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { ConsumerViews } from "../../replication/consumer_views.ts";
import { PLAIN_IDS } from "../ids/entity_ids.ts";
import { KindFields } from "../past/kind_fields.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import type { ShooterView } from "../verdict/shooter_view.ts";
import { ShooterClient } from "./shooter_client.ts";
import type { ShooterViewOptions } from "./shooter_view_options.ts";

/** What {@linkcode shooterViews} found. */
export interface ShooterViews {
  /** View of each shot by its index; a shot before anything arrived has none. */
  readonly views: ReadonlyMap<number, ShooterView>;
  /** What the decode contradicted; with a fault no view can be trusted. */
  readonly fault: string | undefined;
}

/**
 * What every shooter had on its screen when it fired, from a simulated network.
 *
 * Each shooter is a consumer of the recorded stream. A shot is decided at its time; the command took
 * the delay of the up link to get there, so the client fired that much earlier. At that time it had
 * applied packets up to some newest frame; it showed the time of that frame less its interpolation
 * delay, between the two applied frames around it, the earlier one as it is over a
 * teleport. It never extrapolates, and its clock stands between packets: what is owed
 * for such a view is `up + wait for the frame + down + interpolation`, to the microsecond.
 *
 * @param layout layout of the frames
 * @param frames the recording's snapshots in order
 * @param source the same frames as poses
 * @throws {RangeError} for an option of the run outside its range
 */
export async function shooterViews(
  layout: SnapshotLayout,
  frames: AsyncIterable<Snapshot> | Iterable<Snapshot>,
  source: PoseSource,
  shots: readonly Shot[],
  model: HitModel,
  options: ShooterViewOptions,
): Promise<ShooterViews> {
  const { ids = PLAIN_IDS } = source;
  const clientOf = (shot: Shot) => ids.subjectOf(shot.shooter);
  const shooters = [...new Set(shots.map(clientOf))].sort((a, b) => a - b);
  const views = new Map<number, ShooterView>();
  if (shooters.length === 0) return { views, fault: undefined };
  const fields = new KindFields(layout, model, ids);
  const run = new ConsumerViews(
    layout,
    { ...options.run, consumers: shooters.length },
    (consumer, arrivalUs, held) => clients[consumer]!.apply(arrivalUs, held),
  );
  const clients = shooters.map((shooter, consumer) => {
    const fired = shots.filter((shot) => clientOf(shot) === shooter)
      .map((shot) => ({ shot, fireUs: Math.round(shot.timeMs * 1000) - run.commandUs(consumer) }))
      .sort((a, b) => a.fireUs - b.fireUs);
    return new ShooterClient(fired, fields, { model, source, options, views });
  });
  for await (const frame of frames) {
    run.step(frame);
    const nowUs = Math.round(frame.timeMs * 1000);
    for (const client of clients) client.look(nowUs);
  }
  run.finish();
  for (const client of clients) client.look(Infinity);
  return { views, fault: run.fault };
}
