import type { Snapshot, SnapshotLayout } from "../../core/state/snapshot.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { BandwidthMeter } from "./bandwidth_meter.ts";
import type { RunReport } from "../report/run_report.ts";
import type { OnWindowRow } from "../report/window_row.ts";
import { windowRows } from "./window_rows.ts";

/** Told of progress: recorded frames that all runs have taken in. */
export type OnProgress = (frames: number) => void;

/** Who is told of what while {@linkcode measureBandwidth} works. */
export interface MeasureListeners {
  /** Told of progress. */
  readonly onProgress?: OnProgress;
  /** Told of every consumer's bytes in every second. A run's rows end where its decode fails. */
  readonly onWindowRow?: OnWindowRow;
}

/**
 * Sends recorded frames through every run in one pass and reports what each cost and broke.
 *
 * @param layout layout of the snapshots
 * @param frames snapshots in order of frame; none may change after it was handed out
 * @param runs what to run, side by side
 * @param listeners who is told on the way; a function is told of progress
 * @throws {RangeError} for an option outside its range
 */
export async function measureBandwidth(
  layout: SnapshotLayout,
  frames: AsyncIterable<Snapshot> | Iterable<Snapshot>,
  runs: readonly RunOptions[],
  listeners: OnProgress | MeasureListeners = {},
): Promise<RunReport[]> {
  const { onProgress, onWindowRow } = typeof listeners === "function"
    ? { onProgress: listeners, onWindowRow: undefined }
    : listeners;
  const pairs = runs.map((options) => startRun(layout, options, onWindowRow));
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

function startRun(
  layout: SnapshotLayout,
  options: RunOptions,
  onWindowRow: OnWindowRow | undefined,
): { meter: BandwidthMeter; run: ReplicationRun } {
  const rowOf = windowRows(options);
  const meter = new BandwidthMeter(
    layout,
    options,
    onWindowRow && ((...window) => {
      if (run.fault === undefined) onWindowRow(rowOf(...window));
    }),
  );
  const run = new ReplicationRun(layout, options, meter);
  return { meter, run };
}
