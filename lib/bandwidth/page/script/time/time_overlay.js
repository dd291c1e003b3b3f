import { element } from "../../../../page/script/element.js";
import { choose, chosen, onChoose } from "../runs.js";
import {
  cursor,
  moveCursor,
  onCursor,
  onZoom,
  pan,
  secondAt,
  seconds,
  step,
  stepCursor,
  view,
  whole,
  zoomBy,
  zoomTo,
} from "./time_axis.js";
import { hideScrolledTooltip, hideTooltip } from "./tooltip.js";

/** What keys do, for the name of whatever they go to. */
export const KEYS =
  "arrows move the cursor, Enter looks into its second, plus and minus zoom, 0 shows all";

/** Pixels that a pointer may move in a click. */
const CLICK_PIXELS = 5;
const said = element("p", "said");
said.setAttribute("aria-live", "polite");

/** Drawings that marks lie over; those that left the page are let go. */
const placers = new Map();

/**
 * Lets pointers act on a drawing over time: the cursor, zooming, choosing a second; and marks the
 * chosen second and the cursor in it.
 *
 * @param plot element just as large as the drawing, whose left and right are those of the view
 * @param tell `tell(second, clientX, clientY)` shows the tooltip and gives `{text, run}`, what it says
 *   in words and the run that is pointed at
 * @param meant `meant(time, scale)` gives the time that is meant by one that is pointed at, of a drawing
 *   of `scale` pixels a second; that itself unless given
 */
export function overTime(plot, tell, meant = (time) => time) {
  const mark = element("i", "chosen-second");
  const hair = element("i", "time-cursor");
  const selected = element("i", "time-selected");
  plot.classList.add("over-time-plot");
  plot.append(mark, hair, selected);
  const place = () => {
    put(mark, chosen.second);
    put(hair, cursor.second);
  };
  placers.set(plot, place);
  place();
  listenToPointer(plot, selected, tell, meant);
}

document.addEventListener("scroll", hideScrolledTooltip, { passive: true });
document.addEventListener("pointerdown", ({ target }) => {
  if (target.closest?.(".over-time-plot") === null) hideTooltip();
});

function placeAll() {
  for (const [plot, place] of placers) {
    if (plot.isConnected) place();
    else placers.delete(plot);
  }
}
onZoom(placeAll);
onCursor(placeAll);
onChoose(placeAll);

/** Lays a strip over a second; hidden where it is out of view. */
function put(strip, second) {
  strip.hidden = second === undefined || second + step <= view.min || second >= view.max;
  if (strip.hidden) return;
  const length = view.max - view.min;
  strip.style.left = `${((second - view.min) / length) * 100}%`;
  strip.style.width = `${(step / length) * 100}%`;
}

function timeUnder(plot, clientX) {
  const { left, width } = plot.getBoundingClientRect();
  return view.min + (Math.max(0, Math.min(1, (clientX - left) / width))) * (view.max - view.min);
}

function listenToPointer(plot, selected, tell, meant) {
  let start;
  const secondMeant = (time) =>
    secondAt(meant(time, plot.getBoundingClientRect().width / (view.max - view.min)));
  const isDrag = (event) => Math.abs(event.clientX - start.clientX) > CLICK_PIXELS;
  const end = () => {
    start = undefined;
    selected.hidden = true;
  };
  end();
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    start = { clientX: event.clientX, time: timeUnder(plot, event.clientX) };
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", (event) => {
    const time = timeUnder(plot, event.clientX);
    const second = secondMeant(time);
    moveCursor(second);
    if (second !== undefined) tell(second, event.clientX, event.clientY);
    selected.hidden = start === undefined || !isDrag(event);
    if (selected.hidden) return;
    const length = view.max - view.min;
    selected.style.left = `${((Math.min(time, start.time) - view.min) / length) * 100}%`;
    selected.style.width = `${(Math.abs(time - start.time) / length) * 100}%`;
  });
  plot.addEventListener("pointerup", (event) => {
    if (start === undefined) return;
    const time = timeUnder(plot, event.clientX);
    if (isDrag(event)) zoomTo(Math.min(time, start.time), Math.max(time, start.time));
    else {
      const second = secondMeant(time);
      choose(second, tell(second, event.clientX, event.clientY)?.run);
    }
    end();
  });
  plot.addEventListener("pointercancel", end);
  plot.addEventListener("pointerleave", ({ pointerType }) => {
    moveCursor(undefined);
    // A finger leaves when it is lifted, and what it asked for is read after that.
    if (pointerType !== "touch") hideTooltip();
  });
  plot.addEventListener("dblclick", () => zoomTo(whole.min, whole.max));
}

/**
 * Lets keys do in an element what pointers do in the drawings in it.
 *
 * @param host element that becomes a tab stop
 * @param plotOf gives the drawing that the tooltip is shown over
 * @param tell as in `overTime`
 */
export function keysOverTime(host, plotOf, tell) {
  if (!said.isConnected) document.body.append(said);
  host.tabIndex = 0;
  host.setAttribute("role", "group");
  const go = (points) => {
    const second = stepCursor(points, chosen.second);
    const { left, top, width, height } = plotOf().getBoundingClientRect();
    const x = left + ((second + step / 2 - view.min) / (view.max - view.min)) * width;
    said.textContent = tell(second, x, top + height / 2)?.text ?? "";
  };
  const actions = {
    ArrowLeft: (event) => go(event.shiftKey ? -10 : -1),
    ArrowRight: (event) => go(event.shiftKey ? 10 : 1),
    Home: () => go(-seconds.length),
    End: () => go(seconds.length),
    PageUp: () => pan(-0.5),
    PageDown: () => pan(0.5),
    Enter: () => cursor.second !== undefined && choose(cursor.second),
    "+": () => zoomBy(0.5, cursor.second),
    "=": () => zoomBy(0.5, cursor.second),
    "-": () => zoomBy(2, cursor.second),
    0: () => zoomTo(whole.min, whole.max),
  };
  host.addEventListener("keydown", (event) => {
    if (event.target !== host || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action(event);
  });
  host.addEventListener("blur", () => {
    moveCursor(undefined);
    hideTooltip();
  });
}
