import { htmlText } from "../../../page/html_escape.ts";
import { pageSection } from "../../../page/page_parts.ts";
import type { ClampReason } from "../../policy/decision.ts";
import type { PolicySummary } from "../../report/policy_summary.ts";
import { CAUSE_WORD_TEXTS } from "../../verdict/cause/cause_texts.ts";
import type { CauseWord } from "../../verdict/cause/cause.ts";
import { MARK_PATHS, type PolicyLook, policyLooks } from "../look/policy_looks.ts";
import type { RewindPage } from "../rewind_page.ts";
import { COUNT_TEXTS } from "../../verdict/cause/count_texts.ts";

/** Totals of each policy, a row each, and how the answer was made. */
export function policySection(page: RewindPage): string {
  return pageSection({
    title: "Policies",
    hint: "How often each rewind policy says of a shot what the game said.",
    content: policyTable(page) + page.remarks.map(hint).join("\n"),
  });
}

function policyTable({ policies }: RewindPage): string {
  const looks = policyLooks(policies.map(({ policy }) => policy));
  const heads = COUNT_TEXTS.map(({ key, words, title }) =>
    `<th scope="col" role="columnheader" class="number" title="${title}">${words}` +
    ` <small>${key}</small></th>`
  );
  return `<div class="scroll"><table class="policies" role="table">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">policy</th>
<th scope="col" role="columnheader" class="number" title="both hit and both miss, of all that game and policy judged">agrees</th>
${heads.join("\n")}
<th scope="col" role="columnheader" class="causes">of the others, and what was cut</th></tr></thead>
<tbody role="rowgroup">
${policies.map((summary, i) => policyRow(summary, looks[i]!)).join("\n")}
</tbody></table></div>
${countsHint(policies)}`;
}

function policyRow(summary: PolicySummary, look: PolicyLook): string {
  const share = summary.accuracy ?? 0;
  const counts = COUNT_TEXTS.map(({ key, words }) =>
    `<td role="cell" class="number" data-head="${words}">${summary[key]}</td>`
  );
  return `<tr role="row"><th scope="row" role="rowheader">${policyMark(look)} ${
    htmlText(summary.policy)
  }</th>` +
    `<td role="cell" class="number strong" data-head="agrees">${percent(summary.accuracy)}` +
    `<span class="bar"><span style="width:${(share * 100).toFixed(2)}%"></span></span></td>` +
    `${counts.join("")}<td role="cell" class="causes">${causeItems(summary)}</td></tr>`;
}

/** Mark of a policy as it is drawn everywhere. */
function policyMark({ color, mark }: PolicyLook): string {
  return `<svg class="mark" viewBox="-6 -6 12 12" aria-hidden="true" style="color:var(--policy-${color})">` +
    `<path d="${MARK_PATHS[mark]}"/></svg>`;
}

/** What the shares count, and what they leave out. */
function countsHint(policies: readonly PolicySummary[]): string {
  const skipped = policies.filter((summary) => summary.skipped > 0);
  const left = skipped.length === 0 ? "" : ` Left out of all counts, since the policy lacks a number
    of theirs: ${skipped.map(({ policy, skipped }) => `${skipped} under ${policy}`).join(", ")}.`;
  const text = "“agrees” is both hit and both miss, of the shots that game and policy judged; " +
    "shots without a verdict of the game are not counted." + left.replaceAll(/\s+/g, " ");
  return hint(text);
}

const CLAMPS: Readonly<Record<ClampReason, string>> = {
  now: "held at now (the formula asks for the future)",
  limit: "cut by the policy's own limit",
  ring: "cut by the server's ring",
  recording: "cut by the recording's start",
};

/** Causes of disagreement, most frequent first, and what the policy could not do. */
function causeItems({ causes, clamped, inHoles, skipped }: PolicySummary): string {
  const words = Object.entries(causes)
    .filter(([word, count]) => word !== "agrees" && count > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([word, count]) =>
      `<span title="${htmlText(CAUSE_WORD_TEXTS[word as CauseWord])}">${count} ${
        htmlText(word)
      }</span>`
    );
  const cuts = Object.entries(clamped).filter(([, count]) => count > 0)
    .map(([reason, count]) => `<span>${count} ${CLAMPS[reason as ClampReason]}</span>`);
  return [
    ...words,
    ...cuts,
    ...(inHoles > 0 ? [`<span>${inHoles} in a hole of the recording</span>`] : []),
    ...(skipped > 0 ? [`<span>${skipped} skipped: a number is missing</span>`] : []),
  ].join(", ");
}

function hint(text: string): string {
  return `<p class="hint">${htmlText(text)}</p>`;
}

/** A share as percent; a dash where there is none. */
export function percent(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}
