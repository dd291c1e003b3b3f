import { tone } from "../canvas.js";
import { page } from "../poses.js";
import { clearFor } from "./grid.js";
import { shortText } from "./short_text.js";

const ARM_PX = 17;
const NAME_PX = 9;
const MIDDLE = [36, 34];

/** The corner of a figure that the compass takes, in pixels. */
export const COMPASS_BOX = { left: 0, right: 72, top: 0, bottom: 68 };

/** Arms shorter than this part of their length lead towards who looks, or away. */
const FLAT = 0.25;

/** The world's axes as a view shows them, by the names of the position's fields. */
export function compassArms(axes) {
  const [right, up, toward] = axes;
  return [0, 1, 2].map((k) => ({
    name: page.axes?.[k] ?? "xyz"[k],
    x: right[k],
    y: up[k],
    toward: toward[k],
    isFlat: Math.hypot(right[k], up[k]) >= FLAT,
  }));
}

/** Draws where the world's axes point: an arrow, or a dot towards who looks, a cross away. */
export function drawCompass(context, axes) {
  context.save();
  clearFor(context, COMPASS_BOX);
  context.font = "11.5px system-ui, sans-serif";
  context.textAlign = "center";
  context.lineWidth = 1.4;
  // The end-on one covers the middle, where the others begin.
  const arms = compassArms(axes).sort((a, b) =>
    b.isFlat - a.isFlat || lengthOf(b) - lengthOf(a) || b.x - a.x || b.y - a.y
  );
  const sides = new Set();
  for (const { isFlat, name, toward, x, y } of arms) {
    context.strokeStyle = context.fillStyle = tone("--soft");
    if (!isFlat) {
      drawEndOn(context, toward);
      drawName(context, name, ...freeCorner(arms));
      continue;
    }
    drawArrow(context, x, y);
    // Of two arms on one line the longer has its name at its end, the shorter beside its own.
    const side = `${Math.sign(Math.round(x * 8))} ${Math.sign(Math.round(y * 8))}`;
    const length = Math.hypot(x, y);
    const [alongX, alongY] = [x / length, -y / length];
    const [tipX, tipY] = [x * ARM_PX, -y * ARM_PX];
    if (sides.has(side)) drawName(context, name, tipX + alongY * NAME_PX, tipY - alongX * NAME_PX);
    else drawName(context, name, tipX + alongX * NAME_PX, tipY + alongY * NAME_PX);
    sides.add(side);
  }
  context.restore();
}

function lengthOf({ x, y }) {
  return Math.round(Math.hypot(x, y) * 100);
}

/** A quadrant around the compass into which no arm leads. */
function freeCorner(arms) {
  const corners = [[-11, 11], [11, 11], [-11, -11], [11, -11]];
  const crowd = ([cx, cy]) =>
    Math.max(...arms.map(({ isFlat, x, y }) => (isFlat ? x * cx - y * cy : -Infinity)));
  return corners.reduce((best, corner) => (crowd(corner) < crowd(best) ? corner : best));
}

function drawName(context, name, x, y) {
  context.fillText(shortText(name, 7), MIDDLE[0] + x, MIDDLE[1] + y + 4);
}

function drawArrow(context, x, y) {
  const [fromX, fromY] = MIDDLE;
  const [toX, toY] = [fromX + x * ARM_PX, fromY - y * ARM_PX];
  const length = Math.hypot(x, y);
  const [alongX, alongY] = [x / length, -y / length];
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  for (const side of [1, -1]) {
    context.moveTo(toX, toY);
    context.lineTo(
      toX - alongX * 4 + alongY * 3 * side,
      toY - alongY * 4 - alongX * 3 * side,
    );
  }
  context.stroke();
}

function drawEndOn(context, toward) {
  const [x, y] = MIDDLE;
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fillStyle = tone("--card");
  context.fill();
  context.stroke();
  context.beginPath();
  if (toward > 0) context.arc(x, y, 1.5, 0, 2 * Math.PI);
  else {
    for (const [dx, dy] of [[1, 1], [1, -1]]) {
      context.moveTo(x - dx * 2.8, y - dy * 2.8);
      context.lineTo(x + dx * 2.8, y + dy * 2.8);
    }
  }
  context.fillStyle = tone("--soft");
  if (toward > 0) context.fill();
  context.stroke();
}
