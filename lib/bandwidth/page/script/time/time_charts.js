import { color } from "../../../../page/script/color.js";
import { numberText } from "../number_text.js";
import { onToggle, runs, shownRuns } from "../runs.js";
import { chartRows } from "./chart_rows.js";
import { eventNotes } from "./event_times.js";
import { plotLines } from "./line_plot.js";
import { isAfterHole } from "./quiet_seconds.js";
import {
  cursor,
  lengthOf,
  onCursor,
  onZoom,
  pointOf,
  seconds,
  secondText,
  step,
  view,
} from "./time_axis.js";
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
/** Round counts: small ones finely, then powers of ten. */
const POWERS = [0, 1, 2, 5, 10, 20, 50, ...Array.from({ length: 8 }, (_, i) => 10 ** (i + 2))];
/** A chart has room for the fine ones below so much. */
const FINE_POWERS = 10;
/** A small chart has no room for 0 and 1 from so much on. */
const POWERS_HIGH = 50;
/** Steps of the axis of time, in seconds. */
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 36_000];
const STEPS_LONG = [86_400, 604_800, 6_048_000, 31_536_000, 315_360_000];

/** What each chart draws: `y` of a point of the series and its seconds, `thin` beside it, and words. */
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
    y: ({ keyframes }, length) => keyframes / length,
    unit: "keyframes a second",
    yScale: { distr: 4, asinh: 1, range: (_, __, max) => [0, Math.max(1, max ?? 1) * 1.2] },
    ySplits: (_, __, ___, max) =>
      POWERS.filter((power) =>
        power <= max && (power !== 1 || max < POWERS_HIGH) &&
        (max < FINE_POWERS || /^(?:0|10*)$/.test(String(power)))
      ),
    text: ({ keyframes }) => `${numberText(keyframes)} keyframes`,
  },
  losses: {
    y: ({ losses }, length) => losses / length,
    unit: "packets a second",
    text: ({ losses }) => `${numberText(losses)} lost packets`,
  },
  wrong: {
    y: ({ wrongFields }, length) => wrongFields / length,
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
        return point === undefined ? null : valueOf(point, lengthOf(run, point)) ?? null;
      })
    );
  const ys = linesOf(y), thins = thin && linesOf(thin);
  const afterHole = slots.map(({ second }) =>
    second !== undefined && runs.some((run) => isAfterHole(run, second))
  );
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
    ...(thin && afterHole.includes(true) &&
      { yScale: withoutHoles(scales.yScale ?? FROM_ZERO, afterHole) }),
    xs: slots.map(({ x }) => x),
    ys,
    ...(thin && { thin: thins, onDraw: (made) => tellCut(made, afterHole) }),
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

/** A scale that seconds after a hole of the recording do not stretch, where there are others. */
function withoutHoles({ range }, afterHole) {
  return {
    range: (u, min, max) => {
      const [, most] = extremes(u, (i) => !afterHole[i]);
      return range(u, min, most > 0 ? most : max);
    },
  };
}

/** Least index and largest value of the lines shown, at those xs in view that are meant. */
function extremes(u, isMeant) {
  let most = 0, place;
  const xs = u.data[0];
  for (let line = 1; line < u.data.length; line++) {
    if (u.series[line].show === false) continue;
    for (let i = 0; i < xs.length; i++) {
      if (xs[i] < view.min || xs[i] > view.max || !isMeant(i)) continue;
      if ((u.data[line][i] ?? 0) > most) [most, place] = [u.data[line][i], i];
    }
  }
  return [place, most];
}

/** Writes what lies above the axis beside where its line leaves the chart. */
function tellCut(u, afterHole) {
  let freeFrom = -Infinity;
  afterHole.forEach((isAfter, i) => {
    if (!isAfter) return;
    const [place, most] = extremes(u, (other) => other === i);
    if (place === undefined || most <= u.scales.y.max) return;
    const { ctx, bbox } = u;
    const text = `after a hole: ${numberText(most, 0)} ↑`;
    ctx.save();
    ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    const width = ctx.measureText(text).width, beside = 6 * devicePixelRatio;
    const x = u.valToPos(u.data[0][i], "x", true);
    const isLeft = x + beside + width > bbox.left + bbox.width;
    const left = isLeft ? x - beside - width : x + beside;
    if (left >= freeFrom) {
      ctx.fillStyle = color("--soft");
      ctx.textBaseline = "top";
      ctx.fillText(text, left, bbox.top + 2 * devicePixelRatio);
      freeFrom = left + width + beside;
    }
    ctx.restore();
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
