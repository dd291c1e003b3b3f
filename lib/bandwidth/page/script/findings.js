import { element } from "../../../page/script/element.js";
import { worstMoment } from "./finding_moments.js";
import { onToggle, report, runs, show, shownRuns, swatch } from "./runs.js";
import { secondHash } from "./second/second_hash.js";

/** Lets every finding show its runs alone, and lead to the second at which it shows most. */
export function listenToFindings() {
  for (const item of document.querySelectorAll("[data-finding]")) {
    const finding = report.findings[Number(item.dataset.finding)];
    const names = new Set(finding.runs);
    const touched = runs.filter(({ figures }) => names.has(figures.name));
    const goes = item.querySelector(".goes");
    if (touched.length > 0 && touched.length < runs.length) goes.append(aloneButton(touched));
    const moment = worstMoment(finding, touched);
    if (moment !== undefined) goes.append(momentLink(moment, touched));
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

/** Runs that were shown before a finding showed its own alone. */
let before = [];

function showAlone(touched) {
  if (isAlone(touched)) return;
  before = shownRuns();
  const among = new Set(touched);
  show((run) => among.has(run));
}

/** Shows these runs only, and those from before when it is pressed once more. */
function aloneButton(touched) {
  const button = element("button", "small");
  button.type = "button";
  const count = touched.length === 1 ? "this run" : `these ${touched.length} runs`;
  const refresh = () => {
    const isPressed = isAlone(touched);
    button.setAttribute("aria-pressed", String(isPressed));
    button.textContent = isPressed ? "shown alone; show the others again" : `show ${count} alone`;
  };
  button.addEventListener("click", () => {
    if (!isAlone(touched)) return showAlone(touched);
    const others = new Set(before);
    show((run) => others.size === 0 || others.has(run));
  });
  onToggle(refresh);
  refresh();
  return button;
}

/** An address, so that it can be kept; the second itself is opened by who listens to addresses. */
function momentLink({ run, second, words }, touched) {
  const link = element("a", "small", `${words}: second ${second} →`);
  link.href = secondHash(second, run);
  link.title = `in ${run.name}`;
  link.addEventListener("click", () => showAlone(touched));
  return link;
}
