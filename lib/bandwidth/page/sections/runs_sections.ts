import type { OptionNaming } from "../../../core/remedy.ts";
import { htmlText } from "../../../page/html_escape.ts";
import type { RunReport } from "../../report/run_report.ts";
import { holesRemark } from "../../report/table/holes_remark.ts";
import { columnCounts, runList } from "../run_list.ts";
import { runBar, runControls } from "../runs/run_controls.ts";
import { runFacets } from "../runs/run_facets.ts";
import { sharedName } from "../runs/short_names.ts";
import { section } from "./section.ts";

/** Runs side by side: what tells them apart, their figures, and what each gives for what it costs. */
export function runsSections(runs: readonly RunReport[], nameOf: OptionNaming): string {
  const facets = runFacets(runs);
  const shared = sharedName(runs, facets);
  const alike = shared === "" ? "" : ` All runs: <b>${htmlText(shared)}</b>.`;
  const isOne = runs.length === 1;
  const tradeOff = runs.filter((run) => run.verified).length < 2
    ? ""
    : `<div id="trade-off" class="trade-off"></div>`;
  return `${runBar(runs.length)}
${
    section(
      "Runs",
      (isOne
        ? "Click the run to show or hide it everywhere."
        : `Click a run to show or hide it everywhere, shift-click to see it alone; a heading sorts. ${MARKS}`) +
        `${alike}${holesHint(runs, nameOf)}`,
      `${runControls(facets, runs.length)}
${tradeOff}
${columnSwitch(runs)}${runList(runs)}
<p class="narrow-only hint">A narrow page shows the main figures of a run; all are at its end.</p>`,
    )
  }`;
}

const MARKS = `<span class="best">best</span> and <span class="worst">worst</span> of a column ` +
  `are marked.`;

function holesHint(runs: readonly RunReport[], nameOf: OptionNaming): string {
  const remark = holesRemark(runs.filter((run) => run.verified));
  return remark === undefined ? "" : ` ${htmlText(remark.render(nameOf))}.`;
}

/** Says how many columns are shown, and lets a reader have all. */
function columnSwitch(runs: readonly RunReport[]): string {
  const [common, all] = columnCounts(runs);
  if (common === all) return "";
  return `<p class="columns-said" hidden><button type="button" id="all-columns" aria-pressed="false">` +
    `all ${all} columns</button> <small>${common} are shown</small></p>\n`;
}
