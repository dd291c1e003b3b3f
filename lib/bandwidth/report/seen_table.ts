import { shortNumber, shownFigures } from "./run_figures.ts";
import type { RunReport } from "./run_report.ts";
import { type Column, markedTable } from "./table/marked_table.ts";
import { COLUMNS_MAX, type Paint, wrapped } from "./table_text.ts";

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
};

/** What the player sees: a line a run of those that are verified; empty where it was not measured. */
export function seenTable(runs: readonly RunReport[], paint: Paint): string {
  const columns = shownFigures(runs).filter(({ isSeen }) => isSeen)
    .map((figure): Column => ({
      figure,
      heading: HEADINGS[figure.name]!,
      ...(figure.name.endsWith(" ms") ? { text: wholeMs } : {}),
    }));
  if (columns.length === 0) return "";
  const lines = [paint("bold", "what the player sees") + `  ${conditions(runs).join(" · ")}`];
  lines.push(...leftOut(runs).flatMap((text) => wrapped(text, COLUMNS_MAX)));
  return `${lines.join("\n")}\n${markedTable(columns, runs, paint)}`;
}

/** Milliseconds, whole ones where tenths say nothing. */
function wholeMs(ms: number): string {
  return shortNumber(ms < 10 ? ms : Math.round(ms));
}

/** What the figures depend on, where it is the same in all runs. */
function conditions(runs: readonly RunReport[]): string[] {
  const delayMs = only(runs.map(({ interpolation }) => interpolation?.delayMs));
  const freezeMs = only(runs.map(({ freezes }) => freezes?.thresholdMs));
  const consumers = only(runs.map(({ drawnSample }) => drawnSample?.consumers));
  const of = only(runs.map(({ drawnSample }) => drawnSample?.of));
  const everyFrames = only(runs.map(({ drawnSample }) => drawnSample?.everyFrames));
  return [
    "times in ms",
    ...(delayMs === undefined ? [] : [`drawn ${delayMs} ms late`]),
    ...(freezeMs === undefined ? [] : [`frozen above ${freezeMs} ms`]),
    ...(consumers === undefined || of === undefined || consumers >= of
      ? []
      : [`off by: ${consumers} of ${of} consumers${everyFrames === 1 ? "" : " by turns"}`]),
  ];
}

/** What figures leave out. */
function leftOut(runs: readonly RunReport[]): string[] {
  const most = runs.reduce<RunReport["holes"]>(
    (most, { holes }) => (holes?.count ?? 0) > (most?.count ?? 0) ? holes : most,
    undefined,
  );
  if (most === undefined) return [];
  const { count, ms } = most;
  const what = count === 1 ? "a hole" : `${count} holes`;
  return [`without ${what} of the recording of ${shortNumber(ms / 1000)} s; age counts it`];
}

/** The value that all have; undefined where they differ. */
function only(values: readonly (number | undefined)[]): number | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}
