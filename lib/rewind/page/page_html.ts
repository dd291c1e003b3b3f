import { htmlText } from "../../page/html_escape.ts";
import { htmlPage } from "../../page/html_page.ts";
import { MAIN_ID, pageHeader, pageNotices, pageSection } from "../../page/page_parts.ts";
import type { PolicySummary } from "../report/policy_summary.ts";
import { SCRIPT, STYLE } from "./assets.ts";
import type { RewindPage } from "./rewind_page.ts";
import { accuracySection } from "./sections/accuracy_section.ts";
import { sceneSection } from "./sections/scene_section.ts";

/**
 * The page as one file that needs nothing else. Names from the recording are text wherever they
 * stand.
 */
export function pageHtml(page: RewindPage): string {
  const body = `${pageHeader("hindcast · rewind", page.recording, factsOf(page))}
<main id="${MAIN_ID}" tabindex="-1">
${pageNotices(page.omissions)}
<noscript><p class="notice">The scene needs JavaScript; the table of policies does not.</p></noscript>
<div class="columns">
${pageSection({ title: "Policies", content: policyTable(page) + remarks(page) })}
${accuracySection(page)}
</div>
${page.shots.length === 0 ? `<p class="notice">There are no shots.</p>` : sceneSection()}
</main>`;
  return htmlPage({
    title: `${page.recording} · rewind`,
    styles: [STYLE],
    body,
    data: { id: "page", value: page },
    scripts: [SCRIPT],
  });
}

function factsOf({ rules, shotCount, policies }: RewindPage): [name: string, value: string][] {
  const [first] = policies;
  const facts: [name: string, value: string][] = [["shots", String(shotCount)]];
  if (first !== undefined && first.accuracy !== null) {
    facts.push(["hits of the game", String(first.tp + first.fn)]);
  }
  for (const { explains, from, isNoneAsGood, rule } of rules) {
    const share = percent(rule.accuracy);
    const none = isNoneAsGood ? "none, as good as " : "";
    facts.push([
      from === "event" ? "best rule" : "best from the shooter's path",
      explains
        ? `${none}${rule.policy} · ${share}`
        : `none explains the shots (${rule.policy} · ${share})`,
    ]);
  }
  return facts;
}

function policyTable({ policies }: RewindPage): string {
  const rows = policies.map((summary, i) => {
    const counts = [summary.tp, summary.fp, summary.tn, summary.fn]
      .map((count) => `<td class="number">${count}</td>`).join("");
    const share = summary.accuracy ?? 0;
    return `<tr><td><i class="swatch" style="background:var(--policy-${i % 8})"></i></td>` +
      `<th scope="row">${htmlText(summary.policy)}</th>` +
      `<td class="number strong">${percent(summary.accuracy)}</td>` +
      `<td class="bar"><span style="width:${(share * 100).toFixed(2)}%"></span></td>${counts}` +
      `<td class="causes">${htmlText(causeWords(summary))}</td></tr>`;
  });
  return `<div class="scroll"><table class="policies">
<thead><tr><th></th><th>policy</th><th class="number">agrees</th><th></th>
<th class="number" title="both hit">tp</th><th class="number" title="only the policy hits">fp</th>
<th class="number" title="both miss">tn</th><th class="number" title="only the game hits">fn</th>
<th>causes</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>`;
}

function remarks(page: RewindPage): string {
  return page.remarks.map((text) => `<p class="hint">${htmlText(text)}</p>`).join("\n");
}

/** Causes of disagreement, most frequent first, and what the policy could not do. */
function causeWords({ causes, clamped, skipped }: PolicySummary): string {
  const words = Object.entries(causes)
    .filter(([word, count]) => word !== "agrees" && count > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([word, count]) => `${word} ${count}`);
  const now = clamped.now ?? 0;
  return [
    ...words,
    ...(now > 0 ? [`clamped to now ${now}`] : []),
    ...(skipped > 0 ? [`skipped ${skipped}`] : []),
  ].join(", ");
}

function percent(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}
