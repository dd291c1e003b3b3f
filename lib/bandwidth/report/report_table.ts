import { visibleText } from "../../core/visible_text.ts";
import { fieldBars } from "./field_bars.ts";
import type { BandwidthReport, RunReport } from "./run_report.ts";
import { recordedText } from "./recorded_text.ts";
import { runTable } from "./run_table.ts";
import { COLORED, COLUMNS_MAX, middleCut, type Paint, PLAIN } from "./table_text.ts";

/**
 * The report for a terminal of 100 columns: one line a run with the best and the worst of each
 * column marked, then the ten most expensive fields as bars. A run that is not verified has its
 * fault in the place of its figures.
 *
 * @param options `isColored` for colours; whether the terminal wants them is the caller's to know
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reportTable } from "@hindcast/hindcast/report";
 *
 * const report = { recording: "duel.mcap", seed: 1, runs: [] };
 * assert.equal(reportTable(report, { isColored: false }), "duel.mcap  seed 1 · 0 runs\n");
 * ```
 */
export function reportTable(
  report: BandwidthReport,
  { isColored }: { readonly isColored: boolean },
): string {
  const paint = isColored ? COLORED : PLAIN;
  const runs = report.runs.filter((run) => run.verified);
  const parts = [[title(report, paint), ...recordedLines(report)].join("\n")];
  if (report.runs.length > 0) parts.push(runTable(report.runs, paint));
  const faults = report.runs.filter((run) => !run.verified);
  if (faults.length > 0) parts.push(faultList(faults, paint));
  const bars = fieldBars(runs, paint);
  if (bars !== "") parts.push(bars);
  return `${parts.join("\n\n")}\n`;
}

function title({ recording, seed, runs }: BandwidthReport, paint: Paint): string {
  const facts = [`seed ${seed}`, `${runs.length} ${runs.length === 1 ? "run" : "runs"}`];
  const consumers = new Set(runs.map((run) => run.consumers));
  if (consumers.size === 1) facts.push(`${[...consumers][0]} consumers`);
  return `${paint("bold", visibleText(recording, 60))}  ${facts.join(" · ")}`;
}

/** What the recording said itself, so that no option had to. */
function recordedLines({ recorded }: BandwidthReport): string[] {
  if (recorded === undefined) return [];
  return wrapped(`recorded  ${recordedText(recorded)}`, COLUMNS_MAX);
}

function faultList(runs: readonly RunReport[], paint: Paint): string {
  return runs.map((run) => {
    const name = middleCut(visibleText(run.name, 1000), COLUMNS_MAX - 14);
    const fault = visibleText(run.fault ?? "its decode disagrees", 1000);
    return [paint("red", `not verified: ${name}`), ...wrapped(fault, COLUMNS_MAX - 2)].join("\n  ");
  }).join("\n");
}

function wrapped(text: string, width: number): string[] {
  const lines = text.match(new RegExp(`\\S.{0,${width - 1}}(?=\\s|$)|\\S{${width}}`, "gu"));
  return (lines ?? []).map((line) => line.trimEnd());
}
