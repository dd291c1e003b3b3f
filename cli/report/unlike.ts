import type { ComparedRun, ReportFigures } from "../../lib/report.ts";
import { reportDifferences } from "../../lib/bandwidth/compare/compare_reports.ts";
import { usageError } from "../exit_code.ts";
import type { ReportOptions } from "./options.ts";

/** Differences that a message of one line names. */
const DIFFERENCES_SHOWN = 6;

/** Characters of a value that it shows. */
const VALUE_LENGTH_MAX = 80;

/** Refuses to compare reports of which the one was made with other settings. @throws {CommandError} */
export function refuseUnlike(
  old: ReportFigures,
  { runs }: { readonly runs: readonly ComparedRun[] },
  { anyway, compare }: ReportOptions,
): void {
  const differences = anyway === true ? [] : reportDifferences(old, { runs });
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

function cut(text: string): string {
  return text.length <= VALUE_LENGTH_MAX ? text : `${text.slice(0, VALUE_LENGTH_MAX)}…`;
}
