import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { namedRuns } from "../report/run_name.ts";
import type { RunReport } from "../report/run_report.ts";
import { FIGURE_DEFAULTS, type FigureOptions } from "../report/run_settings.ts";
import type { WindowRow } from "../report/window_row.ts";
import type { RunMoments } from "../moments/run_moments.ts";
import { momentBounds } from "../moments/kept_seconds.ts";
import { RunMeter } from "./run_meter.ts";
import { framesOfRuns, sentFramesOf } from "./sent_frames.ts";
import { withNextTime } from "./with_next_time.ts";

/** Who is told on the way, and what is measured. */
export interface MeasureOptions extends Partial<FigureOptions> {
  /** Told of the number of recorded frames that all runs have taken in. */
  readonly onProgress?: (frames: number) => void;
  /** Told of every recorded frame, before any run takes it in. */
  readonly onFrame?: (frame: Snapshot) => void;
  /**
   * Told of every consumer's bytes in every second, in order of the second, runs taking turns,
   * consumers ascending in each; a run's rows end where its decode fails.
   */
  readonly onWindowRow?: (row: WindowRow) => void;
  /**
   * Told of what each run is made of second by second, when it is over; nothing of it is kept unless
   * somebody listens.
   *
   * @param run index of the run
   */
  readonly onMoments?: (run: number, moments: RunMoments) => void;
  /** Ids that the game gave to its entities, as they are known at the end; default each is its own. */
  readonly names?: ReadonlyEntityNames;
}

/**
 * Sends recorded frames through every run in one pass and reports what each cost and broke.
 *
 * @param layout layout of the snapshots
 * @param frames snapshots in order of frame; none may change after it was handed out
 * @param runs what to run, side by side
 * @throws {RangeError} for an option outside its range
 * @throws {UnsendableError} when a wire schema names what was not recorded, or a value is outside the
 *   range of its wire type
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
  options: MeasureOptions = {},
): Promise<RunReport[]> {
  const { names, onFrame, onMoments, onProgress, onWindowRow } = options;
  const figures = { ...FIGURE_DEFAULTS, ...definedOnly(options) };
  const named = namedRuns(runs, figures);
  const sent = sentFramesOf(layout, runs);
  const bounds = momentBounds(runs.length);
  const meters = runs.map((run, i) =>
    new RunMeter(layout, sent[i]!.layout, run, named[i]!.name, figures, {
      names,
      onWindowRow,
      ...(onMoments === undefined ? {} : { bounds, onMoments: (of) => onMoments(i, of) }),
    })
  );
  const framesOf = framesOfRuns(sent);
  let count = 0;
  for await (const [frame, nextMs] of withNextTime(frames)) {
    onFrame?.(frame);
    const taken = framesOf(frame);
    for (const [i, meter] of meters.entries()) meter.step(frame, taken[i]!, nextMs);
    onProgress?.(++count);
  }
  return meters.map((meter) => meter.finish());
}

function definedOnly({ figures, freezeMs, interpMs }: MeasureOptions): Partial<FigureOptions> {
  return {
    ...(figures === undefined ? {} : { figures }),
    ...(freezeMs === undefined ? {} : { freezeMs }),
    ...(interpMs === undefined ? {} : { interpMs }),
  };
}
