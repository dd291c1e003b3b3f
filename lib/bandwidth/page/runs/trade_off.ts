import { isMostlyShown, MAIN_FIGURES, shownValue } from "../../report/run_figures.ts";
import type { RunReport } from "../../report/run_report.ts";

/** A figure of quality that bytes are weighed against; less is better. */
export interface TradeOffFigure {
  /** Name, without its unit. */
  readonly name: string;
  /** Unit of its values. */
  readonly unit: string;
  /** The figure of each run of the report; null where a run has none. */
  readonly values: readonly (number | null)[];
  /** False for runs that show so little that the figure says nothing of them. */
  readonly isCompared: readonly boolean[];
}

/** Cost and quality of each run of a report. */
export interface TradeOff {
  /** kbps of one connected consumer, mean; null of a run that is not verified. */
  readonly kbps: readonly (number | null)[];
  /** What it buys; empty where no figure tells runs apart. */
  readonly figures: readonly TradeOffFigure[];
}

/** Main figures that say what players see, and whether a run must show something to have one. */
const FIGURES: readonly (Pick<TradeOffFigure, "name" | "unit"> & {
  readonly main: string;
  readonly needsUpdates: boolean;
})[] = [
  { main: "state age p99 ms", name: "state age p99", unit: "ms", needsUpdates: true },
  {
    main: "position error p99",
    name: "position error p99",
    unit: "game units",
    needsUpdates: true,
  },
  { main: "freezes %", name: "time frozen", unit: "%", needsUpdates: false },
  { main: "wrong %", name: "wrong fields", unit: "%", needsUpdates: true },
];

/** What runs cost and what that buys; a figure that is alike in all verified runs is left out. */
export function tradeOff(runs: readonly RunReport[]): TradeOff {
  const figures = FIGURES.flatMap(({ main, name, needsUpdates, unit }): TradeOffFigure[] => {
    const figure = MAIN_FIGURES.find((other) => other.name === main);
    if (figure === undefined) return [];
    const values = runs.map((run) => run.verified ? finite(shownValue(figure, run)) : null);
    const there = values.filter((value) => value !== null);
    if (new Set(there).size < 2) return [];
    const isCompared = runs.map((run) => run.verified && (!needsUpdates || isMostlyShown(run)));
    return [{ name, unit, values, isCompared }];
  });
  return { kbps: runs.map((run) => run.verified ? run.kbps.mean : null), figures };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
