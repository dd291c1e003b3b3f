import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { RunReport } from "../report/run_report.ts";
import { type FigureOptions, settingsOf } from "../report/run_settings.ts";
import type { WindowRow } from "../report/window_row.ts";
import type { MomentBounds } from "../moments/kept_seconds.ts";
import { MomentMeter } from "../moments/moment_meter.ts";
import type { RunMoments } from "../moments/run_moments.ts";
import { RunSeconds } from "../seconds/run_seconds.ts";
import { withSeen } from "../seconds/seen_series.ts";
import { DrawnMeter } from "../drawn/drawn_meter.ts";
import { SeenMeter } from "../seen/seen_meter.ts";
import { BandwidthMeter } from "./bandwidth_meter.ts";
import { MomentsLog } from "./moments_log.ts";
import { RunLog } from "./run_log.ts";
import { windowRows } from "./window_rows.ts";

/** What a run is told and tells beside its report. */
export interface RunListening {
  /** Ids that the game gave to its entities; default each is its own. */
  readonly names: ReadonlyEntityNames | undefined;
  /** Told of each consumer's bytes in each second. */
  readonly onWindowRow: ((row: WindowRow) => void) | undefined;
  /** Told of what the run is made of when it is over, within bounds. */
  readonly onMoments?: (moments: RunMoments) => void;
  readonly bounds?: MomentBounds;
}

/** One run with all that is measured of it. */
export class RunMeter {
  readonly #name: string;
  readonly #options: RunOptions;
  readonly #figures: FigureOptions;
  readonly #cost: BandwidthMeter;
  /** What the player sees; undefined where only the cost was asked for. */
  readonly #seen: SeenMeter | undefined;
  /** How far off that is; likewise. */
  readonly #drawn: DrawnMeter | undefined;
  readonly #seconds: RunSeconds = new RunSeconds();
  readonly #listening: RunListening;
  /** What the run is made of; undefined where nobody listens. */
  readonly #moments: MomentMeter | undefined;
  readonly #run: ReplicationRun;

  /**
   * Run at its start.
   *
   * @param recorded layout of the recorded frames
   * @param sent layout of the frames as they are sent
   */
  constructor(
    recorded: SnapshotLayout,
    sent: SnapshotLayout,
    options: RunOptions,
    name: string,
    figures: FigureOptions,
    listening: RunListening,
  ) {
    const { bounds, names, onMoments, onWindowRow } = listening;
    this.#name = name;
    this.#options = options;
    this.#figures = figures;
    const rowOf = windowRows(name, options);
    const cost = new BandwidthMeter(
      sent,
      options,
      onWindowRow && ((...window) => {
        if (run.fault === undefined) onWindowRow(rowOf(...window));
      }),
      this.#seconds,
    );
    const seconds = this.#seconds;
    const moments = onMoments && bounds &&
      new MomentMeter(sent, options.codec, seconds, bounds, names);
    const seen = figures.figures === "all"
      ? new SeenMeter(
        options.consumers,
        figures,
        seconds,
        moments && ((...freeze) => moments.froze(...freeze)),
      )
      : undefined;
    const heldBy = (consumer: number) => run.heldBy(consumer);
    const drawn = seen && new DrawnMeter(recorded, sent, options, figures, heldBy, seconds);
    const measured = seen && drawn ? new RunLog(cost, seen, drawn) : cost;
    const log = moments ? new MomentsLog(measured, moments) : measured;
    const run: ReplicationRun = new ReplicationRun(sent, options, log);
    this.#listening = listening;
    this.#moments = moments;
    this.#cost = cost;
    this.#seen = seen;
    this.#drawn = drawn;
    this.#run = run;
  }

  /**
   * Takes in the next frame, as it was recorded and as it is sent.
   *
   * @param nextMs time of the first frame after it at another time; undefined where there is none
   */
  step(recorded: Snapshot, sent: Snapshot, nextMs: number | undefined): void {
    const { framesSent } = this.#run;
    this.#run.step(sent, nextMs);
    this.#drawn?.take(recorded, sent, this.#run.framesSent > framesSent);
  }

  /** Lets everything arrive that is on its way; the figures. Call it once. */
  finish(): RunReport {
    const { names, onMoments } = this.#listening;
    this.#seen?.end();
    this.#run.finish();
    const settings = settingsOf(this.#options, this.#figures);
    const cost = this.#cost.report(this.#run, this.#name, settings, names);
    const seen = { ...this.#seen?.figures(), ...this.#drawn?.figures(names) };
    const series = withSeen(cost.series, this.#seconds);
    if (this.#moments !== undefined) onMoments?.(this.#moments.moments(series));
    return { ...cost, series, ...seen };
  }
}
