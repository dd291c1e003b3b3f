import { visibleText } from "../../core/visible_text.ts";
import type { ReportFigures, RunFigures } from "../report/read_report.ts";
import { MAIN_FIGURES, positionKinds, shownValue } from "../report/run_figures.ts";
import { matchRuns } from "./match_runs.ts";
import {
  type ComparedRun,
  runDifferences,
  saidSettings,
  type SettingDifference,
  settingsIn,
  unsaidSettings,
} from "./setting_differences.ts";

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
  /** Settings, frames and duration that differ between runs that are compared; each once. */
  readonly differences: readonly SettingDifference[];
  /** What else makes the two hard to compare; empty when nothing does. */
  readonly warnings: readonly string[];
  /** Runs that both have, in the order of the new report. */
  readonly runs: readonly RunChange[];
  /** Runs that only the old report has. */
  readonly missing: readonly string[];
  /** Runs that only the new report has. */
  readonly added: readonly string[];
}

/**
 * Differences between two reports. Runs are matched by their settings, else by name, else, where that
 * leaves nothing, by policy, codec and network; where that is several, the first with the first.
 */
export function compareReports(before: ReportFigures, after: ReportFigures): ReportComparison {
  const { added, missing, pairs } = matchRuns(before.runs, after.runs);
  const warnings = new Set<string>();
  warnIfDifferent(warnings, "recordings", before.recording, after.recording);
  for (const [old, run] of pairs) {
    const kinds = [old, run].map((of) => of.verified ? positionKinds(of).join(", ") : "");
    if (!kinds.includes("")) {
      warnIfDifferent(warnings, "kinds whose position errors are compared", kinds[0], kinds[1]);
    }
    if (settingsIn(old) !== undefined && settingsIn(run) !== undefined) {
      const unsaid = unsaidSettings(old, run);
      if (unsaid.length > 0) {
        warnings.add(
          `only one of the reports says ${shownName(unsaid.join(", "))}: they may differ`,
        );
      }
      continue;
    }
    warnings.add("a report of an older version does not say all settings: others may differ");
  }
  return {
    differences: reportDifferences(before, after),
    warnings: [...warnings],
    runs: pairs.map(([old, run]) => compareRuns(old, run)),
    missing: missing.map(({ name }) => name),
    added: added.map(({ name }) => name),
  };
}

/**
 * Settings that differ between the runs that two reports have in common, each once, and frames and
 * duration of their recordings. A report may also be one that is planned, which has no figures yet.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { FIGURE_DEFAULTS, namedRuns, RUN_DEFAULTS } from "@hindcast/hindcast/report";
 * import { reportDifferences } from "@hindcast/hindcast/report";
 *
 * const planned = (historyFrames: number) =>
 *   ({ runs: namedRuns([{ ...RUN_DEFAULTS, historyFrames }], FIGURE_DEFAULTS) });
 * assert.deepEqual(reportDifferences(planned(64), planned(128)), [
 *   { what: "history", before: "64", after: "128" },
 * ]);
 * ```
 */
export function reportDifferences(
  before: { readonly runs: readonly ComparedRun[]; readonly seed?: number },
  after: { readonly runs: readonly ComparedRun[]; readonly seed?: number },
): SettingDifference[] {
  const differences = new Map<string, SettingDifference>();
  for (const [old, run] of matchRuns(before.runs, after.runs).pairs) {
    const [said, now] = [saidSettings(old, before.seed), saidSettings(run, after.seed)];
    for (const difference of runDifferences([old, said], [run, now])) {
      differences.set(JSON.stringify(difference), difference);
    }
  }
  return [...differences.values()];
}

function compareRuns(before: RunFigures, after: RunFigures): RunChange {
  const { name } = after;
  if (!before.verified || !after.verified) {
    const notVerified = before.verified ? "after" : after.verified ? "before" : "both";
    return { name, notVerified, figures: [] };
  }
  const figures = MAIN_FIGURES.map((main) => {
    const { isCost } = main;
    const pair = {
      figure: main.name,
      before: shownValue(main, before),
      after: shownValue(main, after),
    };
    return pair.before === 0
      ? { ...pair, isCost }
      : { ...pair, change: (pair.after - pair.before) / pair.before, isCost };
  });
  // What one of the two does not have, or does not show, is NaN.
  const isChange = (figure: FigureChange) =>
    figure.before !== figure.after && Number.isFinite(figure.before) &&
    Number.isFinite(figure.after);
  return { name, figures: figures.filter(isChange) };
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
