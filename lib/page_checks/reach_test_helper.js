// Runs in a page: where the Tab key goes.
import { forgetItems, isSeen, placeOf } from "./page_items_test_helper.js";

const OPERATED =
  "a[href], button, input:not([type='hidden']), select, textarea, summary, [tabindex], " +
  "[role='button'], [role='link'], [role='slider'], [role='checkbox'], [role='tab'], [role='option']";
/** Lists in which arrow keys go on from one stop. */
const COMPOSITES =
  "[role='listbox'], [role='list'], [role='grid'], [role='toolbar'], [role='tablist'], " +
  "[role='radiogroup'], [role='menu'], [role='tree'], [role='treegrid']";

let stops;
let styles;

/** Begins at the top, and keeps how everything looks that has no focus. */
export function startReach() {
  forgetItems();
  stops = [];
  styles = new Map();
  document.activeElement?.blur();
  getSelection().removeAllRanges();
  scrollTo(0, 0);
  for (const element of document.querySelectorAll("*")) {
    if (element.matches(OPERATED) || isScroller(element)) styles.set(element, looks(element));
  }
}

function isScroller(element) {
  const { overflowX, overflowY } = getComputedStyle(element);
  return /auto|scroll/.test(overflowX + overflowY);
}

function looks(element) {
  const {
    backgroundColor,
    borderColor,
    boxShadow,
    color,
    outlineWidth,
    outlineStyle,
    textDecoration,
  } = getComputedStyle(element);
  const outline = outlineStyle === "none" ? "" : outlineWidth;
  return [backgroundColor, borderColor, boxShadow, color, outline, textDecoration].join(" ");
}

/** Keeps where a press of Tab went; says whether there is more to come. */
export function noteStop() {
  const element = document.activeElement;
  if (element === null || element === document.body || element === document.documentElement) {
    return "end";
  }
  if (stops.at(-1)?.element === element) return "trap";
  if (stops.some((stop) => stop.element === element)) return "end";
  const label = element.labels?.[0];
  const isLabelled = label && (element.type === "checkbox" || element.type === "radio") &&
    !isSeen(element);
  const shown = isLabelled ? label : element;
  const hasChanged = looks(element) !== styles.get(element);
  const box = shown.getBoundingClientRect();
  const inView = [
    Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2),
    Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 2),
  ];
  const top = document.elementFromPoint(...inView);
  const isCovered = top !== null && !shown.contains(top) && !top.contains(shown) &&
    /fixed|sticky/.test(layersOf(top));
  stops.push({ element, hasChanged, coveredBy: isCovered ? placeOf(top) : undefined });
  return "more";
}

function layersOf(element) {
  const positions = [];
  for (let node = element; node !== null; node = node.parentElement) {
    positions.push(getComputedStyle(node).position);
  }
  return positions.join(" ");
}

/** What cannot be reached, is reached out of order, or does not show that it is. */
export function reachFaults() {
  const reached = new Set(stops.map(({ element }) => element));
  const faults = [];
  for (const element of document.querySelectorAll(OPERATED)) {
    if (element.tabIndex > 0) faults.push(`${placeOf(element)} goes before all by its tabindex`);
    if (reached.has(element) || !canOperate(element) || isWithin(element, reached)) continue;
    faults.push(`${placeOf(element)} is not reached by Tab`);
  }
  for (const [i, { coveredBy, element, hasChanged }] of stops.entries()) {
    if (!hasChanged) faults.push(`${placeOf(element)} does not show its focus`);
    if (coveredBy !== undefined) {
      faults.push(`${placeOf(element)} has its focus under ${coveredBy}`);
    }
    const before = stops[i - 1]?.element;
    if (
      before !== undefined &&
      (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
    ) {
      faults.push(`${placeOf(element)} is reached after ${placeOf(before)}, which stands below it`);
    }
  }
  return { faults, stops: stops.length };
}

function canOperate(element) {
  if (element.closest(":disabled, [inert], [aria-disabled='true']")) return false;
  if (element.matches("[tabindex='-1']") && !element.matches("button, [role], a, input, select")) {
    return false;
  }
  return isSeen(element) || (element.labels?.length > 0 && isSeen(element.labels[0]));
}

/** Whether keys lead to it from a stop beside it: lists with one stop, buttons of one choice. */
function isWithin(element, reached) {
  const list = element.closest(COMPOSITES);
  if (list !== null && [...reached].some((stop) => list.contains(stop))) return true;
  if (element.type !== "radio") return false;
  return [...reached].some(({ form, name, type }) =>
    type === "radio" && name === element.name && form === element.form
  );
}
