import { color } from "../../../page/script/color.js";
import { keepDrawn } from "./canvas.js";
import { policyColor } from "./policy_look.js";
import { page } from "./poses.js";
import { numberText } from "./verdict_text.js";

/** Accuracy over fixed rewinds, with each policy's accuracy as a line across. */
export function drawCurve() {
  const canvas = document.getElementById("curve");
  if (canvas === null || page.sweep.length < 2) return;
  keepDrawn(canvas, (context, width, height) => {
    const { rewindMs: firstMs } = page.sweep[0];
    const { rewindMs: lastMs } = page.sweep.at(-1);
    const known = page.policies.map(({ accuracy }) => accuracy).filter((value) => value !== null);
    const all = [...page.sweep.map(({ accuracy }) => accuracy), ...known];
    const low = Math.max(0, Math.floor(Math.min(...all) * 20 - 0.2) / 20);
    const high = 1;
    const x = (ms) => 44 + ((ms - firstMs) / (lastMs - firstMs || 1)) * (width - 58);
    const y = (share) => 12 + ((high - share) / (high - low || 1)) * (height - 40);
    context.clearRect(0, 0, width, height);
    drawAxes(context, { x, y, low, high, firstMs, lastMs, width, height });
    page.policies.forEach(({ accuracy }, i) => {
      if (accuracy === null) return;
      context.strokeStyle = policyColor(i);
      context.globalAlpha = 0.8;
      context.setLineDash([3, 4]);
      stroke(context, [[x(firstMs), y(accuracy)], [x(lastMs), y(accuracy)]], 1.4);
      context.setLineDash([]);
      context.globalAlpha = 1;
    });
    context.strokeStyle = color("--scrub");
    stroke(context, page.sweep.map((point) => [x(point.rewindMs), y(point.accuracy)]), 2.2);
    const best = page.sweep.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
    context.fillStyle = color("--scrub");
    context.beginPath();
    context.arc(x(best.rewindMs), y(best.accuracy), 4, 0, 2 * Math.PI);
    context.fill();
    const isLeft = x(best.rewindMs) < width / 2;
    text(
      context,
      `${numberText(best.rewindMs)} ms · ${numberText(best.accuracy * 100, 1)} %`,
      x(best.rewindMs) + (isLeft ? 9 : -9),
      y(best.accuracy) + 16,
      isLeft ? "left" : "right",
      color("--ink"),
      color("--card"),
    );
  });
}

function drawAxes(context, { firstMs, height, high, lastMs, low, width, x, y }) {
  context.strokeStyle = color("--grid");
  const step = high - low > 0.4 ? 0.2 : high - low > 0.15 ? 0.1 : 0.05;
  for (let share = high; share >= low - 1e-9; share -= step) {
    stroke(context, [[44, y(share)], [width - 14, y(share)]], 1);
    text(context, `${numberText(share * 100, 0)} %`, 38, y(share) + 4, "right");
  }
  for (let i = 0; i <= 5; i++) {
    const ms = firstMs + ((lastMs - firstMs) * i) / 5;
    text(
      context,
      `${numberText(ms, 0)}${i === 5 ? " ms" : ""}`,
      x(ms),
      height - 8,
      i === 5 ? "right" : "center",
    );
  }
}

function stroke(context, points, width) {
  context.lineWidth = width;
  context.beginPath();
  points.forEach(([px, py], i) => (i === 0 ? context.moveTo(px, py) : context.lineTo(px, py)));
  context.stroke();
}

function text(context, words, x, y, align, fill = color("--soft"), halo = undefined) {
  context.font = "11.5px system-ui, sans-serif";
  context.textAlign = align;
  if (halo !== undefined) {
    context.strokeStyle = halo;
    context.lineWidth = 6;
    context.lineJoin = "round";
    context.strokeText(words, x, y);
  }
  context.fillStyle = fill;
  context.fillText(words, x, y);
}
