import { tone } from "../canvas.js";
import { numberText } from "../verdict_text.js";
import { readableStep } from "./camera.js";

/** Least pixels between two lines, and least length of the scale bar. */
const LINES_PX = 44;

/**
 * Draws lines at readable steps.
 *
 * @param zero place that lies on a crossing of lines
 */
export function drawGrid(context, camera, zero) {
  const { height, scale, width } = camera;
  const step = readableStep(scale, LINES_PX);
  context.strokeStyle = tone("--grid");
  context.lineWidth = 1;
  context.beginPath();
  const first = (from, origin) => Math.ceil((from - origin) / step) * step + origin;
  const across = Math.ceil(width / (step * scale)) + 1;
  const down = Math.ceil(height / (step * scale)) + 1;
  const left = first(camera.u(0), zero[0]);
  const low = first(camera.v(height), zero[1]);
  for (let i = 0; i < across; i++) {
    const x = Math.round(camera.x(left + i * step)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  for (let i = 0; i < down; i++) {
    const y = Math.round(camera.y(low + i * step)) + 0.5;
    context.moveTo(0, y);
    context.lineTo(width, y);
  }
  context.stroke();
}

/** Draws a bar that says how long a step of the grid is; gives its box in pixels. */
export function drawScaleBar(context, { height, scale, width }) {
  const step = readableStep(scale, LINES_PX);
  const end = width - 12;
  const start = end - step * scale;
  const y = height - 10;
  const text = `${stepText(step)} ${step === 1 ? "unit" : "units"}`;
  context.font = "11.5px system-ui, sans-serif";
  const wide = Math.max(step * scale, context.measureText(text).width);
  const box = { left: end - wide - 4, right: end + 4, top: y - 20, bottom: y + 4 };
  clearFor(context, box);
  context.strokeStyle = context.fillStyle = tone("--soft");
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(start, y - 4);
  context.lineTo(start, y);
  context.lineTo(end, y);
  context.lineTo(end, y - 4);
  context.stroke();
  context.textAlign = "right";
  context.fillText(text, end, y - 8);
  return box;
}

/** Makes what lies under a text so pale that the text can be read. */
export function clearFor(context, { bottom, left, right, top }) {
  context.globalAlpha = 0.86;
  context.fillStyle = tone("--card");
  context.fillRect(left, top, right - left, bottom - top);
  context.globalAlpha = 1;
}

function stepText(step) {
  return step >= 0.01 ? numberText(step) : step.toExponential(0);
}
