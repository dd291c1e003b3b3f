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
import { namesOfRuns } from "./table/short_names.ts";
import {
  COLORED,
  COLUMNS,
  labelledLines,
  type Paint,
  PLAIN,
  proseCells,
  titleLines,
  wrapped,
} from "./table_text.ts";
import { cutCells, headCells } from "./text_width.ts";

/**
 * The report for a terminal: what stands out, one line a run with the best and the
 * worst of each column marked, another with what the player sees, then where the bytes go, as bars,
 * and which kinds and entities are dear. A run that is not verified has its fault in the place of
 * its figures.
 *
 * @param options `isColored` for colours; whether the terminal wants them is the caller's to know;
 *   `nameOf` for what options are called where the table is read, as the library does unless given;
 *   `columns` that lines have at most, 60 or more (80)
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
  { isColored, nameOf = (key) => key, columns = COLUMNS }: {
    readonly isColored: boolean;
    readonly nameOf?: OptionNaming;
    readonly columns?: number;
  },
): string {
  const paint = isColored ? COLORED : PLAIN;
  const runs = report.runs.filter((run) => run.verified);
  const prose = proseCells(columns);
  const head = [
    ...headLines(report, paint, prose),
    ...nameLines(report, prose),
    ...settingLines(report, prose),
    ...recordedLines(report, prose),
    ...(runs.length === 0
      ? []
      : labelledLines("egress", `${egressText(runs)}, all consumers`, prose)),
  ];
  const parts = [head.join("\n")];
  const { findings } = report;
  if (findings !== undefined) {
    parts.push(findingLines(findings, report.runs.length, paint, columns));
  }
  if (report.runs.length > 0) parts.push(runTable(report.runs, paint, columns));
  const seen = seenTable(runs, paint, nameOf, columns);
  if (seen !== "") parts.push(seen);
  const faults = report.runs.filter((run) => !run.verified);
  if (faults.length > 0) parts.push(faultList(faults, paint, prose));
  for (const list of [costList, kindList, entityList]) {
    const text = list(runs, paint, columns);
    if (text !== "") parts.push(text);
  }
  return `${parts.join("\n\n")}\n`;
}

function headLines(
  { recording, seed, runs }: BandwidthReport,
  paint: Paint,
  cells: number,
): string[] {
  const facts = [seedsText(seed, runs), counted(runs.length, "run")];
  const consumers = new Set(runs.map((run) => run.consumers));
  if (consumers.size === 1) facts.push(counted([...consumers][0]!, "consumer"));
  return titleLines(headCells(visibleText(recording, 1000), cells), facts, cells, paint);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What the one run is called, or what the names of all have in common. */
function nameLines({ runs }: BandwidthReport, cells: number): string[] {
  const { shared } = namesOfRuns(runs);
  if (shared === "") return [];
  return labelledLines(runs.length === 1 ? "run" : "all runs", shared, cells);
}

/** What all runs have in common and nobody has where nothing is said. */
function settingLines({ runs }: BandwidthReport, cells: number): string[] {
  const shared = sharedSettings(runs).map((text) => visibleText(text, SETTING_LENGTH_MAX));
  return shared.length === 0 ? [] : labelledLines("settings", shared.join(" · "), cells);
}

const SETTING_LENGTH_MAX = 100;

/** What the recording said itself, so that no option had to. */
function recordedLines({ recorded }: BandwidthReport, cells: number): string[] {
  if (recorded === undefined) return [];
  return labelledLines("recorded", recordedText(recorded), cells);
}

function faultList(runs: readonly RunReport[], paint: Paint, cells: number): string {
  return runs.map((run) => {
    const name = cutCells(visibleText(run.name, 1000), cells - 14);
    const fault = visibleText(run.fault ?? "its decode disagrees", 1000);
    return [paint("red", `not verified: ${name}`), ...wrapped(fault, cells - 2)].join("\n  ");
  }).join("\n");
}
