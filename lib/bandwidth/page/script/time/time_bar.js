import { numberText } from "../number_text.js";
import { chosen, onChoose } from "../runs.js";
import { jumpToPanel } from "../second/second_hash.js";
import { onZoom, pan, secondText, view, whole, zoomBy, zoomTo } from "./time_axis.js";

const ACTIONS = {
  in: () => zoomBy(0.5, isInView() ? chosen.second : undefined),
  out: () => zoomBy(2),
  earlier: () => pan(-0.5),
  later: () => pan(0.5),
  all: () => zoomTo(whole.min, whole.max),
};

/** Lets the buttons below the charts zoom, and says what is shown and which second is chosen. */
export function listenToTimeBar() {
  const bar = document.getElementById("time-bar");
  if (bar === null) return;
  for (const button of bar.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => ACTIONS[button.dataset.zoom]());
  }
  const range = bar.querySelector("output"), link = bar.querySelector("a");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    jumpToPanel();
  });
  const tell = () => {
    const [from, to] = [view.min, view.max].map((time) => numberText(time, 1));
    const isAll = view.min === whole.min && view.max === whole.max;
    range.textContent = `seconds ${from} to ${to}`;
    for (const button of bar.querySelectorAll("[data-zoom]")) {
      const { zoom } = button.dataset;
      button.disabled = (isAll && zoom !== "in") ||
        (zoom === "earlier" && view.min === whole.min) ||
        (zoom === "later" && view.max === whole.max);
    }
    link.hidden = chosen.second === undefined;
    if (!link.hidden) link.textContent = `${secondText(chosen.second).split(" · ")[0]} ↓`;
  };
  onZoom(tell);
  onChoose(tell);
  tell();
}

function isInView() {
  return chosen.second !== undefined && chosen.second >= view.min && chosen.second <= view.max;
}
