import { htmlText } from "../../../page/html_escape.ts";
import { type CauseRule, CAUSES, type CauseWord } from "../../verdict/cause/cause.ts";
import { CAUSE_TEXTS, CAUSE_WORD_TEXTS } from "../../verdict/cause/cause_texts.ts";
import type { RewindPage } from "../rewind_page.ts";

/** What game, policies and client made of the shot, why they differ, and what the words mean. */
export function verdictSection(page: RewindPage): string {
  return `<table class="verdicts" role="table"><caption class="unseen">Verdicts of this shot</caption>
<thead role="rowgroup"><tr role="row">${
    ["", "who", "back", "frame", "verdict", "units", "cause"].map((head) =>
      `<th scope="col" role="columnheader">${head}</th>`
    ).join("")
  }</tr></thead><tbody id="verdicts" role="rowgroup"></tbody></table>
<h3 id="claims-title">With what they would agree</h3>
<p class="hint" id="claims-hint"><b>unexplained</b>: ${CAUSE_WORD_TEXTS["unexplained"]}.</p>
<ul id="claims" aria-labelledby="claims-title"></ul>
${glossary(page)}`;
}

/** The words and rules that the page names, a sentence each. */
function glossary({ policies }: RewindPage): string {
  const words = new Set(
    policies.flatMap(({ causes }) => Object.entries(causes))
      .filter(([, count]) => count > 0).map(([word]) => word as CauseWord),
  );
  const rules = new Set(
    policies.flatMap(({ rules }) => Object.keys(rules) as CauseRule[]),
  );
  rules.delete("none");
  words.delete("agrees");
  if (words.size === 0) return "";
  return `<details id="glossary"><summary>What the words mean</summary>
<p class="hint">Where policy and game differ, changes are tried one by one. A change with which they would
agree is a reason only if at least two shots share it and no shot contradicts it; else the word is
<b>unexplained</b>, and the change that most shots share is named beside it.</p>
<dl class="words">${[...words].map((word) => item(word, CAUSE_WORD_TEXTS[word])).join("")}</dl>
<h3>Changes that were tried: policy and game would agree if …</h3>
<dl class="words">${
    [...rules].map((rule) =>
      item(
        rule,
        `${CAUSE_TEXTS[rule].claim}. Evidence: ${CAUSE_TEXTS[rule].evidence}${
          CAUSES[rule] === "unexplained" ? "" : `. As a reason: ${CAUSES[rule]}`
        }`,
      )
    ).join("")
  }</dl></details>`;
}

function item(name: string, text: string): string {
  return `<div><dt>${htmlText(name)}</dt><dd>${htmlText(text)}.</dd></div>`;
}
