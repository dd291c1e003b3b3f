import { type MainFigure, shownFigures } from "./run_figures.ts";
import type { RunReport } from "./run_report.ts";
import { markedTable } from "./table/marked_table.ts";
import { COLUMNS, type Paint, titleLines } from "./table_text.ts";

const SHOWN: ReadonlySet<string> = new Set([
  "bytes mean",
  "bytes p99",
  "bytes max",
  "kbps mean",
  "kbps p95",
  "packets lost %",
  "packets late %",
  "packets keyframes",
  "baseline age p99",
  "wrong field-frames",
  "heal p50",
  "heal p99",
  "staleness p99",
]);
/** Headings of two lines, by figure. */
const HEADINGS: Readonly<Record<string, string>> = {
  "packets lost %": "lost\n%",
  "packets late %": "late\n%",
  "packets keyframes": "key-\nframes",
  "baseline age p99": "age\np99",
  "wrong field-frames": "wrong\nfields",
  "staleness p99": "stale\np99",
};

/** What runs cost and break: a line a run, the best and the worst of each column marked. */
export function runTable(
  runs: readonly RunReport[],
  paint: Paint,
  cells: number = COLUMNS,
): string {
  const columns = shownFigures(runs).filter(({ name }) => SHOWN.has(name))
    .map((figure) => ({ figure, heading: heading(figure) }));
  const hasStale = columns.some(({ figure }) => figure.group === "staleness");
  const frames = hasStale ? "age, heal, stale in frames" : "age, heal in frames";
  const units = ["bytes a packet", "kbps a consumer", frames];
  return [
    ...titleLines("what it costs and breaks", units, cells, paint),
    markedTable(columns, runs, paint, cells),
  ].join("\n");
}

function heading({ name, group, label }: MainFigure): string {
  return HEADINGS[name] ?? `${group}\n${label}`;
}
