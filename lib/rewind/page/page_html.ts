import { htmlText } from "../../page/html_escape.ts";
import { htmlPage } from "../../page/html_page.ts";
import { MAIN_ID, pageHeader, pageNotices } from "../../page/page_parts.ts";
import { SCRIPT, STYLE } from "./assets.ts";
import { pageAddress } from "../../page/page_address.ts";
import type { RewindPage } from "./rewind_page.ts";
import { accuracySection } from "./sections/accuracy_section.ts";
import { keysDialog } from "./sections/keys_dialog.ts";
import { percent, policySection } from "./sections/policy_section.ts";
import { sceneSection } from "./sections/scene_section.ts";

/**
 * The page as one file that needs nothing else. Names from the recording are text wherever they
 * stand.
 */
export function pageHtml(page: RewindPage): string {
  const body = `${pageHeader("hindcast · rewind", page.recording, factsOf(page))}
${origin(page)}${reportLink(page)}<main id="${MAIN_ID}" tabindex="-1">
${pageNotices(page.omissions)}
<noscript><p class="notice">The scene needs JavaScript; the table of policies does not.</p></noscript>
<div class="columns">
${policySection(page)}
${accuracySection(page)}
</div>
${
    page.shots.length === 0
      ? `<p class="notice">There are no shots.</p>`
      : sceneSection(page) + keysDialog()
  }
</main>`;
  return htmlPage({
    title: `${page.recording} · rewind`,
    styles: [STYLE],
    body,
    data: { id: "page", value: page },
    scripts: [SCRIPT],
  });
}

function factsOf({ policies, rules, shotCount }: RewindPage): [name: string, value: string][] {
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

/** Link to the report of the same recording; a script adds the moment of the shot. */
function reportLink({ reportPage }: RewindPage): string {
  const address = reportPage === undefined ? undefined : pageAddress(reportPage);
  const link = address === undefined
    ? `<a id="to-report"></a>`
    : `<a id="to-report" href="${address}">the report of this recording</a>`;
  const state = address === undefined ? " hidden" : "";
  return `<nav class="links" aria-label="Other pages"${state}>${link}</nav>\n`;
}

/** Lines that say where the verdicts come from; each is left out where it is not known. */
function origin({ command, recordedOn, version }: RewindPage): string {
  // A line breaks between words only: flags are full of hyphens.
  const words = command?.split(" ").map((word) => `<span>${htmlText(word)}</span>`).join(" ");
  const lines = [
    ...(recordedOn === undefined ? [] : [["date", htmlText(recordedOn)]]),
    ...(words === undefined ? [] : [["command", `<code>hindcast ${words}</code>`]]),
    ...(version === undefined ? [] : [["made by", `hindcast ${htmlText(version)}`]]),
  ];
  if (lines.length === 0) return "";
  const items = lines.map(([name, html]) => `<div><dt>${name}</dt><dd>${html}</dd></div>`);
  return `<dl class="origin">${items.join("\n")}</dl>\n`;
}
