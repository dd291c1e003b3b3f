import type { Snapshot, SnapshotLayout } from "../core/snapshot.ts";
import { ReplicationRun } from "../replication/replication_run.ts";
import type { RunOptions } from "../replication/run_options.ts";
import { BandwidthMeter } from "./bandwidth_meter.ts";
import type { RunReport } from "./run_report.ts";

/** Told of progress: recorded frames that all runs have taken in. */
export type OnProgress = (frames: number) => void;

/**
 * Sends recorded frames through every run in one pass and reports what each cost and broke.
 *
 * @param layout layout of the snapshots
 * @param frames snapshots in order of frame; none may change after it was handed out
 * @param runs what to run, side by side
 * @throws {RangeError} for an option outside its range
 */
export async function measureBandwidth(
  layout: SnapshotLayout,
  frames: AsyncIterable<Snapshot> | Iterable<Snapshot>,
  runs: readonly RunOptions[],
  onProgress?: OnProgress,
): Promise<RunReport[]> {
  const pairs = runs.map((options) => {
    const meter = new BandwidthMeter(layout, options);
    return { meter, run: new ReplicationRun(layout, options, meter) };
  });
  let count = 0;
  for await (const frame of frames) {
    for (const { run } of pairs) run.step(frame);
    onProgress?.(++count);
  }
  return pairs.map(({ meter, run }) => {
    run.finish();
    return meter.report(run);
  });
}
