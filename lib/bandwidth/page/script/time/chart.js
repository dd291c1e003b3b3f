import { chartRows } from "./chart_rows.js";
import { plotLines } from "./line_plot.js";
import { hideTooltip, showTooltip } from "./tooltip.js";

/**
 * Draws lines, one a run, that tell their values under the pointer.
 *
 * @param box element of class `chart`
 * @param options those of `plotLines`, `heading(i)` and `value(y, run, i)` for the tooltip
 * @returns function that removes the chart
 */
export function drawChart(box, options) {
  let isPointed = false;
  const { u, remove } = plotLines(box, { ...options, onMove: (made) => isPointed && tell(made) });

  function tell({ cursor: { idx, left, top } }) {
    if (idx === null || idx === undefined || left < 0) return hideTooltip();
    const rows = chartRows(u, idx, options.value, top);
    if (rows.length === 0) return hideTooltip();
    const corner = u.over.getBoundingClientRect();
    showTooltip(corner.left + left, corner.top + top, options.heading(idx), rows);
  }

  u.over.addEventListener("mouseenter", () => isPointed = true);
  u.over.addEventListener("mouseleave", () => {
    isPointed = false;
    hideTooltip();
  });
  return remove;
}
