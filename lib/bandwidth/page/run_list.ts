import {
  type MainFigure,
  shortNumber,
  shownFigures,
  shownValue,
  type Standing,
  standings,
} from "../report/run_figures.ts";
import type { RunReport } from "../report/run_report.ts";
import { htmlText } from "../../page/html_escape.ts";
import { runFacets } from "./runs/run_facets.ts";
import { type ShortName, shortNames } from "./runs/short_names.ts";
import { sparkline } from "./sparkline.ts";

/** What a group of figures is of, and in which unit, where its name does not say it. */
const GROUP_HEADS: Readonly<Record<string, string>> = {
  "bytes": "bytes a packet",
  "kbps": "kbps of a consumer",
  "packets": "packets of all",
  "baseline age": "baseline age, frames",
  "wrong": "wrong fields",
  "heal": "heal, frames",
  "staleness": "staleness, frames",
  "position error": "position error, game units",
  "not there": "entities not there",
};

/** Figures that a narrow page shows. */
const MAIN: ReadonlySet<string> = new Set([
  "bytes mean",
  "kbps mean",
  "wrong %",
  "state age p99 ms",
  "freezes %",
  "position error p99",
]);

/** Figures beside them that a page shows at first; the others come with a button. */
const COMMON: ReadonlySet<string> = new Set([
  ...MAIN,
  "kbps p95",
  "packets lost %",
  "packets keyframes",
  "staleness p99",
  "interpolation underrun %",
  "not there %",
]);

/** Table of the runs: one line a run, best and worst marked; a click on a line toggles the run. */
export function runList(runs: readonly RunReport[]): string {
  const names = shortNames(runs, runFacets(runs));
  const columns = shownFigures(runs).map((figure, place, all): Column => ({
    figure,
    isStart: figure.group !== all[place - 1]?.group,
    marks: standings(figure, runs),
  }));
  const rows = runs.map((run, index) => {
    const figures = run.verified ? figureCells(run, index, columns) : faultCell(run, columns);
    const unverified = run.verified ? "" : ' class="unverified"';
    return `<tr data-run="${index}"${unverified}>${
      nameCell(run, index, names[index]!)
    }${figures}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="Figures of the runs">` +
    `<table class="runs whole sortable toggles">
<caption class="unseen">Main figures of each run; a heading sorts, a name shows or hides</caption>
<thead><tr><td class="pinned">${runs.length} ${runs.length === 1 ? "run" : "runs"}</td><td></td>${
      groupHeads(columns)
    }</tr>
<tr><th scope="col" class="pinned">run</th><th scope="col" data-fixed>kbps over time</th>${
      labelHeads(columns)
    }</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>`;
}

interface Column {
  readonly figure: MainFigure;
  /** True for the first column of a group. */
  readonly isStart: boolean;
  /** Where each run stands. */
  readonly marks: readonly Standing[];
}

/** Swatch of a run, which scripts give its colour and dash. */
export function swatch(index: number): string {
  return `<i class="swatch" data-swatch="${index}" data-color="${index % 8}"></i>`;
}

function groupHeads(columns: readonly Column[]): string {
  const groups = new Map<string, MainFigure[]>();
  for (const { figure } of columns) {
    groups.set(figure.group, [...(groups.get(figure.group) ?? []), figure]);
  }
  return [...groups].map(([group, figures]) => {
    const common = figures.filter(({ name }) => COMMON.has(name)).length;
    return `<th colspan="${figures.length}" data-common="${common}" scope="colgroup" class="group${
      common === 0 ? " more" : ""
    }"><span>${htmlText(headOf(group))}</span></th>`;
  }).join("");
}

/** Columns that a page shows at first, and all; alike where none is left out. */
export function columnCounts(runs: readonly RunReport[]): [common: number, all: number] {
  const figures = shownFigures(runs);
  return [figures.filter(({ name }) => COMMON.has(name)).length, figures.length];
}

function headOf(group: string): string {
  return GROUP_HEADS[group] ?? group;
}

function labelHeads(columns: readonly Column[]): string {
  return columns.map(({ figure, isStart }) => {
    const title = `${headOf(figure.group)}, ${figure.label}`;
    return `<th scope="col" class="${classesOf(figure, isStart)}" title="${
      htmlText(title)
    }"><span class="of">${htmlText(headOf(figure.group))} </span>${htmlText(figure.label)}</th>`;
  }).join("");
}

function classesOf({ name }: MainFigure, isStart: boolean): string {
  const rank = MAIN.has(name) ? " main" : COMMON.has(name) ? "" : " more";
  return `number${isStart ? " start" : ""}${rank}`;
}

function nameCell(run: RunReport, index: number, [head, rest]: ShortName): string {
  const name = htmlText(run.name);
  const text = `<span><b>${htmlText(head)}</b>${
    rest === "" ? "" : `<small>${htmlText(rest)}</small>`
  }</span>`;
  const content = run.verified
    ? `<button type="button" data-run="${index}" aria-pressed="true" title="${name}">` +
      `${swatch(index)}${text}</button>`
    : `<span class="button" title="${name}">${text}</span>`;
  return `<th scope="row" class="pinned" data-value="${name}">${content}</th>`;
}

function faultCell(run: RunReport, columns: readonly Column[]): string {
  const fault = htmlText(run.fault ?? "Its decode disagrees.");
  return `<td colspan="${columns.length + 1}" class="fault">` +
    `<b>Not verified, no figures.</b> ${fault}</td>`;
}

function figureCells(run: RunReport, index: number, columns: readonly Column[]): string {
  const cells = columns.map(({ figure, isStart, marks }) => {
    const value = shownValue(figure, run);
    const mark = marks[index];
    const title = mark === undefined ? `${value}` : `${value} (${mark})`;
    return `<td class="${classesOf(figure, isStart)}${
      mark === undefined ? "" : ` ${mark}`
    }" data-value="${value}" data-label="${
      htmlText(`${headOf(figure.group)}, ${figure.label}`)
    }" title="${title}">${Number.isNaN(value) ? "-" : shortNumber(value)}</td>`;
  });
  return `<td class="spark" data-swatch="${index}" data-color="${index % 8}">${
    sparkline(run)
  }</td>${cells.join("")}`;
}
