import type { RunReport } from "../report/run_report.ts";
import { htmlText } from "../../page/html_escape.ts";
import { swatch } from "./run_list.ts";

/**
 * Every figure of every run that is one value: a line a figure, a column a run. Lists (fields,
 * histograms, seconds) are tables of their own, which the page writes when they are opened.
 */
export function figuresTable(runs: readonly RunReport[]): string {
  const columns = runs.map((run) => new Map(flatFigures(run, "")));
  const keys = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const heads = runs.map((run, index) =>
    `<th data-run="${index}">${swatch(index)}${htmlText(run.name)}</th>`
  );
  const rows = keys.map((key) => {
    const cells = columns.map((column, index) =>
      `<td data-run="${index}">${htmlText(String(column.get(key) ?? ""))}</td>`
    );
    return `<tr><th scope="row">${htmlText(key)}</th>${cells.join("")}</tr>`;
  });
  const lists = runs.map((run, index) =>
    run.verified
      ? `<details data-lists-of="${index}"><summary>${swatch(index)}${htmlText(run.name)}` +
        `<small>fields, kinds, entities, costs, packet sizes, baseline ages, seconds</small></summary></details>`
      : ""
  );
  return `<div class="scroll"><table class="figures">
<thead><tr><th>figure</th>${heads.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>
${lists.join("\n")}`;
}

function flatFigures(value: object, prefix: string): [key: string, value: unknown][] {
  return Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    if (Array.isArray(part)) return [];
    if (typeof part === "object" && part !== null) return flatFigures(part, `${prefix}${key}.`);
    return [[`${prefix}${key}`, part ?? "none"]];
  });
}
