import { htmlText } from "../../page/html_escape.ts";
import { htmlPage } from "../../page/html_page.ts";
import { pageHeader, pageNotices, pageSection } from "../../page/page_parts.ts";
import type { PolicySummary } from "../report/policy_summary.ts";
import { SCRIPT, STYLE } from "./assets.ts";
import type { RewindPage } from "./rewind_page.ts";

/**
 * The page as one file that needs nothing else. Names from the recording are text wherever they
 * stand.
 */
export function pageHtml(page: RewindPage): string {
  const body = `${pageHeader("hindcast · rewind", page.recording, factsOf(page))}
<main>
${pageNotices(page.omissions)}
<noscript><p class="notice">The scene needs JavaScript; the table of policies does not.</p></noscript>
<div class="columns">
${pageSection({ title: "Policies", content: policyTable(page) + remarks(page) })}
${
    pageSection({
      title: "Accuracy over rewind",
      hint: "Share of the shots on which a fixed rewind agrees with the game; dashed, each policy.",
      content: page.sweep.length < 2
        ? `<p class="hint">Not swept.</p>`
        : `<canvas id="curve" class="curve" role="img" aria-label="Accuracy over rewind"></canvas>`,
    })
  }
</div>
${page.shots.length === 0 ? `<p class="notice">There are no shots.</p>` : scene()}
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

function scene(): string {
  return `<div class="stage">
<section class="list"><h2>Shots <small id="shot-count"></small></h2>
<div class="filters">
<select data-filter="policy" aria-label="Policy"><option value="">any policy</option></select>
<select data-filter="cause" aria-label="Cause"><option value="">any cause</option></select>
<select data-filter="game" aria-label="Verdict of the game"><option value="">hits and misses</option>
<option value="hit">hits of the game</option><option value="miss">misses of the game</option></select>
<label><input type="checkbox" data-filter="differs"> disagreements only</label>
</div>
<div id="shots"></div>
</section>
<section class="scene"><h2 id="shot-title"></h2><p class="hint" id="shot-facts"></p>
<div class="views">
<figure class="wide"><figcaption>from above</figcaption><canvas id="top" role="img" aria-label="The shot from above"></canvas></figure>
<figure class="wide"><figcaption>from the side</figcaption><canvas id="side" role="img" aria-label="The shot from the side"></canvas></figure>
<figure class="aim"><figcaption>along the ray</figcaption><canvas id="aim" role="img" aria-label="The shot along its ray"></canvas></figure>
</div>
<p class="legend"><span><i class="key now"></i>now</span><span><i class="key scrubbed"></i>scrubbed to</span>
<span><i class="key seen"></i>on the shooter's screen</span><span><i class="key ray"></i>ray</span>
<span><i class="key trail"></i>path, a dot a frame</span><span>outlines and dots in a policy's colour: where it had the target, and where the ray enters</span>
<span>faint: dead, or no target of this shooter's</span></p>
<div class="scrubber"><p id="readout"></p>
<input type="range" id="rewind" min="0" max="300" step="0.5" value="0" aria-label="Rewind in milliseconds">
<div id="flips" title="whom the ray hits at each rewind"></div></div>
<div class="scroll"><table class="verdicts"><thead><tr><th></th><th></th><th>back</th><th>frame</th><th>verdict</th>
<th>units</th><th>cause</th></tr></thead><tbody id="verdicts"></tbody></table></div>
<ul id="reasons"></ul>
</section>
</div>`;
}

function percent(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}
