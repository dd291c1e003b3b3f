import { htmlText } from "../../page/html_escape.ts";
import type { Finding } from "../report/finding.ts";

/** Runs of a finding that are named at once; more are folded. */
const NAMED_MAX = 3;
/** Findings up to which all stand open; of more, notes are folded, so that the runs are in reach. */
const OPEN_MAX = 8;
/** Names in a folded list; the script of the page writes all when it is opened. */
const LISTED_MAX = 5;

/**
 * List of what stands out, worst first; a sentence where nothing does.
 *
 * @param runCount runs of the report: a finding of all of them has none to pick out
 */
export function findingList(findings: readonly Finding[], runCount: number): string {
  if (findings.length === 0) return "<p>Nothing stands out.</p>";
  const isFolded = findings.length > OPEN_MAX;
  const items = findings.map((finding, index) => ({
    isNote: isFolded && finding.severity === "note",
    html: item(finding, index, runCount),
  }));
  const open = items.filter(({ isNote }) => !isNote), notes = items.filter(({ isNote }) => isNote);
  if (notes.length === 0) return listOf(open);
  return `${open.length === 0 ? "" : listOf(open)}
<details class="notes"><summary>${notes.length} ${notes.length === 1 ? "note" : "notes"}</summary>${
    listOf(notes)
  }</details>`;
}

function listOf(items: readonly { readonly html: string }[]): string {
  return `<ol class="findings">\n${items.map(({ html }) => html).join("\n")}\n</ol>`;
}

function item(
  { code, evidence, remedy, runs, severity, text }: Finding,
  index: number,
  runCount: number,
): string {
  return `<li data-finding="${index}" data-severity="${htmlText(severity)}">
<b class="severity">${htmlText(severity)}</b>
<div><p><code>${htmlText(code)}</code> ${htmlText(text)}</p>
<p>${htmlText(evidence)}</p>
<p class="remedy">${htmlText(remedy)}</p></div>
<div class="touched">${runNames(runs, runCount)}<div class="goes"></div></div></li>`;
}

function runNames(runs: readonly string[], runCount: number): string {
  if (runs.length === runCount && runCount > 1) {
    return `<small>${runCount === 2 ? "both" : `all ${runCount}`} runs</small>`;
  }
  if (runs.length <= NAMED_MAX) {
    return runs.map((run) => `<small>${htmlText(run)}</small>`).join("");
  }
  const rest = runs.length - LISTED_MAX;
  const names = runs.slice(0, LISTED_MAX).map((run) => `<li>${htmlText(run)}</li>`);
  const more = rest > 0 ? `<li>and ${rest} more</li>` : "";
  return `<details><summary>${runs.length} runs</summary><ul>${
    names.join("")
  }${more}</ul></details>`;
}
