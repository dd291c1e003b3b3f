import type { ReportFigures, RunFigures } from "./read_report.ts";
import { MAIN_FIGURES } from "./run_figures.ts";
import { visibleText } from "../../core/visible_text.ts";

/** A figure before and after. */
export interface FigureChange {
  /** Figure, such as `bytes p99`. */
  readonly figure: string;
  /** Its value in the old report. */
  readonly before: number;
  /** Its value in the new report. */
  readonly after: number;
  /** Growth as a part of the old value: -0.18 is 18 % less; absent where the old value is 0. */
  readonly change?: number;
  /** True when less is better. */
  readonly isCost: boolean;
}

/** One run that both reports have. */
export interface RunChange {
  /** Name of the run. */
  readonly name: string;
  /** Which of the two is not verified, so that there is nothing to compare; absent when both are. */
  readonly notVerified?: "before" | "after" | "both";
  /** Every main figure that differs; empty when none does. */
  readonly figures: readonly FigureChange[];
}

/** Differences between two reports. */
export interface ReportComparison {
  /** What makes the two hard to compare, such as other seeds; empty when nothing does. */
  readonly warnings: readonly string[];
  /** Runs that both have, in the order of the new report. */
  readonly runs: readonly RunChange[];
  /** Runs that only the old report has. */
  readonly missing: readonly string[];
  /** Runs that only the new report has. */
  readonly added: readonly string[];
}

/**
 * Differences between two reports. Runs are matched by name; where a name occurs more than once,
 * the first is matched with the first.
 */
export function compareReports(before: ReportFigures, after: ReportFigures): ReportComparison {
  const waiting = new Map<string, ReportFigures["runs"][number][]>();
  for (const run of before.runs) {
    const same = waiting.get(run.name);
    if (same === undefined) waiting.set(run.name, [run]);
    else same.push(run);
  }
  const warnings = new Set<string>();
  warnIfDifferent(warnings, "recordings", before.recording, after.recording);
  warnIfDifferent(warnings, "seeds", before.seed, after.seed);
  const runs: RunChange[] = [];
  const added: string[] = [];
  for (const run of after.runs) {
    const old = waiting.get(run.name)?.shift();
    if (old === undefined) {
      added.push(run.name);
      continue;
    }
    if (old.verified && run.verified) {
      warnIfDifferent(warnings, "numbers of consumers", old.consumers, run.consumers);
      warnIfDifferent(warnings, "numbers of frames", old.frames, run.frames);
    }
    runs.push(compareRuns(old, run));
  }
  const missing = [...waiting.values()].flat().map((run) => run.name);
  return { warnings: [...warnings], runs, missing, added };
}

function compareRuns(before: RunFigures, after: RunFigures): RunChange {
  const { name } = after;
  if (!before.verified || !after.verified) {
    const notVerified = before.verified ? "after" : after.verified ? "before" : "both";
    return { name, notVerified, figures: [] };
  }
  const figures = MAIN_FIGURES.map(({ name: figure, isCost, value }) => {
    const pair = { figure, before: value(before), after: value(after) };
    return pair.before === 0
      ? { ...pair, isCost }
      : { ...pair, change: (pair.after - pair.before) / pair.before, isCost };
  });
  // What one of them lacks cannot be compared.
  const isKnown = (figure: FigureChange) => !Number.isNaN(figure.before + figure.after);
  return { name, figures: figures.filter((one) => isKnown(one) && one.before !== one.after) };
}

function warnIfDifferent<T>(warnings: Set<string>, what: string, before: T, after: T): void {
  if (before === after) return;
  const [old, now] = [before, after].map((value) => shownName(String(value)));
  warnings.add(`${what} differ: ${old} before, ${now} now`);
}

/** A text of a report, as one line may show it. */
export function shownName(text: string): string {
  return visibleText(text, 200);
}
