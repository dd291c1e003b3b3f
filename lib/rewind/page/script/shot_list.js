import { element } from "../../../page/script/element.js";
import { nameOf } from "./names.js";
import { page } from "./poses.js";
import { flipGradient } from "./scrubber.js";
import { chooseShot, differs, onChange, state } from "./shots.js";
import { numberText, verdictText } from "./verdict_text.js";

const rows = [];

/** The shots as a list with filters; arrow keys go from one to the next. */
export function listShots() {
  const list = document.getElementById("shots");
  for (const shot of page.shots) rows.push({ shot, node: shotRow(shot) });
  list.append(...rows.map(({ node }) => node));
  fillPolicies();
  fillCauses();
  for (const filter of document.querySelectorAll("[data-filter]")) {
    filter.addEventListener("change", applyFilters);
  }
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const shown = rows.filter(({ node }) => !node.hidden);
    const at = shown.findIndex(({ shot }) => shot === state.shot);
    const next = shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
    if (next === undefined) return;
    chooseShot(next.shot);
    next.node.focus();
  });
  onChange((what) => {
    if (what === "rewind") return;
    for (const { shot, node } of rows) {
      node.setAttribute("aria-current", String(shot === state.shot));
    }
  });
  applyFilters();
}

function shotRow(shot) {
  const dots = element("span", "dots");
  shot.results.forEach((result) => {
    const tone = result === null || result.cause === undefined
      ? "unknown"
      : differs(result)
      ? "wrong"
      : "right";
    dots.append(element("i", tone));
  });
  const bar = element("span", "flip");
  bar.style.background = flipGradient(shot);
  const node = element(
    "button",
    "shot",
    element("b", "", String(shot.index)),
    element("span", "when", `${numberText(shot.timeMs / 1000, 2)} s · by ${nameOf(shot.shooter)}`),
    element("span", isHit(shot) ? "game is-hit" : "game", verdictText(shot.game)),
    dots,
    bar,
  );
  node.type = "button";
  node.addEventListener("click", () => chooseShot(shot));
  return node;
}

function isHit({ game }) {
  return game !== undefined && game !== null;
}

function fillPolicies() {
  const select = document.querySelector("[data-filter='policy']");
  page.policies.forEach(({ policy }, i) => {
    const option = element("option", "", policy);
    option.value = i;
    select.append(option);
  });
}

function fillCauses() {
  const select = document.querySelector("[data-filter='cause']");
  const causes = new Set(page.shots.flatMap(({ results }) => results.map((r) => r?.cause)));
  for (const cause of [...causes].filter((word) => word && word !== "agrees").sort()) {
    select.append(element("option", "", cause));
  }
}

/** Hides what the filters leave out, and looks at the first shot that is left. */
function applyFilters() {
  const value = (name) => document.querySelector(`[data-filter='${name}']`).value;
  const policy = value("policy") === "" ? undefined : Number(value("policy"));
  const cause = value("cause");
  const game = value("game");
  const onlyDiffering = document.querySelector("[data-filter='differs']").checked;
  for (const { shot, node } of rows) {
    const results = policy === undefined ? shot.results : [shot.results[policy]];
    const isShown = (!onlyDiffering || results.some(differs)) &&
      (cause === "" || results.some((result) => result?.cause === cause)) &&
      (game === "" || (game === "miss" ? shot.game === null : isHit(shot)));
    node.hidden = !isShown;
  }
  const shown = rows.filter(({ node }) => !node.hidden);
  document.getElementById("shot-count").textContent = `${shown.length} of ${rows.length}`;
  const isGone = !shown.some(({ shot }) => shot === state.shot);
  if (isGone && shown.length > 0) chooseShot(shown[0].shot);
}
