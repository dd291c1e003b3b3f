import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { RunReport } from "../report/run_report.ts";
import { type FigureOptions, settingsOf } from "../report/run_settings.ts";
import type { WindowRow } from "../report/window_row.ts";
import { RunSeconds } from "../seconds/run_seconds.ts";
import { withSeen } from "../seconds/seen_series.ts";
import { DrawnMeter } from "../drawn/drawn_meter.ts";
import { SeenMeter } from "../seen/seen_meter.ts";
import { BandwidthMeter } from "./bandwidth_meter.ts";
import { RunLog } from "./run_log.ts";
import { windowRows } from "./window_rows.ts";

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
  readonly #run: ReplicationRun;

  /**
   * Run at its start.
   *
   * @param recorded layout of the recorded frames
   * @param sent layout of the frames as they are sent
   * @param onWindowRow told of each consumer's bytes in each second
   */
  constructor(
    recorded: SnapshotLayout,
    sent: SnapshotLayout,
    options: RunOptions,
    name: string,
    figures: FigureOptions,
    onWindowRow: ((row: WindowRow) => void) | undefined,
  ) {
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
    const seen = figures.figures === "all"
      ? new SeenMeter(options.consumers, figures, seconds)
      : undefined;
    const heldBy = (consumer: number) => run.heldBy(consumer);
    const drawn = seen && new DrawnMeter(recorded, sent, options, figures, heldBy, seconds);
    const log = seen && drawn ? new RunLog(cost, seen, drawn) : cost;
    const run: ReplicationRun = new ReplicationRun(sent, options, log);
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

  /**
   * Lets everything arrive that is on its way; the figures. Call it once.
   *
   * @param names ids that the game gave to its entities; default each is its own
   */
  finish(names?: ReadonlyEntityNames): RunReport {
    this.#seen?.end();
    this.#run.finish();
    const settings = settingsOf(this.#options, this.#figures);
    const cost = this.#cost.report(this.#run, this.#name, settings, names);
    const seen = { ...this.#seen?.figures(), ...this.#drawn?.figures(names) };
    return { ...cost, series: withSeen(cost.series, this.#seconds), ...seen };
  }
}
