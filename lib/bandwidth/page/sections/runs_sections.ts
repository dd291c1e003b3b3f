import type { OptionNaming } from "../../../core/remedy.ts";
import { htmlText } from "../../../page/html_escape.ts";
import type { RunReport } from "../../report/run_report.ts";
import { holesRemark } from "../../report/table/holes_remark.ts";
import { runList, swatch } from "../run_list.ts";
import { section } from "./section.ts";

/** Runs side by side: what tells them apart, their figures, and what each gives for what it costs. */
export function runsSections(runs: readonly RunReport[], nameOf: OptionNaming): string {
  return `${
    section(
      "Runs",
      `Click a run to show or hide it everywhere, shift-click to see it alone. ` +
        `<span class="best">best</span> and <span class="worst">worst</span> of a column are marked; ` +
        `times are in frames.${holesHint(runs, nameOf)}`,
      runList(runs),
    )
  }
${chipBar(runs)}`;
}

function holesHint(runs: readonly RunReport[], nameOf: OptionNaming): string {
  const remark = holesRemark(runs.filter((run) => run.verified));
  return remark === undefined ? "" : ` ${htmlText(remark.render(nameOf))}.`;
}

/** Legend that stays in sight. */
function chipBar(runs: readonly RunReport[]): string {
  const chips = runs.map((run, index) =>
    run.verified
      ? `<button type="button" data-run="${index}" aria-pressed="true">${swatch(index)}${
        htmlText(run.name)
      }</button>`
      : ""
  );
  return `<nav class="chips toggles" aria-label="Runs shown">${chips.join("")}
<span><button type="button" id="show-all">all</button><button type="button" id="show-none">none</button></span></nav>`;
}
