import { element } from "../../../../page/script/element.js";
import { onPaper } from "../../../../page/script/paper.js";
import { numberText } from "../number_text.js";
import { isolate, onPoint, onToggle, point, runs, toggle, view } from "../runs.js";
import { hideTooltip, showTooltip } from "../time/tooltip.js";
import { frontOf } from "./front.js";
import { labelOf, onLook } from "./legend.js";
import { drawPlot, lookOfDot } from "./plot.js";
import { givenFacets, points, weighed, weighedFigure } from "./points.js";
import { onMatch } from "./selection.js";
import { tradeOffWords } from "./trade_off_words.js";

let dots = [];
let front = new Set();

/** Plots what each run costs against what that buys, a dot a run. */
export function drawTradeOff() {
  const box = document.getElementById("trade-off");
  if (box === null || runs.length < 2) return;
  const { figures } = view.tradeOff;
  if (figures.length === 0) {
    const alike = "No figure of what players see differs between these runs: bytes alone do.";
    return void box.append(element("p", "hint", alike));
  }
  const plot = element("div", "trade-plot");
  const words = element("p", "hint");
  words.setAttribute("aria-live", "polite");
  box.append(chooser(figures, () => draw(plot, words)), plot, words);
  draw(plot, words);
  onMatch(() => draw(plot, words));
  onLook(() => draw(plot, words));
  onPaper(() => draw(plot, words));
  onToggle(refresh);
  onPoint((run) => {
    for (const dot of dots) dot.node.classList.toggle("pointed", dot.run === run);
  });
  let width = plot.clientWidth;
  new ResizeObserver(() => {
    if (plot.clientWidth === width) return;
    width = plot.clientWidth;
    draw(plot, words);
  }).observe(plot);
}

function chooser(figures, redraw) {
  const select = element(
    "select",
    "",
    ...figures.map(({ name, unit }, i) => new Option(`${name}, ${unit}`, String(i))),
  );
  select.id = "weighed";
  select.addEventListener("change", () => {
    weighed.figure = Number(select.value);
    redraw();
  });
  const label = element("label", "", "What it costs, kbps, against ", select);
  return element("div", "trade-head", label);
}

function draw(plot, words) {
  const all = points();
  const figure = weighedFigure();
  front = new Set(frontOf(all));
  dots = drawPlot(plot, all, front, figure, labelOf);
  const given = givenFacets().map(({ name }) => name);
  words.textContent = tradeOffWords(all, figure, given, view.names.length - runs.length);
  for (const dot of dots) listen(dot);
  if (dots.length > 0) dots[0].node.setAttribute("tabindex", "0");
  refresh();
}

function refresh() {
  for (const dot of dots) lookOfDot(dot);
}

/** One dot is a stop for the tab key; arrows go from dot to dot, by cost or by figure. */
function listen(dot) {
  const { node } = dot;
  const choose = (isAlone) => (isAlone ? isolate(dot.run) : toggle(dot.run));
  node.addEventListener("click", (event) => choose(event.shiftKey || event.altKey));
  node.addEventListener("mouseenter", () => explain(dot));
  node.addEventListener("mouseleave", leave);
  node.addEventListener("focus", () => {
    for (const other of dots) other.node.setAttribute("tabindex", other === dot ? "0" : "-1");
    if (node.matches(":focus-visible")) explain(dot);
  });
  node.addEventListener("blur", leave);
  node.addEventListener("keydown", (event) => {
    const next = nextDot(dot, event.key);
    if (event.key === "Enter" || event.key === " ") choose(event.shiftKey || event.altKey);
    else if (event.key === "Escape") leave();
    else if (next === undefined) return;
    else next.node.focus();
    event.preventDefault();
  });
}

function nextDot(dot, key) {
  const byX = [...dots].sort((a, b) => a.x - b.x || a.y - b.y);
  const byY = [...dots].sort((a, b) => a.y - b.y || a.x - b.x);
  if (key === "Home") return byX[0];
  if (key === "End") return byX[byX.length - 1];
  if (key === "ArrowRight") return byX[byX.indexOf(dot) + 1] ?? dot;
  if (key === "ArrowLeft") return byX[byX.indexOf(dot) - 1] ?? dot;
  if (key === "ArrowUp") return byY[byY.indexOf(dot) + 1] ?? dot;
  if (key === "ArrowDown") return byY[byY.indexOf(dot) - 1] ?? dot;
  return undefined;
}

/** Tells a dot's figures, and those of dots that lie under or over it. */
function explain(dot) {
  const figure = weighedFigure();
  const corner = dot.node.getBoundingClientRect();
  const isOver = (other) => Math.hypot(other.x - dot.x, other.y - dot.y) < 5;
  const here = dots.filter((other) => other !== dot && isOver(other));
  showTooltip(
    corner.right - 8,
    corner.top,
    dot.run.name,
    [dot, ...here].map((other) => ({
      run: other.run,
      name: other === dot ? standOf(dot.point) : other.run.short,
      value: valuesText(other.point, figure),
      isFocused: other === dot && here.length > 0,
    })),
  );
  point(dot.run);
}

function valuesText({ x, y }, { unit }) {
  return `${numberText(x, 1)} kbps · ${numberText(y, 2)} ${unit}`;
}

function standOf(point) {
  if (front.has(point)) return "on the front";
  return point.isCompared ? "" : "not compared";
}

function leave() {
  hideTooltip();
  point(undefined);
}
