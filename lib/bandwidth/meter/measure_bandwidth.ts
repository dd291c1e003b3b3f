import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { BandwidthMeter } from "./bandwidth_meter.ts";
import type { RunReport } from "../report/run_report.ts";
import type { WindowRow } from "../report/window_row.ts";
import { windowRows } from "./window_rows.ts";

/**
 * Sends recorded frames through every run in one pass and reports what each cost and broke.
 *
 * @param layout layout of the snapshots
 * @param frames snapshots in order of frame; none may change after it was handed out
 * @param runs what to run, side by side
 * @param listeners who is told on the way: of the number of recorded frames that all runs have taken
 *   in, and of every consumer's bytes in every second, in order of the second, runs taking turns,
 *   consumers ascending in each; a run's rows end where its decode fails
 * @throws {RangeError} for an option outside its range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseNetSpec } from "@hindcast/hindcast/net";
 * import { measureBandwidth, RUN_DEFAULTS } from "@hindcast/hindcast/report";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "ship", fields: [{ name: "x", type: "i16" }] }],
 * });
 * const frames = Array.from({ length: 40 }, (_, frame) =>
 *   Snapshot.of(layout, {
 *     frame,
 *     timeMs: frame * 50,
 *     entities: [{ id: 1, kind: "ship", fields: { x: frame } }],
 *   }));
 * const net = parseNetSpec("delay=60,loss=10%");
 * const [run] = await measureBandwidth(layout, frames, [{ ...RUN_DEFAULTS, net }]);
 * assert.ok(run?.verified);
 * assert.equal(run.delivered + run.lost, 40);
 * assert.equal(run.divergence.wrongFieldFrames, 0); // "strict" never shows a wrong field
 * ```
 */
export async function measureBandwidth(
  layout: SnapshotLayout,
  frames: AsyncIterable<Snapshot> | Iterable<Snapshot>,
  runs: readonly RunOptions[],
  listeners: {
    readonly onProgress?: (frames: number) => void;
    readonly onWindowRow?: (row: WindowRow) => void;
  } = {},
): Promise<RunReport[]> {
  const { onProgress, onWindowRow } = listeners;
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
  onWindowRow: ((row: WindowRow) => void) | undefined,
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
