import type { OptionNaming } from "../../core/remedy.ts";
import { visibleText } from "../../core/visible_text.ts";
import { costList } from "./cost_list.ts";
import { entityList, kindList } from "./dearest_lists.ts";
import { findingLines } from "./table/finding_lines.ts";
import type { BandwidthReport, RunReport } from "./run_report.ts";
import { recordedText } from "./recorded_text.ts";
import { egressText } from "./run_figures.ts";
import { seedsText, sharedSettings } from "./setting_text.ts";
import { runTable } from "./run_table.ts";
import { seenTable } from "./seen_table.ts";
import { COLORED, COLUMNS_MAX, type Paint, PLAIN, wrapped } from "./table_text.ts";
import { cutCells } from "./text_width.ts";

/**
 * The report for a terminal of 100 columns: what stands out, one line a run with the best and the
 * worst of each column marked, another with what the player sees, then where the bytes go, as bars,
 * and which kinds and entities are dear. A run that is not verified has its fault in the place of
 * its figures.
 *
 * @param options `isColored` for colours; whether the terminal wants them is the caller's to know;
 *   `nameOf` for what options are called where the table is read, as the library does unless given
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
  { isColored, nameOf = (key) => key }: {
    readonly isColored: boolean;
    readonly nameOf?: OptionNaming;
  },
): string {
  const paint = isColored ? COLORED : PLAIN;
  const runs = report.runs.filter((run) => run.verified);
  const head = [
    title(report, paint),
    ...settingLines(report),
    ...recordedLines(report),
    ...(runs.length === 0 ? [] : [`egress  ${egressText(runs)}, all consumers`]),
  ];
  const parts = [head.join("\n")];
  const { findings } = report;
  if (findings !== undefined) parts.push(findingLines(findings, report.runs.length, paint));
  if (report.runs.length > 0) parts.push(runTable(report.runs, paint));
  const seen = seenTable(runs, paint, nameOf);
  if (seen !== "") parts.push(seen);
  const faults = report.runs.filter((run) => !run.verified);
  if (faults.length > 0) parts.push(faultList(faults, paint));
  for (const list of [costList, kindList, entityList]) {
    const text = list(runs, paint);
    if (text !== "") parts.push(text);
  }
  return `${parts.join("\n\n")}\n`;
}

function title({ recording, seed, runs }: BandwidthReport, paint: Paint): string {
  const facts = [seedsText(seed, runs), `${runs.length} ${runs.length === 1 ? "run" : "runs"}`];
  const consumers = new Set(runs.map((run) => run.consumers));
  const [count] = consumers;
  if (consumers.size === 1) facts.push(`${count} consumer${count === 1 ? "" : "s"}`);
  return `${paint("bold", visibleText(recording, 60))}  ${facts.join(" · ")}`;
}

/** What all runs have in common and nobody has where nothing is said. */
function settingLines({ runs }: BandwidthReport): string[] {
  const shared = sharedSettings(runs).map((text) => visibleText(text, COLUMNS_MAX));
  return shared.length === 0 ? [] : wrapped(`settings  ${shared.join(" · ")}`, COLUMNS_MAX);
}

/** What the recording said itself, so that no option had to. */
function recordedLines({ recorded }: BandwidthReport): string[] {
  if (recorded === undefined) return [];
  return wrapped(`recorded  ${recordedText(recorded)}`, COLUMNS_MAX);
}

function faultList(runs: readonly RunReport[], paint: Paint): string {
  return runs.map((run) => {
    const name = cutCells(visibleText(run.name, 1000), COLUMNS_MAX - 14);
    const fault = visibleText(run.fault ?? "its decode disagrees", 1000);
    return [paint("red", `not verified: ${name}`), ...wrapped(fault, COLUMNS_MAX - 2)].join("\n  ");
  }).join("\n");
}
