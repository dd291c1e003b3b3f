import { color, onColors } from "../../../../page/script/color.js";
import { isOnPaper, onPaper, roomIn } from "../../../../page/script/paper.js";
import { axisText } from "../number_text.js";
import { onPoint, onToggle, runColor, runDash, runs, shownRuns } from "../runs.js";

const plots = new Set();
const FONT = "12px system-ui, sans-serif";

/** Runs beyond which lines are narrow, and up to which each has a second, thin line unless asked. */
const RUNS_MANY = 12, RUNS_FEW = 4;
/** Width below which a chart keeps less room for its axis. */
const NARROW = 560;

/** Room for the axis at the left of a chart, in pixels; the same for all of a width. */
export function axisRoom(width) {
  return width < NARROW ? 46 : 64;
}

/** Room at the right of a chart, in pixels. */
const END_ROOM = 20;

/** Gives a drawing in a row the left and right of the charts' plots, and returns its width in pixels. */
function placeUnderAxis(drawing, row) {
  const room = roomIn(row);
  drawing.style.marginLeft = `${(axisRoom(room) / room) * 100}%`;
  drawing.style.marginRight = `${(END_ROOM / room) * 100}%`;
  return Math.max(1, room - axisRoom(room) - END_ROOM);
}

/**
 * Makes a canvas in a row as wide as the charts' plots, with a line at its foot.
 *
 * @returns `{ctx, width}`: what draws on it, in pixels of the page, and its width in those
 */
export function clearLane(drawing, row, canvas, height) {
  const width = placeUnderAxis(drawing, row), ratio = devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  ctx.fillStyle = color("--grid");
  ctx.fillRect(0, height - 1, width, 1);
  return { ctx, width };
}

/**
 * Draws lines, one a run, into a box of the page, as wide as it.
 *
 * @param box element of class `chart`
 * @param options `xs` and `ys` (a list a run), `thin` (likewise), `xScale`, `yScale`, `xText` and
 *   `yText` for axes, `unit` above the axis, `paths`, `fill`, `onDraw(u)`,
 *   `onMove(u)` when the cursor moved, `isOwnCursor` where uPlot listens to no pointer, `label()` for
 *   who cannot see it
 * @returns `{u, name(), remove(), thinly(isWanted?)}`: uPlot, and functions that name the drawing
 *   anew, remove it, and show or hide the thin lines and give whether they are shown
 */
export function plotLines(box, options) {
  const { xs, ys, thin = [], xScale = {}, yScale = {}, xText = axisText, yText = axisText } =
    options;
  const axis = { stroke: () => color("--soft"), font: FONT, ticks: { show: false } };
  const grid = { stroke: () => color("--grid"), width: 1 };
  const deaf = () => null;
  const u = new uPlot(
    {
      ...size(box),
      padding: [options.unit === undefined ? 12 : 24, END_ROOM, 0, 0],
      legend: { show: false },
      scales: { x: { time: false, ...xScale }, y: yScale },
      axes: [
        {
          ...axis,
          grid: { show: false },
          values: (_, splits) => splits.map(xText),
          size: 26,
          gap: 4,
          ...(options.xIncrements && { incrs: options.xIncrements }),
        },
        {
          ...axis,
          grid,
          size: () => axisRoom(roomIn(box)),
          values: (_, splits) => splits.map((y) => (y === null ? "" : yText(y))),
          ...(options.ySpace && { space: options.ySpace }),
          ...(options.ySplits && { splits: options.ySplits, filter: (_, splits) => splits }),
        },
      ],
      series: [
        {},
        ...runs.map((run) => ({
          stroke: () => runColor(run),
          dash: runDash(run),
          width: lineWidth(),
          show: run.isShown,
          points: { show: xs.length === 1, size: 7, fill: () => runColor(run) },
          ...(options.fill && { fill: () => `${runColor(run)}1f` }),
          ...(options.paths && { paths: options.paths }),
        })),
        ...thin.map((_, i) => ({
          stroke: () => `${runColor(runs[i])}d9`,
          width: 1,
          show: runs[i].isShown && areThinUsual(),
          points: { show: false },
        })),
      ],
      focus: { alpha: 0.25 },
      cursor: {
        y: false,
        focus: { prox: 24 },
        points: { size: 7, width: 2, fill: () => color("--card") },
        ...(options.isOwnCursor && {
          x: false,
          drag: { x: false, y: false },
          bind: { mousedown: deaf, mouseup: deaf, click: deaf, dblclick: deaf, mousemove: deaf },
        }),
      },
      hooks: {
        setCursor: [() => options.onMove?.(u)],
        draw: [
          ...(options.unit === undefined ? [] : [(made) => drawUnit(made, options.unit)]),
          ...(options.onDraw ? [options.onDraw] : []),
        ],
      },
    },
    [xs, ...ys, ...thin],
    box,
  );
  const canvas = u.root.querySelector("canvas");
  canvas.setAttribute("role", "img");
  const name = () => canvas.setAttribute("aria-label", options.label?.() ?? labelOf(box));
  name();
  const plot = { u, name, hasThin: thin.length > 0 };
  plots.add(plot);
  const fit = () => {
    u.setSize(size(box));
    // uPlot places what lies over it in a microtask of its own.
    if (isOnPaper()) queueMicrotask(() => scaleOver(u));
  };
  plot.fit = fit;
  const observer = new ResizeObserver(fit);
  observer.observe(box);
  const remove = () => {
    observer.disconnect();
    plots.delete(plot);
    u.destroy();
  };
  const thinly = (isWanted = plot.isWanted) => {
    plot.isWanted = isWanted;
    u.batch(() => showThin(plot));
    return isWanted ?? areThinUsual();
  };
  return { u, name, remove, thinly };
}

/** Shows the thin lines of the runs that are shown, where they are wanted or those are few. */
function showThin({ u, isWanted = areThinUsual() }) {
  runs.forEach((run, i) => {
    u.setSeries(runs.length + i + 1, { show: run.isShown && isWanted });
  });
}

function size(box) {
  return { width: Math.max(200, roomIn(box)), height: Number(box.dataset.height) };
}

/** Lines of many runs would hide each other. */
function lineWidth() {
  return shownRuns().length > RUNS_MANY ? 1.2 : 2;
}

function areThinUsual() {
  return shownRuns().length <= RUNS_FEW;
}

function labelOf(box) {
  const title = box.closest("section")?.querySelector("h2")?.textContent ?? "Chart";
  return `${title}: ${shownRuns().length} runs`;
}

/** Writes the unit above the axis of y. */
function drawUnit({ ctx }, unit) {
  ctx.save();
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.fillStyle = color("--soft");
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  ctx.fillText(unit, 0, 2 * devicePixelRatio);
  ctx.restore();
}

onToggle(() => {
  const width = lineWidth();
  for (const plot of plots) {
    const { u, name } = plot;
    u.batch(() => {
      runs.forEach((run, i) => {
        Object.assign(u.series[i + 1], { width, dash: runDash(run) });
        u.setSeries(i + 1, { show: run.isShown });
      });
      if (plot.hasThin) showThin(plot);
      u.redraw();
    });
    name();
  }
});

onPoint((run) => {
  const place = runs.indexOf(run);
  for (const { u } of plots) u.setSeries(place < 0 ? null : place + 1, { focus: place >= 0 });
});

onPaper(() => {
  for (const { fit } of plots) fit();
});

/** Lets marks over a drawing be scaled with it; uPlot undoes this where the drawing has another size. */
function scaleOver({ over: { style }, width, height }) {
  const wholes = { left: width, width, top: height, height };
  for (const [side, whole] of Object.entries(wholes)) {
    if (style[side].endsWith("px")) style[side] = `${(parseFloat(style[side]) / whole) * 100}%`;
  }
}

onColors(() => {
  for (const { u } of plots) u.redraw();
});
