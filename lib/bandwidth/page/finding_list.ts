import { htmlText } from "../../page/html_escape.ts";
import type { Finding } from "../report/finding.ts";

/** Runs of a finding that are named; of more, their number. */
const NAMED_MAX = 5;

/** List of what stands out, worst first; a sentence where nothing does. */
export function findingList(findings: readonly Finding[]): string {
  if (findings.length === 0) return "<p>Nothing stands out.</p>";
  return `<ol class="findings">\n${findings.map(item).join("\n")}\n</ol>`;
}

function item({ code, evidence, remedy, runs, severity, text }: Finding): string {
  const named = runs.slice(0, NAMED_MAX).map(htmlText).join("<br>");
  const rest = runs.length - NAMED_MAX;
  const more = rest > 0 ? `<br>and ${rest} more` : "";
  return `<li data-severity="${htmlText(severity)}"><b>${htmlText(severity)}</b>
<div><p><code>${htmlText(code)}</code> ${htmlText(text)}</p>
<p>${htmlText(evidence)}</p>
<p class="remedy">${htmlText(remedy)}</p></div>
<small>${named}${more}</small></li>`;
}
