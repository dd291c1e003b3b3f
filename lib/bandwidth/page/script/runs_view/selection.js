import { report, runs, view } from "../runs.js";
import { visibleText } from "../../../../core/visible_text.ts";
import { countsOf, matching } from "./filter.js";

let wanted = [];
let text = "";
let names = [];
let flags = [];
const listeners = [];

/** Begins with no filter: everything matches. */
export function startSelection() {
  wanted = view.facets.map(() => new Set());
  names = report.runs.map(({ name }) => visibleText(name));
  flags = names.map(() => true);
}

/** True when the run at an index of the report matches, which may be one without figures. */
export function isMatching(index) {
  return flags[index];
}

/** Runs with figures that match. */
export function matches() {
  return runs.filter((run) => run.isMatch);
}

/** True when anything is filtered. */
export function isFiltered() {
  return text !== "" || wanted.some(({ size }) => size > 0);
}

/** True when a value of a facet is wanted. */
export function isWanted(facet, place) {
  return wanted[facet].has(place);
}

/** How many runs each value of a facet would leave. */
export function valueCounts(facet) {
  return countsOf(view.facets, wanted, names, text, facet);
}

/** Wants a value of a facet, or not any more. */
export function toggleValue(facet, place) {
  const places = wanted[facet];
  if (!places.delete(place)) places.add(place);
  match();
}

/** Wants names that have every word of a text. */
export function wantText(words) {
  text = words.trim();
  match();
}

/** Wants everything. */
export function wantAll() {
  text = "";
  for (const places of wanted) places.clear();
  match();
}

/** Calls back when other runs match. */
export function onMatch(listener) {
  listeners.push(listener);
}

function match() {
  flags = matching(view.facets, wanted, names, text);
  for (const run of runs) run.isMatch = flags[run.index];
  for (const listener of listeners) listener();
}
