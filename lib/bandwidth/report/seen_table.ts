import type { OptionNaming } from "../../core/remedy.ts";
import { positionKinds, shortNumber, shownFigures } from "./run_figures.ts";
import type { RunReport } from "./run_report.ts";
import { holesRemark } from "./table/holes_remark.ts";
import { type Column, markedTable } from "./table/marked_table.ts";
import { COLUMNS, type Paint, proseCells, titleLines, wrapped } from "./table_text.ts";

const TITLE = "what the player sees";
/** Headings by figure, in the order of the columns. */
const HEADINGS: Readonly<Record<string, string>> = {
  "state age p50 ms": "age\np50",
  "state age p99 ms": "age\np99",
  "update gap p99 ms": "gap\np99",
  "freezes count": "free-\nzes",
  "freezes %": "frozen\n%",
  "freezes longest ms": "long-\nest",
  "interpolation underrun %": "under-\nrun %",
  "interpolation 99 % need ms": "99 %\nneed",
  "first state p95 ms": "first\np95",
  "position error p50": "off by\np50",
  "position error p99": "off by\np99",
  "position error max": "off by\nmax",
  "not there %": "not\nthere %",
};

/**
 * What the player sees: a line a run of those that are verified; empty where it was not measured.
 *
 * @param nameOf what options are called where the table is read
 */
export function seenTable(
  runs: readonly RunReport[],
  paint: Paint,
  nameOf: OptionNaming,
  cells: number = COLUMNS,
): string {
  const columns = shownFigures(runs).filter(({ isSeen }) => isSeen)
    .map((figure): Column => ({ figure, heading: HEADINGS[figure.name]! }));
  if (columns.length === 0) return "";
  const prose = proseCells(cells);
  return [
    ...titleLines(TITLE, ["times in ms", ...conditions(runs), ...shares(columns)], cells, paint),
    ...leftOut(runs).flatMap((text) => wrapped(text, prose)),
    markedTable(columns, runs, paint, cells),
    ...wrapped(holesRemark(runs)?.render(nameOf) ?? "", prose),
  ].join("\n");
}

/** Of what percents are, and in what distances are. */
function shares(columns: readonly Column[]): string[] {
  const has = (group: string) => columns.some(({ figure }) => figure.group === group);
  return [
    ...(has("freezes") || has("interpolation") ? ["frozen, underrun in % of time"] : []),
    ...(has("position error") ? ["off by in units of position"] : []),
    ...(has("not there") ? ["not there in % of entities"] : []),
  ];
}

/** What the figures depend on, where it is the same in all runs. */
function conditions(runs: readonly RunReport[]): string[] {
  const delayMs = only(runs.map(({ interpolation }) => interpolation?.delayMs));
  const freezeMs = only(runs.map(({ freezes }) => freezes?.thresholdMs));
  const consumers = only(runs.map(({ drawnSample }) => drawnSample?.consumers));
  const of = only(runs.map(({ drawnSample }) => drawnSample?.of));
  const everyFrames = only(runs.map(({ drawnSample }) => drawnSample?.everyFrames));
  return [
    ...(delayMs === undefined ? [] : [`drawn ${delayMs} late`]),
    ...(freezeMs === undefined ? [] : [`frozen above ${freezeMs}`]),
    ...(consumers === undefined || of === undefined || consumers >= of
      ? []
      : [`off by: ${consumers} of ${of} consumers${everyFrames === 1 ? "" : " by turns"}`]),
  ];
}

/** What figures leave out. */
function leftOut(runs: readonly RunReport[]): string[] {
  return [holesLeftOut(runs), kindsRemark(runs), noPositions(runs)].filter((text) => text !== "");
}

/** Says why no distances are shown of runs that were looked at. */
function noPositions(runs: readonly RunReport[]): string {
  const isDrawn = runs.some(({ drawnError }) => drawnError !== undefined);
  const isShown = runs.some((run) => positionKinds(run).length > 0);
  return isDrawn && !isShown ? "no distances: no kind has a position that could be compared" : "";
}

/** Says where a column compares distances of different kinds. */
function kindsRemark(runs: readonly RunReport[]): string {
  const kinds = new Set(
    runs.filter(({ verified }) => verified).map((run) => positionKinds(run).join("\n")),
  );
  kinds.delete("");
  return kinds.size > 1 ? "off by: the runs have positions of different kinds" : "";
}

function holesLeftOut(runs: readonly RunReport[]): string {
  const most = runs.reduce<RunReport["holes"]>(
    (most, { holes }) => (holes?.count ?? 0) > (most?.count ?? 0) ? holes : most,
    undefined,
  );
  if (most === undefined) return "";
  const { count, ms } = most;
  const what = count === 1 ? "a hole" : `${count} holes`;
  const it = count === 1 ? "it" : "them";
  return `without ${what} of the recording of ${shortNumber(ms / 1000)} s; age counts ${it}`;
}

/** The value that all have; undefined where they differ. */
function only(values: readonly (number | undefined)[]): number | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}
