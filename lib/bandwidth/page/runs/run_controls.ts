import { htmlText } from "../../../page/html_escape.ts";
import type { RunFacet } from "./run_facets.ts";

/** Runs from which on they are found by their settings, and by name. */
const FACETS_FROM = 3;
const NAMES_FROM = 9;
/** Characters of a value that a button shows; its title has all. */
const VALUE_MAX = 44;

/** Buttons and fields that find, group and colour runs; empty where there is nothing to choose. */
export function runControls(facets: readonly RunFacet[], runs: number): string {
  if (runs < FACETS_FROM || facets.length === 0) return "";
  return `<div class="run-controls" hidden>
<div class="facets">${facets.map(facetRow).join("\n")}</div>
<div class="run-choices">
${runs < NAMES_FROM ? "" : `<label>name <input type="search" id="run-name"></label>`}
${choice("run-group", "group by", [["", "nothing"], ...byFacet(facets)])}
${choice("run-color", "colour by", byFacet(facets))}
${choice("run-dash", "dash by", byFacet(facets))}
<button type="button" id="run-clear" hidden>clear filters</button>
</div>
</div>`;
}

function facetRow({ name, of, values }: RunFacet, facet: number): string {
  const buttons = values.map((value, place) => {
    const count = of.filter((other) => other === place).length;
    const shown = value.length > VALUE_MAX ? `${value.slice(0, VALUE_MAX - 1)}…` : value;
    const title = shown === value ? "" : ` title="${htmlText(value)}"`;
    return `<button type="button" data-facet="${facet}" data-place="${place}" ` +
      `aria-pressed="false"${title}>${htmlText(shown)} <small>${count}</small></button>`;
  });
  return `<div role="group" aria-label="only runs of ${htmlText(name)}"><b>${htmlText(name)}</b>` +
    `<div>${buttons.join("")}</div></div>`;
}

type Option = readonly [value: string, text: string];

function byFacet(facets: readonly RunFacet[]): Option[] {
  return facets.map(({ name }, facet) => [String(facet), name]);
}

function choice(id: string, label: string, options: readonly Option[]): string {
  const items = options.map(([value, text]) =>
    `<option value="${value}">${htmlText(text)}</option>`
  );
  return `<label>${label} <select id="${id}">${items.join("")}</select></label>`;
}

/**
 * What stays in sight: how many runs are shown, buttons that show others, and what colours mean;
 * empty for a single run.
 */
export function runBar(runs: number): string {
  if (runs < 2) return "";
  const buttons = [
    ["show-all", "all", "Show every run that matches"],
    ["show-none", "none", "Hide every run"],
    ...(runs < FACETS_FROM ? [] : [
      ["show-front", "the front", "Show the runs on the front of the trade-off"],
      ["show-best", "best 8", "Show the 8 of which the fewest others are both cheaper and better"],
    ]),
  ].map(([id, text, title]) =>
    `<button type="button" id="${id}" title="${title}">${text}</button>`
  );
  return `<nav class="run-bar" aria-label="Runs shown">
<div class="run-said"><span id="runs-said" role="status"></span><span class="run-shows">${
    buttons.join("")
  }</span></div>
<div class="run-legend" role="group" aria-label="Lines"></div>
</nav>`;
}
