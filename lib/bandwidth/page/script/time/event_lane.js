import { color, onColors } from "../../../../page/script/color.js";
import { element } from "../../../../page/script/element.js";
import { onPaper } from "../../../../page/script/paper.js";
import { numberText } from "../number_text.js";
import { compareNames } from "../compare_names.js";
import { events } from "../runs.js";
import { eventName, eventsIn, placeOf, timedEvents } from "./event_times.js";
import { clearLane } from "./line_plot.js";
import { onZoom, secondText, view } from "./time_axis.js";
import { KEYS, keysOverTime, overTime } from "./time_overlay.js";
import { hideTooltip, showTooltip } from "./tooltip.js";

/** Names with a button, names that are shown at first, and events that a tooltip lists. */
const NAMES_MAX = 12, SHOWN_FIRST = 6, LISTED_MAX = 8;
const LANE_HEIGHT = 18;
/** Pixels in which ticks become one, around one that has room for its count, and that a pointer may miss one by. */
const TICK = 3, COUNT_ROOM = 16, MISS = 8;

/** Shows when recorded events came: a row a name, under the axis of the charts. */
export function drawEventLane() {
  const box = document.getElementById("event-lane");
  if (box === null || events === undefined) return;
  const order = namesInOrder();
  const shown = new Set(order.slice(0, SHOWN_FIRST));
  const lanes = element("div", "strip-rows"), remark = element("p", "hint");
  const draws = [];
  const drawAll = () => draws.forEach((draw) => draw());
  const tell = (second, clientX, clientY) => tellEvents(shown, second, clientX, clientY);
  const fill = () => {
    draws.length = 0;
    const rows = order.filter((name) => shown.has(name)).map((name) => laneOf(name, draws, tell));
    lanes.hidden = rows.length === 0;
    lanes.replaceChildren(...rows);
    drawAll();
  };
  remark.textContent = events.leftOut === 0
    ? ""
    : `${numberText(events.leftOut)} more events were recorded that this page leaves out.`;
  box.append(nameButtons(order, shown, fill), lanes, remark);
  lanes.setAttribute("aria-label", `Recorded events over time: ${KEYS}`);
  keysOverTime(lanes, () => lanes.querySelector(".strip-plot") ?? lanes, tell);
  onZoom(drawAll);
  new ResizeObserver(drawAll).observe(box);
  onColors(drawAll);
  onPaper(drawAll);
  fill();
}

/** Indices of the names, the most frequent first. */
function namesInOrder() {
  return events.names
    .map(({ count, name }, index) => ({ count, index, name }))
    .sort((a, b) => b.count - a.count || compareNames(a.name, b.name))
    .map(({ index }) => index);
}

/** A button a name; beyond the first names they are folded. */
function nameButtons(order, shown, onChange) {
  const buttons = order.map((index) => {
    const { count } = events.names[index];
    const button = element("button", "", eventName(index), element("small", "", ` ${count}`));
    button.type = "button";
    const press = () => button.setAttribute("aria-pressed", String(shown.has(index)));
    button.addEventListener("click", () => {
      if (!shown.delete(index)) shown.add(index);
      press();
      onChange();
    });
    press();
    return button;
  });
  const group = element("div", "event-names", ...buttons.slice(0, NAMES_MAX));
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Names of events shown");
  const rest = buttons.slice(NAMES_MAX);
  if (rest.length > 0) {
    const summary = element("summary", "", `${rest.length} more names`);
    group.append(element("details", "", summary, element("div", "event-names", ...rest)));
  }
  return group;
}

function laneOf(name, draws, tell) {
  const canvas = element("canvas", "strip");
  const { count } = events.names[name];
  canvas.setAttribute("role", "img");
  canvas.setAttribute(
    "aria-label",
    `${eventName(name)}: ${count === 1 ? "1 event" : `${numberText(count)} events`}`,
  );
  const plot = element("div", "strip-plot", canvas);
  const seen = element("small", "");
  const title = element("p", "strip-name", element("b", "", eventName(name)), seen);
  const lane = element("div", "strip-row", title, plot);
  const times = timedEvents().filter((event) => event.name === name);
  overTime(plot, tell, (time, scale) => nearestTime(times, time, MISS / scale));
  draws.push(() => drawLane(times, lane, plot, canvas, seen));
  return lane;
}

function drawLane(times, lane, plot, canvas, seen) {
  const { ctx, width } = clearLane(plot, lane, canvas, LANE_HEIGHT);
  const from = placeOf(times, view.min), to = placeOf(times, view.max);
  seen.textContent = ` ${numberText(to - from)} of ${numberText(times.length)} in view`;
  const ticks = ticksOf(times.slice(from, to), width);
  const most = ticks.reduce((max, { count }) => Math.max(max, count), 1);
  ctx.font = "10.5px system-ui, sans-serif";
  ticks.forEach(({ count, x }, i) => {
    const height = 7 + (LANE_HEIGHT - 7) * Math.sqrt((count - 1) / most);
    ctx.fillStyle = color("--event");
    // Half of a tick lies before its time, half behind it.
    const left = Math.max(0, Math.min(width - TICK + 1, x - (TICK - 1) / 2));
    ctx.fillRect(left, LANE_HEIGHT - height, TICK - 1, height);
    const next = (ticks[i + 1]?.x ?? Infinity) - x;
    const hasRoom = next > COUNT_ROOM && x + COUNT_ROOM < width;
    if (count < 2 || !hasRoom) return;
    ctx.fillStyle = color("--soft");
    ctx.fillText(String(count), x + TICK + 1, LANE_HEIGHT - 5);
  });
}

/** Pixels at which events stand, those that are close together at the first of them. */
function ticksOf(times, width) {
  const ticks = [];
  for (const { at } of times) {
    const x = ((at - view.min) / (view.max - view.min)) * width;
    const last = ticks.at(-1);
    if (last !== undefined && x - last.x < TICK) last.count++;
    else ticks.push({ x, count: 1 });
  }
  return ticks;
}

/** The time of the event that is nearest to a time, where one is no further away than so much. */
function nearestTime(times, time, missMax) {
  const place = placeOf(times, time);
  const [nearest] = [times[place - 1], times[place]]
    .filter((event) => event !== undefined && Math.abs(event.at - time) <= missMax)
    .sort((a, b) => Math.abs(a.at - time) - Math.abs(b.at - time));
  return nearest?.at ?? time;
}

function tellEvents(shown, second, clientX, clientY) {
  const here = eventsIn(second).filter(({ name }) => shown.has(name));
  if (here.length === 0) {
    hideTooltip();
    return { text: `${secondText(second)}; no event` };
  }
  const rows = here.slice(0, LISTED_MAX).map(({ at, label, text }) => ({
    name: [label, text].filter((part) => part !== "").join(" · "),
    value: `${numberText(at, 2)} s`,
  }));
  const more = here.length - rows.length;
  const notes = more > 0 ? [`and ${numberText(more)} more`] : [];
  showTooltip(clientX, clientY, secondText(second), rows, notes);
  const said = rows.map(({ name, value }) => `${value} ${name}`);
  return { text: [secondText(second), ...said, ...notes].join("; ") };
}
