import { visibleText } from "../../core/visible_text.ts";
import { type MainFigure, shortNumber, shownFigures, standings } from "./run_figures.ts";
import type { RunReport } from "./run_report.ts";
import { COLUMNS_MAX, type Paint, rowNames } from "./table_text.ts";
import { textWidth } from "./text_width.ts";

const NAME_MIN = 16;
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
const NOT_VERIFIED = "not verified: no figures";
const BEST = "▾";
const WORST = "▴";

/** A line a run, under headings of two lines; the best and the worst of each column are marked. */
export function runTable(runs: readonly RunReport[], paint: Paint): string {
  const figures = shownFigures(runs).filter(({ name }) => SHOWN.has(name));
  const columns = figures.map((figure) => cells(figure, runs));
  const headings = figures.map((figure) => heading(figure).split("\n"));
  const widths = figures.map((_, i) =>
    Math.max(...headings[i]!.concat(columns[i]!).map((text) => text.length))
  );
  const rest = COLUMNS_MAX - widths.reduce((sum, width) => sum + width + 1, 0);
  const full = runs.map((run) => visibleText(run.name, 1000));
  const longest = Math.min(Math.max(NAME_MIN, rest), Math.max(...full.map((n) => n.length)));
  const { legend, rows: names } = rowNames(full, longest);
  const nameWidth = Math.max("run".length, ...names.map(textWidth));
  const marks = figures.map((figure) => standings(figure, runs));
  const line = (name: string, rest: readonly string[]) =>
    [name + " ".repeat(nameWidth - textWidth(name)), ...rest].join(" ").trimEnd();
  const lines = [0, 1].map((row) =>
    line(row === 0 ? "run" : "", headings.map((texts, i) => texts[row]!.padStart(widths[i]!)))
  );
  for (const [place, run] of runs.entries()) {
    const shown = figures.map((_, i) => {
      const standing = marks[i]![place];
      const text = columns[i]![place]!;
      const gap = " ".repeat(widths[i]! - text.length);
      return gap +
        (standing === undefined ? text : paint(standing === "best" ? "green" : "red", text));
    });
    lines.push(line(names[place]!, run.verified ? shown : [paint("red", NOT_VERIFIED)]));
  }
  if (marks.flat().some((mark) => mark !== undefined)) {
    lines.push(paint("dim", `${BEST} best  ${WORST} worst of the column`));
  }
  return [...lines, ...legend].join("\n");
}

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
