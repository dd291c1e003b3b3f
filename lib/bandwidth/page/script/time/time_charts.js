import { numberText } from "../number_text.js";
import { onToggle, runs, shownRuns } from "../runs.js";
import { chartRows } from "./chart_rows.js";
import { eventNotes } from "./event_times.js";
import { plotLines } from "./line_plot.js";
import { cursor, onCursor, onZoom, pointOf, seconds, secondText, step, view } from "./time_axis.js";
import { KEYS, keysOverTime, overTime } from "./time_overlay.js";
import { hideTooltip, showTooltip } from "./tooltip.js";

/** Draws what the runs met second by second; all these charts share cursor, zoom and chosen second. */
export function drawTimeCharts() {
  for (const [name, chart] of Object.entries(CHARTS)) {
    const box = document.querySelector(`[data-chart="${name}"]`);
    if (box !== null && seconds.length > 0) draw(box, chart);
  }
}

const FROM_ZERO = { range: (_, __, max) => [0, Math.max(1, max ?? 1) * 1.08] };
const FROM_ZERO_FINE = { range: (_, __, max) => [0, max > 0 ? max * 1.08 : 1] };
const POWERS = [0, ...Array.from({ length: 10 }, (_, exponent) => 10 ** exponent)];
/** A small chart has no room for 0 and 1 from so much on. */
const POWERS_HIGH = 50;
/** Steps of the axis of time, in seconds. */
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 36_000];
const STEPS_LONG = [86_400, 604_800, 6_048_000, 31_536_000, 315_360_000];

/** What each chart draws: `y` of a point of the series, `thin` beside it, and words. */
const CHARTS = {
  age: {
    y: ({ stateAgeMs }) => stateAgeMs?.p50,
    thin: ({ stateAgeMs }) => stateAgeMs?.max,
    unit: "ms",
    text: ({ stateAgeMs }) =>
      `median ${numberText(stateAgeMs.p50, 1)} ms, oldest ${numberText(stateAgeMs.max, 1)} ms`,
  },
  error: {
    y: ({ drawnError }) => drawnError?.mean,
    thin: ({ drawnError }) => drawnError?.max,
    unit: "game units",
    yScale: FROM_ZERO_FINE,
    text: ({ drawnError }) =>
      `mean ${numberText(drawnError.mean)}, largest ${numberText(drawnError.max)}`,
  },
  kbps: {
    y: ({ kbps }) => kbps,
    unit: "kbps",
    text: ({ kbps }) => `${numberText(kbps)} kbps`,
  },
  keyframes: {
    y: ({ keyframes }) => keyframes,
    unit: "keyframes a second",
    yScale: { distr: 4, asinh: 1, range: (_, __, max) => [0, Math.max(1, max ?? 1) * 1.2] },
    ySplits: (_, __, ___, max) =>
      POWERS.filter((power) => power <= max && (power !== 1 || max < POWERS_HIGH)),
    text: ({ keyframes }) => `${numberText(keyframes)} keyframes`,
  },
  losses: {
    y: ({ losses }) => losses,
    unit: "packets a second",
    text: ({ losses }) => `${numberText(losses)} lost packets`,
  },
  wrong: {
    y: ({ wrongFields }) => wrongFields,
    unit: "wrong fields a second",
    text: ({ wrongFields }) => `${numberText(wrongFields)} wrong fields`,
  },
};

function draw(box, { thin, text, unit, y, ...scales }) {
  const slots = slotsOf(seconds);
  const linesOf = (valueOf) =>
    runs.map((run) =>
      slots.map(({ second }) => {
        const point = pointOf(run, second);
        return point === undefined ? null : valueOf(point) ?? null;
      })
    );
  const ys = linesOf(y);
  const title = box.parentElement.querySelector("h3").firstChild.textContent.trim();
  const label = () => {
    const count = shownRuns().length;
    const [from, to] = [view.min, view.max].map((time) => numberText(time, 1));
    return `${title} (${unit}), ${
      count === 1 ? "1 run" : `${count} runs`
    }, seconds ${from} to ${to}`;
  };
  const { u, name, thinly } = plotLines(box, {
    ...{ yScale: FROM_ZERO, ...scales },
    xs: slots.map(({ x }) => x),
    ys,
    ...(thin && { thin: linesOf(thin) }),
    ...{ unit, label, isOwnCursor: true, ySpace: 18 },
    xScale: { range: () => [view.min, view.max] },
    xIncrements: [...STEPS, ...STEPS_LONG],
    xText: (time) => `${numberText(time)} s`,
  });
  if (thin) listenToThin(box.parentElement.querySelector("[data-thin]"), thinly);
  box.setAttribute("aria-label", `${title} over time: ${KEYS}`);
  const tell = (second, clientX, clientY) => {
    const i = slots.findIndex((slot) => slot.second === second);
    const corner = u.over.getBoundingClientRect();
    u.setCursor({ left: u.valToPos(second + step / 2, "x"), top: clientY - corner.top });
    const rows = chartRows(u, i, (_, run) => text(pointOf(run, second)), clientY - corner.top);
    const heading = secondText(second);
    if (rows.length === 0) return hideTooltip();
    showTooltip(clientX, clientY, heading, rows, eventNotes(second));
    const said = rows.slice(0, 3).map((row) => `${row.name}: ${row.value}`);
    return { text: [heading, ...said].join("; "), run: rows.find((row) => row.isFocused)?.run };
  };
  overTime(u.over, tell);
  keysOverTime(box, () => u.over, tell);
  onCursor(() => {
    const isHere = u.over.matches(":hover") || box === document.activeElement;
    if (cursor.second === undefined) u.setCursor({ left: -10, top: -10 });
    else if (!isHere) u.setCursor({ left: u.valToPos(cursor.second + step / 2, "x"), top: -10 });
  });
  onZoom(() => {
    u.setScale("x", { min: view.min, max: view.max });
    name();
  });
}

/** Places of the seconds on the axis, and between two that are apart one of none, which ends lines. */
function slotsOf(all) {
  return all.flatMap((second, i) => {
    const slot = { second, x: second + step / 2 };
    const isApart = i > 0 && second - all[i - 1] > 1.5 * step;
    return isApart ? [{ second: undefined, x: all[i - 1] + 1.5 * step }, slot] : [slot];
  });
}

/** A button that shows and hides thin lines, which make the others low. */
function listenToThin(button, thinly) {
  const press = (isShown) => button.setAttribute("aria-pressed", String(isShown));
  button.addEventListener("click", () => press(thinly(!thinly())));
  onToggle(() => press(thinly()));
  press(thinly());
}
