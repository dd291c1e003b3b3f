import { visibleText } from "../../../../core/visible_text.ts";
import { element } from "../../../../page/script/element.js";
import { page } from "../poses.js";
import { chooseShot, isDisputed, state } from "../shots.js";

const listeners = [];
let shown = page.shots;

/** Calls back when other shots are shown. */
export function onFilter(listener) {
  listeners.push(listener);
}

/** Shots that the filters leave, in order. */
export function shownShots() {
  return shown;
}

/** Index of the policy that is filtered by, or undefined. */
export function chosenPolicy() {
  const { value } = control("policy");
  return value === "" ? undefined : Number(value);
}

/** Fills the filters, and follows them. */
export function listenToFilters() {
  page.policies.forEach(({ policy }, i) => {
    const option = element("option", "", visibleText(policy, 80));
    option.value = i;
    control("policy").append(option);
  });
  for (const filter of document.querySelectorAll("[data-filter]")) {
    filter.addEventListener("change", () => {
      applyFilters();
      if (shown.length > 0 && !shown.includes(state.shot)) chooseShot(shown[0]);
    });
  }
  document.getElementById("all-shots").addEventListener("click", () => {
    showAllShots();
    document.getElementById("shots").focus();
  });
  applyFilters();
}

/** Filters by the policy of a text; false where there is none. */
export function filterByPolicy(text) {
  const index = page.policies.findIndex(({ policy }) => policy === text);
  if (index < 0) return false;
  control("policy").value = String(index);
  applyFilters();
  return true;
}

/** Takes off what leaves out shots. */
export function showAllShots() {
  control("cause").value = "";
  control("game").value = "";
  control("differs").checked = false;
  applyFilters();
}

function control(name) {
  return document.querySelector(`[data-filter='${name}']`);
}

function applyFilters() {
  countCauses();
  const policy = chosenPolicy();
  const cause = control("cause").value;
  shown = shotsOfAnyCause().filter((shot) =>
    cause === "" || resultsOf(shot, policy).some((result) => result?.cause === cause)
  );
  document.getElementById("no-shots").hidden = shown.length > 0;
  document.getElementById("shot-count").textContent = `${shown.length} of ${page.shots.length}`;
  for (const listener of listeners) listener("filter");
}

/** Shots that all filters but that of the cause leave. */
function shotsOfAnyCause() {
  const policy = chosenPolicy();
  const game = control("game").value;
  const onlyDisputed = control("differs").checked;
  return page.shots.filter((shot) =>
    (!onlyDisputed || isDisputed(shot, policy)) &&
    (game === "" || game === (shot.game === undefined ? "unknown" : verdictKind(shot)))
  );
}

function verdictKind({ game }) {
  return game === null ? "miss" : "hit";
}

function resultsOf({ results }, policy) {
  return policy === undefined ? results : [results[policy]];
}

/** True for the cause of some result of the page. */
function isCause(word) {
  return page.shots.some(({ results }) => results.some((result) => result?.cause === word));
}

/** Lists causes with the shots that the other filters leave of each, under the chosen policy or any. */
function countCauses() {
  const policy = chosenPolicy();
  const counts = new Map();
  for (const shot of shotsOfAnyCause()) {
    const causes = new Set(resultsOf(shot, policy).map((result) => result?.cause));
    for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  }
  const select = control("cause");
  const before = select.value;
  // One that is filtered by stays there, with none.
  if (before !== "" && isCause(before) && !counts.has(before)) counts.set(before, 0);
  const causes = [...counts].filter(([cause]) => cause !== undefined && cause !== "agrees");
  const options = causes.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(
    ([cause, count]) => {
      const option = element("option", "", `${cause} (${count})`);
      option.value = cause;
      return option;
    },
  );
  select.replaceChildren(select.options[0], ...options);
  select.value = counts.has(before) ? before : "";
}
