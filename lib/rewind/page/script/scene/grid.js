import { tone } from "../canvas.js";
import { numberText } from "../verdict_text.js";
import { readableStep } from "./camera.js";

/** Least pixels between two lines, and least length of the scale bar. */
const LINES_PX = 44;

/**
 * Lines at readable steps, and a bar that says how long one is.
 *
 * @param zero place that lies on a crossing of lines
 * @returns the box of the bar with its text, in pixels
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
  return drawScaleBar(context, camera, step);
}

function drawScaleBar(context, { height, scale, width }, step) {
  const end = width - 12;
  const start = end - step * scale;
  const y = height - 10;
  context.strokeStyle = context.fillStyle = tone("--soft");
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(start, y - 4);
  context.lineTo(start, y);
  context.lineTo(end, y);
  context.lineTo(end, y - 4);
  context.stroke();
  context.font = "11.5px system-ui, sans-serif";
  context.textAlign = "right";
  const text = `${stepText(step)} ${step === 1 ? "unit" : "units"}`;
  context.fillText(text, end, y - 8);
  const wide = Math.max(step * scale, context.measureText(text).width);
  return { left: end - wide - 2, right: width, top: y - 20, bottom: height };
}

function stepText(step) {
  return step >= 0.01 ? numberText(step) : step.toExponential(0);
}
