import { readableStep } from "../scene/camera.js";

/** Pixels that axes, labels of lines and their texts take around the curve. */
const LEFT = 44;
const TOP = 26;
const BOTTOM = 36;

/**
 * Places of a curve on a canvas.
 *
 * @param sweep points with `rewindMs` and `accuracy`
 * @param shares accuracies of other lines, which have to be seen as well
 * @param size width and height of the canvas, and what labels at the right take, in pixels
 */
export function curveScale(sweep, shares, { height, labels, width }) {
  const { rewindMs: firstMs } = sweep[0];
  const { rewindMs: lastMs } = sweep.at(-1);
  const lowest = Math.min(...sweep.map(({ accuracy }) => accuracy), ...shares);
  const low = Math.max(0, Math.floor(lowest * 20 - 0.2) / 20);
  const right = width - labels - 8;
  const bottom = height - BOTTOM;
  return {
    ...{ left: LEFT, right, top: TOP, bottom, low, firstMs, lastMs },
    x: (ms) => LEFT + ((ms - firstMs) / (lastMs - firstMs || 1)) * (right - LEFT),
    y: (share) => TOP + ((1 - share) / (1 - low || 1)) * (bottom - TOP),
    ms: (x) => firstMs + ((x - LEFT) / (right - LEFT || 1)) * (lastMs - firstMs),
  };
}

/** Shares that have a line, from 1 downwards. */
export function shareTicks(low) {
  const step = 1 - low > 0.4 ? 0.2 : 1 - low > 0.15 ? 0.1 : 0.05;
  return Array.from({ length: Math.floor((1 - low) / step + 1e-9) + 1 }, (_, i) => 1 - i * step);
}

/** Rewinds that have a mark, at readable steps. */
export function rewindTicks({ firstMs, lastMs, left, right }) {
  const step = readableStep((right - left) / (lastMs - firstMs || 1), 48);
  const first = Math.ceil(firstMs / step);
  const count = Math.floor(lastMs / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
}
