import type { RunReport } from "../report/run_report.ts";
import { htmlText } from "../../page/html_escape.ts";
import { swatch } from "./run_list.ts";
import { section } from "./sections/section.ts";

/** Runs from which on the table is written by the page's script, when it is opened. */
const WRITTEN_MAX = 8;
const LISTS = "fields, kinds, entities, costs, packet sizes, baseline ages, seconds";

/**
 * Every figure of every run that is one value: a line a figure, a column a run. Lists (fields,
 * histograms, seconds) are tables of their own, which the page writes when they are opened.
 */
export function figuresSection(runs: readonly RunReport[]): string {
  const isMany = runs.length > WRITTEN_MAX;
  const content = isMany ? foldedTable(runs) : `${FILTER}
<div class="scroll wide" id="figures-table">${figuresTable(runs)}</div>
${runLists(runs)}`;
  const hint = `As in the JSON of the report, a column a run${isMany ? " that is shown" : ""}.`;
  return section("All figures", hint, content);
}

const FILTER = `<p class="filter"><label>only names with ` +
  `<input type="search" id="figure-filter" autocomplete="off" spellcheck="false" ` +
  `placeholder="freezes"></label> ` +
  `<label><input type="checkbox" id="figure-differs"> only what differs</label> <output id="figure-count" for="figure-filter"></output></p>`;

/** What the script fills in, as a table of many runs is most of a page that nobody may look at. */
function foldedTable(runs: readonly RunReport[]): string {
  return `<noscript><p class="notice">The table of ${runs.length} runs needs JavaScript; ` +
    `the JSON of the report has every figure.</p></noscript>
<details id="figures-of-many"><summary>Table of all figures</summary>
${FILTER}
<div class="scroll wide" id="figures-table"></div></details>
<details><summary>Lists of each run<small>${LISTS}</small></summary>
${runLists(runs)}</details>`;
}

function figuresTable(runs: readonly RunReport[]): string {
  const columns = runs.map((run) => new Map(flatFigures(run, "")));
  const keys = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const heads = runs.map((run, index) =>
    `<th scope="col" data-run="${index}">${swatch(index)}${htmlText(run.name)}</th>`
  );
  const rows = keys.map((key) => {
    const cells = columns.map((column, index) =>
      `<td data-run="${index}">${htmlText(String(column.get(key) ?? ""))}</td>`
    );
    return `<tr><th scope="row">${htmlText(key)}</th>${cells.join("")}</tr>`;
  });
  return `<table class="figures">
<thead><tr><th scope="col">figure</th>${heads.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table>`;
}

function runLists(runs: readonly RunReport[]): string {
  return runs.map((run, index) =>
    run.verified
      ? `<details data-lists-of="${index}"><summary>${swatch(index)}${htmlText(run.name)}` +
        `<small>${LISTS}</small></summary></details>`
      : ""
  ).join("\n");
}

function flatFigures(value: object, prefix: string): [key: string, value: unknown][] {
  return Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    if (Array.isArray(part)) return [];
    if (typeof part === "object" && part !== null) return flatFigures(part, `${prefix}${key}.`);
    return [[`${prefix}${key}`, part ?? "none"]];
  });
}
