import { visibleText } from "../../../core/visible_text.ts";
import { color } from "../../../page/script/color.js";
import { element } from "../../../page/script/element.js";
import { readPacked } from "../../../page/script/packed_data.js";

/** The report, as `report --json` writes it; once it is read. */
export let report;

/**
 * Runs that have figures: index in the report, figures, name as shown, what they are made of second
 * by second (undefined where that is not known), and whether they are shown.
 */
export let runs = [];

/** Recorded events, and shots of a page of `rewind`; undefined where there are none. */
export let events, shots;

/** How a packet is taken apart where the page is read, as `PacketCommands`; undefined if unknown. */
export let packetCommands;

/** Reads what the page holds. */
export async function readReport() {
  const data = await readPacked("data");
  ({ report, events, shots, packetCommands } = data);
  runs = report.runs
    .map((figures, index) => ({
      ...{ index, figures, name: visibleText(figures.name), isShown: true },
      moments: data.moments?.[index],
    }))
    .filter(({ figures }) => figures.verified);
}

/** The second that is looked into, and in which run; undefined while none is. */
export const chosen = { second: undefined, run: undefined };

const listeners = { toggle: [], point: [], choose: [] };
const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3]];

/** Calls back when runs were shown or hidden. */
export function onToggle(listener) {
  listeners.toggle.push(listener);
}

/** Calls back with the run that is pointed at in a list, or undefined when none is any more. */
export function onPoint(listener) {
  listeners.point.push(listener);
}

/** Calls back when another second, or another run of it, is looked into. */
export function onChoose(listener) {
  listeners.choose.push(listener);
}

/** Looks into a second (undefined for none) of a run; of the same run as before unless given. */
export function choose(second, run = chosen.run ?? shownRuns()[0]) {
  chosen.second = second;
  chosen.run = run;
  for (const listener of listeners.choose) listener();
}

/** Colour of a run in the present scheme. */
export function runColor(run) {
  return color(`--run-${run.index % 8}`);
}

/** Dashes of a run's lines: colours come again after eight runs, dashes tell them apart. */
export function runDash(run) {
  return DASHES[Math.floor(run.index / 8) % DASHES.length];
}

/** Little mark in a run's colour. */
export function swatch(run) {
  const mark = element("i", "swatch");
  mark.dataset.color = run.index % 8;
  mark.dataset.dash = Math.floor(run.index / 8) % DASHES.length;
  return mark;
}

/** Runs that are shown now. */
export function shownRuns() {
  return runs.filter((run) => run.isShown);
}

/** Shows or hides runs. */
export function show(isShownOf) {
  for (const run of runs) run.isShown = isShownOf(run);
  for (const node of document.querySelectorAll("[data-run]")) {
    const run = runs.find(({ index }) => index === Number(node.dataset.run));
    if (run === undefined) continue;
    node.classList.toggle("off", !run.isShown);
    if (node.tagName === "BUTTON") node.setAttribute("aria-pressed", String(run.isShown));
  }
  for (const listener of listeners.toggle) listener();
}

function toggle(run) {
  show((other) => (other === run ? !other.isShown : other.isShown));
}

/** Shows this run only, or all when it is the only one. */
function isolate(run) {
  const isAlone = shownRuns().every((other) => other === run);
  show((other) => isAlone || other === run);
}

/** A hidden run that is pointed at leaves the others as they are. */
function point(run) {
  for (const listener of listeners.point) listener(run?.isShown ? run : undefined);
}

/** Lets rows and chips toggle their runs. */
export function listenToRuns() {
  for (const node of document.querySelectorAll(".toggles [data-run]")) {
    const run = runs.find(({ index }) => index === Number(node.dataset.run));
    if (run === undefined) continue;
    node.addEventListener("click", (event) => {
      event.stopPropagation();
      if (event.altKey || event.shiftKey) isolate(run);
      else toggle(run);
      point(run);
    });
    node.addEventListener("mouseenter", () => point(run));
    node.addEventListener("mouseleave", () => point(undefined));
  }
  document.getElementById("show-all")?.addEventListener("click", () => show(() => true));
  document.getElementById("show-none")?.addEventListener("click", () => show(() => false));
}
