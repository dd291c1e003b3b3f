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
import { sparkline } from "./sparkline.ts";

/** Table of the runs: one line a run, best and worst marked; a click on a line toggles the run. */
export function runList(runs: readonly RunReport[]): string {
  const columns = shownFigures(runs).map((figure, place, all): Column => ({
    figure,
    isStart: figure.group !== all[place - 1]?.group,
    marks: standings(figure, runs),
  }));
  const rows = runs.map((run, index) => {
    const figures = run.verified ? figureCells(run, index, columns) : faultCell(run, columns);
    const unverified = run.verified ? "" : ' class="unverified"';
    return `<tr data-run="${index}"${unverified}>${nameCell(run, index)}${figures}</tr>`;
  });
  return `<div class="scroll"><table class="runs sortable toggles">
<thead><tr><td></td><td></td>${groupHeads(columns)}</tr>
<tr><th>run</th><th data-fixed>kbps over time</th>${labelHeads(columns)}</tr></thead>
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

/** Swatch of a run; its colour comes from the page's styles. */
export function swatch(index: number): string {
  return `<i class="swatch" data-color="${index % 8}" data-dash="${
    Math.floor(index / 8) % 4
  }"></i>`;
}

function groupHeads(columns: readonly Column[]): string {
  const groups = new Map<string, number>();
  for (const { figure: { group } } of columns) groups.set(group, (groups.get(group) ?? 0) + 1);
  return [...groups].map(([group, count]) =>
    `<th colspan="${count}" class="group"><span>${htmlText(group)}</span></th>`
  ).join("");
}

function labelHeads(columns: readonly Column[]): string {
  return columns.map(({ figure, isStart }) =>
    `<th class="number${isStart ? " start" : ""}">${htmlText(figure.label)}</th>`
  ).join("");
}

function nameCell(run: RunReport, index: number): string {
  const { name } = run;
  const how = `${run.ack} ${run.codec}`;
  const rest = name.startsWith(`${how} `) ? name.slice(how.length + 1) : name;
  const text = `${swatch(index)}<span><b>${htmlText(how)}</b><small>${
    htmlText(rest)
  }</small></span>`;
  const content = run.verified
    ? `<button type="button" data-run="${index}" aria-pressed="true" title="${htmlText(name)}">` +
      `${text}</button>`
    : `<span class="button">${text}</span>`;
  return `<th scope="row" data-value="${htmlText(name)}">${content}</th>`;
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
    const classes = ["number", isStart ? "start" : "", mark ?? ""].filter((name) => name !== "");
    const title = mark === undefined ? `${value}` : `${value} (${mark})`;
    return `<td class="${classes.join(" ")}" data-value="${value}" title="${title}">${
      Number.isNaN(value) ? "-" : shortNumber(value)
    }</td>`;
  });
  return `<td class="spark" data-color="${index % 8}">${sparkline(run)}</td>${cells.join("")}`;
}
