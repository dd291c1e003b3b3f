import { element } from "../../../page/script/element.js";
import { onFilter, shownShots } from "./list/filters.js";
import { optionId, shotRow } from "./list/shot_row.js";
import { shotAfter } from "./list/steps.js";
import { page } from "./poses.js";
import { chooseShot, onChange, state } from "./shots.js";

/** Height of a row in pixels, as the style has it. */
const ROW = 3.125 * parseFloat(getComputedStyle(document.documentElement).fontSize);
/** Rows above and below those in sight that stand already. */
const SPARE = 6;
/** Time in which digits make one number, in milliseconds. */
const TYPING_MS = 900;

const list = document.getElementById("shots");
/** As high as all rows; only those in sight stand in it. */
const rows = element("div", "rows");
let typed = "";
let typedAt = 0;

/** The shots as one list, which keys go along; rows are made as they come into sight. */
export function listShots() {
  rows.setAttribute("role", "presentation");
  list.append(rows);
  if (page.policies.length > 10) list.classList.add("many");
  list.addEventListener("scroll", render, { passive: true });
  list.addEventListener("keydown", goAlong);
  list.addEventListener("click", ({ target }) => {
    const row = target.closest(".shot");
    const shot = shownShots().find((other) => optionId(other) === row?.id);
    if (shot !== undefined) chooseShot(shot);
  });
  new ResizeObserver(render).observe(list);
  onFilter(showChosen);
  onChange((what) => {
    if (what === "shot") showChosen();
  });
  showChosen();
}

/** Scrolls to the chosen shot, if it is listed. */
function showChosen() {
  const at = shownShots().indexOf(state.shot);
  rows.style.height = `${shownShots().length * ROW}px`;
  if (at >= 0) {
    const top = at * ROW;
    const { clientHeight, scrollTop } = list;
    const lowest = top + ROW - clientHeight;
    // A step away it moves by a step; from afar it comes to the middle.
    if (top < scrollTop - ROW || lowest > scrollTop + ROW) list.scrollTop = (top + lowest) / 2;
    else list.scrollTop = Math.min(Math.max(scrollTop, lowest), top);
  }
  render();
}

function render() {
  const shown = shownShots();
  const first = Math.max(0, Math.floor(list.scrollTop / ROW) - SPARE);
  const end = Math.ceil((list.scrollTop + list.clientHeight) / ROW) + SPARE;
  const places = shown.slice(first, end).map((_, i) => first + i);
  // The chosen one always stands: who reads the page aloud is told of it.
  const chosen = shown.indexOf(state.shot);
  if (chosen >= 0 && !places.includes(chosen)) places.push(chosen);
  rows.replaceChildren(
    ...places.sort((a, b) => a - b).map((place) => {
      const row = shotRow(shown[place], place === chosen);
      row.style.top = `${place * ROW}px`;
      row.setAttribute("aria-posinset", String(place + 1));
      row.setAttribute("aria-setsize", String(shown.length));
      return row;
    }),
  );
  if (chosen >= 0) list.setAttribute("aria-activedescendant", optionId(state.shot));
  else list.removeAttribute("aria-activedescendant");
}

function goAlong(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const page = Math.max(1, Math.floor(list.clientHeight / ROW) - 1);
  const step = {
    ...{ ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page },
    ...{ Home: -Infinity, End: Infinity },
  }[event.key];
  const isDigit = /^\d$/.test(event.key);
  if (step === undefined && !isDigit) return;
  event.preventDefault();
  // A digit here is part of a number, and no policy's key.
  event.stopPropagation();
  const next = isDigit ? shotTyped(event) : shotAfter(step);
  if (next !== undefined && next !== state.shot) chooseShot(next);
}

/** The listed shot whose number begins with the digits typed so far, that number itself first. */
function shotTyped({ key, timeStamp }) {
  typed = timeStamp - typedAt > TYPING_MS ? key : typed + key;
  typedAt = timeStamp;
  const shown = shownShots();
  return shown.find(({ index }) => String(index) === typed) ??
    shown.find(({ index }) => String(index).startsWith(typed));
}
