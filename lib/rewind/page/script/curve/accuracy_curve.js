import { keepDrawn, tone } from "../canvas.js";
import { policyColor, policyDash } from "../policy_look.js";
import { page } from "../poses.js";
import { showLabels } from "../scene/label_list.js";
import { numberText } from "../verdict_text.js";
import { curveScale, rewindTicks, shareTicks } from "./curve_scale.js";
import { endLabels, widthOfEnds } from "./end_labels.js";
import { listenToCurve } from "./reading.js";

/** Accuracy over fixed rewinds, with each policy's accuracy as a line across that it names. */
export function drawCurve() {
  const canvas = document.getElementById("curve");
  if (canvas === null || page.sweep.length < 2) return;
  const { sweep } = page;
  const policies = page.policies.flatMap(({ accuracy, policy }, index) =>
    accuracy === null ? [] : [{ accuracy, policy, index }]
  );
  const best = sweep.reduce((a, b) => (b.accuracy > a.accuracy ? b : a));
  const curve = listenToCurve(canvas, best, policies);
  const list = canvas.parentElement.querySelector(".labels");
  keepDrawn(canvas, (context, width, height) => {
    const shares = policies.map(({ accuracy }) => accuracy);
    const labels = widthOfEnds(context, policies, width);
    const scale = curveScale(sweep, shares, { width, height, labels });
    curve.scale = scale;
    drawAxes(context, scale);
    const ends = endLabels(context, policies, scale, width);
    policies.forEach((policy) => drawPolicy(context, scale, policy));
    drawLeaders(context, ends);
    showLabels(list, ends);
    drawSweep(context, scale, sweep);
    dot(context, scale.x(best.rewindMs), scale.y(best.accuracy));
    if (curve.read !== undefined) drawReading(context, scale, curve.read);
  });
}

function drawAxes(context, scale) {
  const { bottom, left, low, right, x, y } = scale;
  context.strokeStyle = tone("--grid");
  for (const share of shareTicks(low)) {
    stroke(context, [[left, y(share)], [right, y(share)]], 1);
    text(context, numberText(share * 100, 0), left - 7, y(share) + 4, "right");
  }
  for (const ms of rewindTicks(scale)) {
    context.strokeStyle = tone("--soft");
    stroke(context, [[x(ms), bottom], [x(ms), bottom + 4]], 1);
    text(context, numberText(ms), x(ms), bottom + 16, "center");
  }
  const cut = low > 0 ? `, from ${numberText(low * 100, 0)}` : "";
  text(context, `% of shots${cut}`, 3, 14, "left");
  text(context, "ms back", right, bottom + 31, "right");
}

function drawPolicy(context, { left, right, y }, { accuracy, index }) {
  context.strokeStyle = policyColor(index);
  context.setLineDash(policyDash(index));
  stroke(context, [[left, y(accuracy)], [right, y(accuracy)]], 1.5);
  context.setLineDash([]);
}

function drawLeaders(context, ends) {
  for (const { end, place, wish } of ends) {
    context.strokeStyle = wish.tone;
    stroke(context, [end, [place.left, (place.top + place.bottom) / 2]], 1);
  }
}

function drawSweep(context, { x, y }, sweep) {
  context.strokeStyle = tone("--scrub");
  stroke(context, sweep.map(({ accuracy, rewindMs }) => [x(rewindMs), y(accuracy)]), 2.2);
}

function drawReading(context, { bottom, top, x, y }, { accuracy, rewindMs }) {
  context.strokeStyle = tone("--ink");
  stroke(context, [[x(rewindMs), top], [x(rewindMs), bottom]], 1);
  dot(context, x(rewindMs), y(accuracy));
}

function dot(context, x, y) {
  context.fillStyle = tone("--scrub");
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fill();
}

function stroke(context, points, width) {
  context.lineWidth = width;
  context.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
}

function text(context, words, x, y, align) {
  context.font = "11.5px system-ui, sans-serif";
  context.textAlign = align;
  context.strokeStyle = tone("--card");
  context.lineWidth = 5;
  context.lineJoin = "round";
  context.strokeText(words, x, y);
  context.fillStyle = tone("--soft");
  context.fillText(words, x, y);
}
