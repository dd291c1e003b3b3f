import { color } from "../../../../page/script/color.js";
import { axisText } from "../number_text.js";
import { onPoint, onToggle, runColor, runDash, runs } from "../runs.js";
import { hideTooltip, showTooltip } from "./tooltip.js";

const charts = new Set();
const FONT = "12px system-ui, sans-serif";

/**
 * Draws lines, one a run, into a box of the page, as wide as it.
 *
 * @param box element of class `chart`
 * @param options `xs` and `ys` (a list a run), `xScale`, `yScale`, `xText` and `yText` for axes,
 *   `heading(i)` and `value(y, run, i)` for the tooltip, `paths`, `isDashed` (a flag a run), `fill`,
 *   `syncKey`, `onDraw(u)`
 * @returns function that removes the chart
 */
export function drawChart(box, options) {
  const { xs, ys, xScale = {}, yScale = {}, xText = axisText, yText = axisText } = options;
  const axis = { stroke: () => color("--soft"), font: FONT, ticks: { show: false } };
  const grid = { stroke: () => color("--grid"), width: 1 };
  let isPointed = false;
  const u = new uPlot(
    {
      ...size(box),
      padding: [12, 14, 0, 0],
      legend: { show: false },
      scales: { x: { time: false, ...xScale }, y: yScale },
      axes: [
        {
          ...axis,
          grid: { show: false },
          values: (_, splits) => splits.map(xText),
          size: 26,
          gap: 4,
        },
        {
          ...axis,
          grid,
          size: 64,
          values: (_, splits) => splits.map((y) => (y === null ? "" : yText(y))),
          ...(options.ySplits && { splits: options.ySplits, filter: (_, splits) => splits }),
        },
      ],
      series: [
        {},
        ...runs.map((run, i) => ({
          stroke: () => runColor(run),
          dash: options.isDashed?.[i] ? [6, 6] : runDash(run),
          width: 1.6,
          show: run.isShown,
          points: { show: false },
          ...(options.fill && { fill: () => `${runColor(run)}1f` }),
          ...(options.paths && { paths: options.paths }),
        })),
      ],
      focus: { alpha: 0.25 },
      cursor: {
        y: false,
        focus: { prox: 24 },
        points: { size: 7, width: 2, fill: () => color("--card") },
        ...(options.syncKey && { sync: { key: options.syncKey } }),
      },
      hooks: {
        setCursor: [() => isPointed && point()],
        ...(options.onDraw && { draw: [options.onDraw] }),
      },
    },
    [xs, ...ys],
    box,
  );

  function point() {
    const { idx, left, top } = u.cursor;
    if (idx === null || idx === undefined || left < 0) return hideTooltip();
    const rows = runs.flatMap((run, i) => {
      const y = u.data[i + 1][idx];
      if (!run.isShown || y === null || y === undefined) return [];
      const isFocused = u.series[i + 1]._focus === true;
      return [{ run, name: run.name, value: options.value(y, run, idx), order: y, isFocused }];
    });
    if (rows.length === 0) return hideTooltip();
    rows.sort((a, b) => b.order - a.order);
    const corner = u.over.getBoundingClientRect();
    showTooltip(corner.left + left, corner.top + top, options.heading(idx), rows);
  }

  u.over.addEventListener("mouseenter", () => isPointed = true);
  u.over.addEventListener("mouseleave", () => {
    isPointed = false;
    hideTooltip();
  });
  charts.add(u);
  const observer = new ResizeObserver(() => u.setSize(size(box)));
  observer.observe(box);
  return () => {
    observer.disconnect();
    charts.delete(u);
    u.destroy();
  };
}

function size(box) {
  return { width: Math.max(200, box.clientWidth), height: Number(box.dataset.height) };
}

onToggle(() => {
  for (const u of charts) {
    u.batch(() => runs.forEach((run, i) => u.setSeries(i + 1, { show: run.isShown })));
  }
});

onPoint((run) => {
  const place = runs.indexOf(run);
  for (const u of charts) u.setSeries(place < 0 ? null : place + 1, { focus: place >= 0 });
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const u of charts) u.redraw();
});
