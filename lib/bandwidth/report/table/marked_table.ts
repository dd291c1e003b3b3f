import { visibleText } from "../../../core/visible_text.ts";
import {
  type MainFigure,
  shortNumber,
  shownValue,
  type Standing,
  standings,
} from "../run_figures.ts";
import type { RunReport } from "../run_report.ts";
import { COLUMNS_MAX, type Paint, rowNames } from "../table_text.ts";
import { textWidth } from "../text_width.ts";

/** A column of a table of runs. */
export interface Column {
  /** What stands in it. */
  readonly figure: MainFigure;
  /** Heading, of two lines. */
  readonly heading: string;
  /** A value as text; as `shortNumber` makes it unless given. */
  readonly text?: (value: number) => string;
}

const NAME_MIN = 8;
const NOT_VERIFIED = "not verified: no figures";
const BEST = "▾";
const WORST = "▴";

/**
 * A line a run, under headings of two lines; the best and the worst of each column are marked. Where
 * names are cut to one, rows have numbers, with the whole names below.
 */
export function markedTable(
  columns: readonly Column[],
  runs: readonly RunReport[],
  paint: Paint,
): string {
  const marks = columns.map(({ figure }) => standings(figure, runs));
  const texts = columns.map((column, i) => cells(column, runs, marks[i]!));
  const headings = columns.map(({ heading }) => heading.split("\n"));
  const widths = columns.map((_, i) =>
    Math.max(...headings[i]!.concat(texts[i]!).map((text) => text.length))
  );
  const rest = COLUMNS_MAX - widths.reduce((sum, width) => sum + width + 1, 0);
  const full = runs.map((run) => visibleText(run.name, 1000));
  const longest = Math.min(Math.max(NAME_MIN, rest), Math.max(...full.map(textWidth)));
  const { legend, rows: names } = rowNames(full, longest);
  const nameWidth = Math.max("run".length, ...names.map(textWidth));
  const line = (name: string, rest: readonly string[]) =>
    [name + " ".repeat(nameWidth - textWidth(name)), ...rest].join(" ").trimEnd();
  const lines = [0, 1].map((row) =>
    line(row === 0 ? "run" : "", headings.map((two, i) => two[row]!.padStart(widths[i]!)))
  );
  for (const [place, run] of runs.entries()) {
    const shown = columns.map((_, i) => {
      const standing = marks[i]![place];
      const text = texts[i]![place]!;
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

/** Text of a figure for each run; the place of a mark is kept free, so that digits align. */
function cells(
  { figure, text = shortNumber }: Column,
  runs: readonly RunReport[],
  marks: readonly Standing[],
): string[] {
  const isMarked = marks.some((mark) => mark !== undefined);
  return runs.map((run, place) => {
    if (!run.verified) return "";
    const mark = marks[place];
    const sign = mark === "best" ? BEST : mark === "worst" ? WORST : isMarked ? " " : "";
    const value = shownValue(figure, run);
    return `${Number.isNaN(value) ? "-" : text(value)}${sign}`;
  });
}
