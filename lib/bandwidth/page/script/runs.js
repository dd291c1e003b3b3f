import { visibleText } from "../../../core/visible_text.ts";
import { color } from "../../../page/script/color.js";
import { element } from "../../../page/script/element.js";
import { readPacked } from "../../../page/script/packed_data.js";

/** The report, as `report --json` writes it; once it is read. */
export let report;

/**
 * Runs that have figures: index in the report, figures, name as shown, the part of it that tells it
 * from the others (`short`), what they are made of second by second (`moments`, undefined where that
 * is not known), whether they match the filters and whether they are shown, and which colour (0 to 7)
 * and dash (0 to 3) they have now.
 */
export let runs = [];

/** What runs are found and told apart by: `facets`, short `names` and `tradeOff`, by index. */
export let view;

/** Recorded events, and shots of a page of `rewind`; undefined where there are none. */
export let events, shots;

/** How a packet is taken apart where the page is read, as `PacketCommands`; undefined if unknown. */
export let packetCommands;

/** Reads what the page holds. */
export async function readReport() {
  const data = await readPacked("data");
  ({ report, events, shots, packetCommands, view } = data);
  runs = report.runs
    .map((figures, index) => ({
      ...{ index, figures, name: visibleText(figures.name), short: view.names[index] },
      ...{
        isMatch: true,
        isShown: true,
        color: index % 8,
        dash: Math.floor(index / 8) % DASHES.length,
      },
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
  return color(`--run-${run.color}`);
}

/** Dashes of a run's lines, in pixels. */
export function runDash(run) {
  return DASHES[run.dash];
}

/** Little mark in a run's colour and dash. */
export function swatch(run) {
  const mark = element("i", "swatch");
  mark.dataset.swatch = run.index;
  look(mark, run);
  return mark;
}

/**
 * Gives every run a colour and a dash; who listens to `onToggle` draws again.
 *
 * @param lookOf `{color, dash}` of a run, 0 to 7 and 0 to 3
 */
export function setLooks(lookOf) {
  for (const run of runs) Object.assign(run, lookOf(run));
  const byIndex = new Map(runs.map((run) => [String(run.index), run]));
  for (const node of document.querySelectorAll("[data-swatch]")) {
    look(node, byIndex.get(node.dataset.swatch));
  }
  for (const listener of listeners.toggle) listener();
}

/** A run that is not verified has no line, and so no colour. */
function look(node, run) {
  node.dataset.color = run?.color ?? "";
  node.dataset.dash = run?.dash ?? "";
}

/** Runs that are shown now. */
export function shownRuns() {
  return runs.filter((run) => run.isShown);
}

/** Shows or hides runs. */
export function show(isShownOf) {
  for (const run of runs) run.isShown = isShownOf(run);
  markShown(document.querySelectorAll("[data-run]"));
  for (const listener of listeners.toggle) listener();
}

/** Lets elements say whether the runs of their `data-run` are shown. */
export function markShown(nodes) {
  const byIndex = new Map(runs.map((run) => [String(run.index), run]));
  for (const node of nodes) {
    const run = byIndex.get(node.dataset.run);
    if (run === undefined) continue;
    node.classList.toggle("off", !run.isShown);
    if (node.tagName === "BUTTON") node.setAttribute("aria-pressed", String(run.isShown));
  }
}

/** Shows a run, or hides it. */
export function toggle(run) {
  show((other) => (other === run ? !other.isShown : other.isShown));
}

let shownBefore = [];

/** Shows this run only; when it is the only one, those before again, or all that match. */
export function isolate(run) {
  const shown = shownRuns();
  if (shown.length !== 1 || shown[0] !== run) {
    shownBefore = shown;
    return show((other) => other === run);
  }
  const before = shownBefore.filter((other) => other.isMatch && other !== run);
  show((other) => (before.length === 0 ? other.isMatch : other === run || before.includes(other)));
}

/** Points at a run, or at none; a hidden one leaves the others as they are. */
export function point(run) {
  for (const listener of listeners.point) listener(run?.isShown ? run : undefined);
}

/** Lets an element toggle, isolate (shift-click) and point at a run. */
export function listenToRun(node, run) {
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    if (event.altKey || event.shiftKey) isolate(run);
    else toggle(run);
    point(run);
  });
  node.addEventListener("mouseenter", () => point(run));
  node.addEventListener("mouseleave", () => point(undefined));
}

/** Lets rows and names toggle their runs. */
export function listenToRuns() {
  for (const node of document.querySelectorAll(".toggles [data-run]")) {
    const run = runs.find(({ index }) => index === Number(node.dataset.run));
    if (run !== undefined) listenToRun(node, run);
  }
}
