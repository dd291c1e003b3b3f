import { element } from "../../../../page/script/element.js";
import { listenToRun, markShown, onToggle, runs, setLooks, show, swatch, view } from "../runs.js";
import { canColor, canDash, chooseLook, lookOf, nameBeside } from "./look.js";
import { matches } from "./selection.js";

/** Runs that a legend names one by one; of more, colours alone say little. */
const NAMED_MAX = 16;

let by = { color: undefined, dash: undefined };
const listeners = [];

/** Calls back when colours or dashes have another meaning. */
export function onLook(listener) {
  listeners.push(listener);
}

/** A run's name beside its colour and dash, among those that match; a colour of its own has all. */
export function labelOf({ index, short }) {
  if (by.color === undefined) return short;
  return nameBeside(view.facets, by, index, matches().map((run) => run.index)) || short;
}

/** Gives runs colour and dash by what differs, lets a reader choose by what, and says what they mean. */
export function listenToLooks() {
  by = chooseLook(view.facets, view.names.length);
  choose("run-color", "color", canColor, "run");
  choose("run-dash", "dash", canDash, "colour");
  onToggle(drawLegend);
  apply();
}

function choose(id, key, isAble, without) {
  const select = document.getElementById(id);
  if (select === null) return;
  select.prepend(new Option(without, ""));
  for (const option of [...select.options]) {
    if (option.value !== "" && !isAble(view.facets[Number(option.value)])) option.remove();
  }
  select.value = by[key] ?? "";
  select.addEventListener("change", () => {
    by = { ...by, [key]: select.value === "" ? undefined : Number(select.value) };
    apply();
  });
}

function apply() {
  setLooks(({ index }) => lookOf(view.facets, by, index));
  for (const listener of listeners) listener();
}

function drawLegend() {
  const box = document.querySelector(".run-legend");
  if (box === null) return;
  const focused = document.activeElement?.dataset?.legend;
  const entries = [
    ...(by.color === undefined ? runEntries() : facetEntries(by.color, (value) => ({
      color: value % 8,
      dash: by.dash === undefined ? value % 4 : 0,
    }))),
    ...(by.dash === undefined
      ? []
      : facetEntries(by.dash, (value) => ({ color: "ink", dash: value }))),
  ];
  box.replaceChildren(...entries);
  if (focused !== undefined) box.querySelector(`[data-legend="${focused}"]`)?.focus();
}

function runEntries() {
  const some = runs.length <= NAMED_MAX ? runs : runs.filter(({ isShown }) => isShown);
  if (some.length > NAMED_MAX) {
    const few = `${some.length} runs are too many to name: show fewer, or colour by what differs`;
    return [element("small", "", few)];
  }
  const buttons = some.map((run) => {
    const button = element("button", "", swatch(run), run.short);
    button.type = "button";
    button.title = run.name;
    Object.assign(button.dataset, { run: run.index, legend: `run ${run.index}` });
    listenToRun(button, run);
    return button;
  });
  markShown(buttons);
  return buttons;
}

/** A value a button, which shows or hides all its runs that match. */
function facetEntries(facet, lookOfValue) {
  const { name, of, values } = view.facets[facet];
  return [
    element("b", "", name),
    ...values.map((value, place) => {
      const own = matches().filter(({ index }) => of[index] === place);
      const isShown = own.some((run) => run.isShown);
      const mark = element("i", "swatch");
      Object.assign(mark.dataset, lookOfValue(place));
      const button = element("button", isShown ? "" : "off", mark, value);
      button.type = "button";
      button.title = value;
      button.disabled = own.length === 0;
      button.dataset.legend = `${facet} ${place}`;
      button.setAttribute("aria-pressed", String(isShown));
      button.addEventListener(
        "click",
        () => show((run) => (own.includes(run) ? !isShown : run.isShown)),
      );
      return button;
    }),
  ];
}
