import type { ComparedRun, ReportFigures } from "../../lib/report.ts";
import { reportDifferences } from "../../lib/bandwidth/compare/compare_reports.ts";
import { matchRuns } from "../../lib/bandwidth/compare/match_runs.ts";
import { usageError } from "../exit_code.ts";
import type { ReportOptions } from "./options.ts";

/** Differences that a message of one line names. */
const DIFFERENCES_SHOWN = 6;

/** Characters of a value that it shows. */
const VALUE_LENGTH_MAX = 80;

/** Names of runs that it shows of each report. */
const RUNS_SHOWN = 3;

/**
 * Refuses to compare reports that have no run in common, or of which the one was made with other
 * settings.
 *
 * @throws {CommandError}
 */
export function refuseUnlike(
  old: ReportFigures,
  { runs }: { readonly runs: readonly ComparedRun[] },
  { anyway, compare }: ReportOptions,
): void {
  if (anyway === true) return;
  if (matchRuns(old.runs, runs).pairs.length === 0) {
    throw usageError(
      `Cannot compare with ${compare}: no run is in both reports, it has ${
        runsText(old.runs)
      } and now there is ${runsText(runs)}; make one alike, or list them with --anyway`,
    );
  }
  const differences = reportDifferences(old, { runs });
  if (differences.length === 0) return;
  const shown = differences.slice(0, DIFFERENCES_SHOWN).map(({ what, before, after }) =>
    `${cut(what)} is ${cut(before)} there and ${cut(after)} now`
  );
  const more = differences.length - shown.length;
  throw usageError(
    `Cannot compare with ${compare}: ${shown.join(", ")}${
      more === 0 ? "" : ` and ${more} more`
    }; make both alike, or compare them with --anyway`,
  );
}

function runsText(runs: readonly ComparedRun[]): string {
  if (runs.length === 0) return "none";
  const shown = runs.slice(0, RUNS_SHOWN).map(({ name }) => JSON.stringify(cut(name))).join(", ");
  return runs.length > RUNS_SHOWN ? `${shown} and ${runs.length - RUNS_SHOWN} more` : shown;
}

function cut(text: string): string {
  return text.length <= VALUE_LENGTH_MAX ? text : `${text.slice(0, VALUE_LENGTH_MAX)}…`;
}
