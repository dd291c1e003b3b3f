import { visibleText } from "../../../core/visible_text.ts";
import { element } from "../../../page/script/element.js";
import { worstMoment } from "./finding_moments.js";
import { choose, onToggle, report, runs, show, swatch } from "./runs.js";

/** Lets every finding show its runs alone, and lead to the second at which it shows most. */
export function listenToFindings() {
  for (const item of document.querySelectorAll("[data-finding]")) {
    const finding = report.findings[Number(item.dataset.finding)];
    const names = new Set(finding.runs);
    const touched = runs.filter(({ figures }) => names.has(figures.name));
    const goes = item.querySelector(".goes");
    if (touched.length > 0 && touched.length < runs.length) goes.append(aloneButton(touched));
    const moment = worstMoment(finding, touched);
    if (moment !== undefined) goes.append(momentButton(moment, touched));
    item.querySelector("details")?.addEventListener("toggle", ({ target }) => {
      target.querySelector("ul").replaceChildren(...touched.map(nameItem));
    }, { once: true });
  }
}

function nameItem(run) {
  return element("li", "", swatch(run), run.name);
}

function isAlone(touched) {
  const among = new Set(touched);
  return runs.every((run) => run.isShown === among.has(run));
}

/** Shows these runs only, and all again when it is pressed once more. */
function aloneButton(touched) {
  const button = element("button", "small");
  button.type = "button";
  const count = touched.length === 1 ? "this run" : `these ${touched.length} runs`;
  const refresh = () => {
    const isPressed = isAlone(touched);
    button.setAttribute("aria-pressed", String(isPressed));
    button.textContent = isPressed ? "show all runs again" : `show ${count} alone`;
  };
  button.addEventListener("click", () => showAlone(touched));
  onToggle(refresh);
  refresh();
  return button;
}

function showAlone(touched) {
  const among = new Set(touched);
  const isBack = isAlone(touched);
  show((run) => isBack || among.has(run));
}

function momentButton({ run, second, words }, touched) {
  const button = element("button", "small", `${words}: second ${second} →`);
  button.type = "button";
  button.title = `in ${visibleText(run.name)}`;
  button.addEventListener("click", () => {
    if (!isAlone(touched)) showAlone(touched);
    choose(second, run);
  });
  return button;
}
