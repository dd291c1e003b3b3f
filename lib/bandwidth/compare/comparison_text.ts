import { styleText } from "node:util";
import { compareReports, type FigureChange, shownName } from "./compare_reports.ts";
import type { ReportFigures } from "../report/read_report.ts";
import { shortNumber } from "../report/run_figures.ts";
import { COLUMNS, proseCells, wrapped } from "../report/table_text.ts";

/**
 * What changed from one report to another as lines of text: a heading a run, under it every figure
 * that changed, above all what makes them hard to compare. Runs are matched as
 * {@linkcode compareReports} does it.
 *
 * @param before an older report, which {@linkcode readReport} reads
 * @param after a report
 * @param options `isColored` paints what became cheaper green and what became dearer red; `columns`
 *   that lines have at most, 60 or more (80)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { comparisonText } from "@hindcast/hindcast/report";
 *
 * const report = { recording: "duel.mcap", seed: 1, runs: [] };
 * const text = comparisonText(report, { ...report, recording: "arena.mcap" }, { isColored: false });
 * assert.equal(text, "warning: recordings differ: duel.mcap before, arena.mcap now\nno run is in both reports\n");
 * ```
 */
export function comparisonText(
  before: ReportFigures,
  after: ReportFigures,
  options: { readonly isColored: boolean; readonly columns?: number },
): string {
  const comparison = compareReports(before, after);
  const cells = proseCells(options.columns ?? COLUMNS);
  const paint = (style: "bold" | "dim" | "green" | "red" | "yellow", text: string) =>
    options.isColored ? styleText(style, text, { validateStream: false }) : text;
  const unlike = comparison.differences.map(({ what, before, after }) =>
    `${shownName(what)} differs: ${shownName(before)} before, ${shownName(after)} now`
  );
  const told = (style: Parameters<typeof paint>[0], text: string) =>
    plain(text).map((line) => paint(style, line));
  const plain = (text: string) =>
    wrapped(text, cells - INDENT.length).map((line, i) => (i === 0 ? "" : INDENT) + line);
  const lines = [...comparison.warnings, ...unlike].flatMap((text) =>
    told("yellow", `warning: ${text}`)
  );
  for (const { name, notVerified, figures } of comparison.runs) {
    lines.push(...told("bold", shownName(name)));
    if (notVerified !== undefined) {
      lines.push(
        ...wrapped(`not verified (${notVerified}): nothing to compare`, cells - 2)
          .map((line) => paint("red", `  ${line}`)),
      );
    } else if (figures.length === 0) lines.push("  no change");
    const width = Math.max(...figures.map(({ figure }) => named(figure).length)) + 1;
    for (const change of figures) {
      const text = changeLine(change, width);
      const color = change.after < change.before ? "green" : "red";
      lines.push(change.isCost ? paint(color, text) : text);
    }
  }
  for (const name of comparison.missing) lines.push(...plain(`only before: ${shownName(name)}`));
  for (const name of comparison.added) lines.push(...plain(`only now: ${shownName(name)}`));
  if (comparison.runs.length === 0) lines.push("no run is in both reports");
  return `${lines.join("\n")}\n`;
}

function changeLine({ figure, before, after, change }: FigureChange, width: number): string {
  const values = `${shortNumber(before).padStart(8)} -> ${shortNumber(after).padEnd(8)}`;
  return `  ${named(figure).padEnd(width)}${values} ${changeText(change)}`.trimEnd();
}

/** Units of figures whose names have none, by the start of the name. */
const UNITS: readonly (readonly [start: string, unit: string])[] = [
  ["bytes ", "a packet"],
  ["baseline age ", "frames"],
  ["heal ", "frames"],
  ["staleness ", "frames"],
  ["position error ", "units"],
];

function named(figure: string): string {
  const unit = UNITS.find(([start]) => figure.startsWith(start))?.[1];
  return unit === undefined ? figure : `${figure} ${unit}`;
}

/** Before lines that go on. */
const INDENT = "  ";

/** Times from which on it does not matter how many. */
const TIMES_MAX = 1000;

/** `-18 %`; one decimal below 10, since a percent more or less is then most of it. */
function changeText(change: number | undefined): string {
  if (change === undefined) return "";
  if (change >= TIMES_MAX) return `over ${TIMES_MAX} times`;
  const percent = change * 100;
  const digits = Math.abs(percent) < 10 ? 1 : 0;
  return `${percent > 0 ? "+" : "-"}${Math.abs(percent).toFixed(digits)} %`;
}
