import type { RunFigures } from "./read_report.ts";

/** One of the main figures of a run. */
export interface MainFigure {
  /** Name of the figure, with its unit where it is none of frames. */
  readonly name: string;
  /** What it is part of, for a heading above several. */
  readonly group: string;
  /** Name within its group. */
  readonly label: string;
  /** True when less is better; false when the network decides it, not the run. */
  readonly isCost: boolean;
  /** The figure, from a report; NaN where an older one lacks it. */
  readonly value: (run: RunFigures) => number;
}

const STALENESS = "staleness";

/** The main figures in the order in which every table shows them. */
export const MAIN_FIGURES: readonly MainFigure[] = [
  figure("bytes", "mean", true, (run) => run.bytesPerFrame.mean),
  figure("bytes", "p50", true, (run) => run.bytesPerFrame.p50),
  figure("bytes", "p99", true, (run) => run.bytesPerFrame.p99),
  figure("bytes", "max", true, (run) => run.bytesPerFrame.max),
  figure("kbps", "mean", true, (run) => run.kbps.mean),
  figure("kbps", "p95", true, (run) => run.kbps.p95),
  figure("kbps", "max", true, (run) => run.kbps.max),
  figure("packets", "lost %", false, (run) => percent(run.lost, run.packets)),
  figure("packets", "late %", false, (run) => percent(run.late ?? NaN, run.packets)),
  figure("packets", "keyframes", true, (run) => run.keyframes),
  figure("baseline age", "p50", false, (run) => run.baselineAgeFrames.p50),
  figure("baseline age", "p99", false, (run) => run.baselineAgeFrames.p99),
  figure("wrong", "field-frames", true, (run) => run.divergence.wrongFieldFrames),
  figure("wrong", "%", true, (run) => threeOf((run.divergence.wrongShare ?? NaN) * 100)),
  figure("heal", "p50", true, (run) => run.healFrames.p50),
  figure("heal", "p99", true, (run) => run.healFrames.p99),
  figure("heal", "max", true, (run) => run.healFrames.max),
  figure(STALENESS, "p50", true, (run) => run.stalenessFrames?.p50 ?? 0),
  figure(STALENESS, "p99", true, (run) => run.stalenessFrames?.p99 ?? 0),
];

/** The main figures that say something: nothing is stale where no run has a budget. */
export function shownFigures(runs: readonly RunFigures[]): readonly MainFigure[] {
  const isBudgeted = runs.some((run) => run.verified && (run.stalenessFrames?.max ?? 0) > 0);
  return MAIN_FIGURES.filter(({ group }) => isBudgeted || group !== STALENESS);
}

/** Where a run stands among all. */
export type Standing = "best" | "worst" | undefined;

/**
 * Where each run stands in a figure: the least is best, the greatest worst; nobody is anything
 * where all are alike, where less is not better, or where a run is not verified.
 */
export function standings(figure: MainFigure, runs: readonly RunFigures[]): Standing[] {
  const values = runs.filter((run) => run.verified).map(figure.value);
  const best = Math.min(...values);
  const worst = Math.max(...values);
  if (!figure.isCost || best === worst) return runs.map(() => undefined);
  return runs.map((run) => {
    const value = run.verified ? figure.value(run) : NaN;
    return value === best ? "best" : value === worst ? "worst" : undefined;
  });
}

/** A figure in few characters: 3 significant digits or more, with k, M, G above 99 999. */
export function shortNumber(value: number): string {
  for (const [unit, letter] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]] as const) {
    if (Math.abs(value) >= 1e5 && Math.abs(value) >= unit) {
      return `${threeDigits(value / unit)}${letter}`;
    }
  }
  return Number.isInteger(value) ? String(value) : threeDigits(value);
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size < 10 ? 2 : size < 1000 ? 1 : 0);
}

/** Three digits that say something, however small. */
function threeOf(value: number): number {
  return Number(value.toPrecision(3));
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}

function figure(
  group: string,
  label: string,
  isCost: boolean,
  value: MainFigure["value"],
): MainFigure {
  return { name: `${group} ${label}`, group, label, isCost, value };
}
