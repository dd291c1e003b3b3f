import Table from "cli-table3";
import { styleText } from "node:util";
import { type MainFigure, shortNumber, shownFigures, standings } from "./run_figures.ts";
import type { BandwidthReport, RunReport } from "./run_report.ts";
import { visibleText } from "../../core/visible_text.ts";

/** How {@linkcode reportTable} writes. */
export interface TableOptions {
  /** True for colours; whether the terminal wants them is the caller's to know. */
  readonly isColored: boolean;
}

/**
 * The report for a terminal of 100 columns: one line a run with the best and the worst of each
 * column marked, then the ten most expensive fields as bars. A run that is not verified has its
 * fault in the place of its figures.
 */
export function reportTable(report: BandwidthReport, { isColored }: TableOptions): string {
  const paint: Paint = isColored
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
  const runs = report.runs.filter((run) => run.verified);
  const parts = [title(report, paint)];
  if (report.runs.length > 0) parts.push(runTable(report.runs, paint));
  const faults = report.runs.filter((run) => !run.verified);
  if (faults.length > 0) parts.push(faultList(faults, paint));
  const bars = fieldBars(runs, paint);
  if (bars !== "") parts.push(bars);
  return `${parts.join("\n\n")}\n`;
}

const COLUMNS_MAX = 100;
const NAME_MIN = 16;
const BAR_CELLS = 40;
const FIELDS_MAX = 10;
const SHOWN: ReadonlySet<string> = new Set([
  "bytes mean",
  "bytes p99",
  "bytes max",
  "kbps mean",
  "kbps p95",
  "packets lost %",
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
  "packets keyframes": "key-\nframes",
  "baseline age p99": "age\np99",
  "wrong field-frames": "wrong\nfields",
  "staleness p99": "stale\np99",
};
const NO_BORDER = {
  ...{ "top": "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ "bottom": "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ "left": "", "left-mid": "", "mid": "", "mid-mid": "" },
  ...{ "right": "", "right-mid": "", "middle": " " },
};

type Style = "bold" | "dim" | "green" | "red";
type Paint = (style: Style, text: string) => string;

function title({ recording, seed, runs }: BandwidthReport, paint: Paint): string {
  const facts = [`seed ${seed}`, `${runs.length} ${runs.length === 1 ? "run" : "runs"}`];
  const consumers = new Set(runs.map((run) => run.consumers));
  if (consumers.size === 1) facts.push(`${[...consumers][0]} consumers`);
  return `${paint("bold", visibleText(recording, 60))}  ${facts.join(" · ")}`;
}

function runTable(runs: readonly RunReport[], paint: Paint): string {
  const figures = shownFigures(runs).filter(({ name }) => SHOWN.has(name));
  const columns = figures.map((figure) => cells(figure, runs));
  const widths = figures.map((figure, i) =>
    Math.max(...heading(figure).split("\n").concat(columns[i]!).map((text) => text.length))
  );
  const rest = COLUMNS_MAX - widths.reduce((sum, width) => sum + width + 1, 0);
  const names = runs.map((run) => visibleText(run.name, 1000));
  const nameWidth = Math.min(Math.max(NAME_MIN, rest), Math.max(...names.map((n) => n.length)));
  const marks = figures.map((figure) => standings(figure, runs));
  const table = new Table({
    head: ["run", ...figures.map(heading)],
    chars: NO_BORDER,
    colAligns: ["left", ...figures.map(() => "right" as const)],
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
  });
  runs.forEach((run, place) => {
    const name = middleCut(names[place]!, nameWidth);
    if (!run.verified) {
      table.push([name, {
        content: paint("red", "not verified: no figures"),
        colSpan: figures.length,
        hAlign: "left",
      }]);
      return;
    }
    table.push([
      name,
      ...figures.map((_, i) => {
        const standing = marks[i]![place];
        const text = columns[i]![place]!;
        return standing === undefined ? text : paint(standing === "best" ? "green" : "red", text);
      }),
    ]);
  });
  const lines = table.toString().split("\n").map((line) => line.trimEnd());
  if (marks.flat().some((mark) => mark !== undefined)) {
    lines.push(paint("dim", `${BEST} best  ${WORST} worst of the column`));
  }
  return lines.join("\n");
}

const BEST = "▾";
const WORST = "▴";

function heading({ name, group, label }: MainFigure): string {
  return HEADINGS[name] ?? `${group}\n${label}`;
}

/** Text of a figure for each run; the place of a mark is kept free, so that digits align. */
function cells(figure: MainFigure, runs: readonly RunReport[]): string[] {
  const marks = standings(figure, runs);
  const isMarked = marks.some((mark) => mark !== undefined);
  return runs.map((run, place) => {
    if (!run.verified) return "";
    const mark = marks[place];
    const sign = mark === "best" ? BEST : mark === "worst" ? WORST : isMarked ? " " : "";
    return `${shortNumber(figure.value(run))}${sign}`;
  });
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

/** The middle goes, because what tells runs apart stands at their ends. */
function middleCut(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.floor((width - 1) / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

/** Part of the payload that tables of texts take, 0 to 1. */
function tablesShare({ overheadBits, payloadBytes }: RunReport): number {
  return payloadBytes === 0 ? 0 : overheadBits.tables / (payloadBytes * 8);
}

function fieldBars(runs: readonly RunReport[], paint: Paint): string {
  const shares = new Map<string, { name: string; share: number }>();
  for (const { fields } of runs) {
    for (const { kind, field, share } of fields) {
      const key = JSON.stringify([kind, field]);
      const entry = shares.get(key) ?? { name: `${kind}.${field}`, share: 0 };
      entry.share += share / runs.length;
      shares.set(key, entry);
    }
  }
  const tables = runs.reduce((sum, run) => sum + tablesShare(run), 0) / runs.length;
  shares.set("", { name: "enum tables, at a join", share: tables });
  const top = [...shares.values()].sort((a, b) => b.share - a.share).slice(0, FIELDS_MAX)
    .filter(({ share }) => share > 0);
  if (top.length === 0) return "";
  const names = top.map(({ name }) => middleCut(visibleText(name, 1000), 40));
  const width = Math.max(...names.map((name) => name.length));
  const lines = top.map(({ share }, i) => {
    const cells = Math.max(1, Math.round((share / top[0]!.share) * BAR_CELLS));
    const percent = `${(share * 100).toFixed(1)} %`.padStart(7);
    return `${names[i]!.padEnd(width)} ${percent} ${"█".repeat(cells)}`;
  });
  const what = runs.length === 1 ? "share of the payload" : `mean share over ${runs.length} runs`;
  return [paint("bold", `most expensive fields, ${what}`), ...lines].join("\n");
}
