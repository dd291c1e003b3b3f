import { color, onColors } from "../../../../page/script/color.js";
import { element } from "../../../../page/script/element.js";
import { onPaper } from "../../../../page/script/paper.js";
import { numberText, percentText } from "../number_text.js";
import { NO_RUN } from "../no_run.js";
import { choose, onToggle, runColor, shownRuns, swatch } from "../runs.js";
import { eventNotes } from "./event_times.js";
import { clearLane } from "./line_plot.js";
import { onZoom, pointOf, pointsOf, secondAt, secondText, step, view } from "./time_axis.js";
import { KEYS, keysOverTime, overTime } from "./time_overlay.js";
import { hideTooltip, showTooltip } from "./tooltip.js";

const ROWS_MAX = 12, FREEZES_MAX = 10;
const ROW_HEIGHT = 18;
/** Height of a bar that is no more than a trace, as a part of the row. */
const HEIGHT_MIN = 0.2;
/** How much of the colour of texts a bar of a whole frozen second has. */
const DEPTH = 0.5;

/** Shows when the picture stood still: a row a run, and the longest freezes as buttons. */
export function drawFreezeStrip() {
  const box = document.getElementById("freeze-strip");
  if (box === null) return;
  const rows = element("div", "strip-rows"), remark = element("p", "hint");
  const list = element("div", "freezes");
  box.append(rows, remark, list);
  const draws = [];
  let told = [];
  rows.setAttribute("aria-label", `Freezes over time: ${KEYS}`);
  keysOverTime(
    rows,
    () => rows.querySelector(".strip-plot") ?? rows,
    (second, clientX, clientY) => tell(told, second, clientX, clientY),
  );
  const drawAll = () => draws.forEach((draw) => draw());
  const fill = () => {
    draws.length = 0;
    const frozen = shownRuns()
      .map((run) => ({ run, time: frozenSeconds(run) }))
      .filter(({ time }) => time > 0)
      .sort((a, b) => b.time - a.time);
    told = frozen.slice(0, ROWS_MAX).map(({ run }) => run);
    rows.hidden = told.length === 0;
    rows.replaceChildren(...frozen.slice(0, ROWS_MAX).map((row) => rowOf(row, draws)));
    remark.textContent = remarkOf(frozen);
    list.replaceChildren(...longestFreezes());
    drawAll();
  };
  onToggle(fill);
  onZoom(drawAll);
  new ResizeObserver(drawAll).observe(box);
  onColors(drawAll);
  onPaper(drawAll);
  fill();
}

/** Time that a consumer of the run was frozen, mean over the consumers. */
function frozenSeconds(run) {
  return pointsOf(run).reduce((sum, { frozenShare = 0 }) => sum + frozenShare * step, 0);
}

function remarkOf(frozen) {
  const count = shownRuns().length;
  const none = count - frozen.length;
  if (frozen.length === 0) {
    return count === 0 ? NO_RUN : "No freeze in the runs shown.";
  }
  const parts = [];
  if (frozen.length > ROWS_MAX) {
    const left = frozen.length - ROWS_MAX;
    parts.push(
      `The ${ROWS_MAX} runs that stood still longest; ${left} more ${
        left === 1 ? "has" : "have"
      } freezes.`,
    );
  }
  if (none > 0) parts.push(`${none} of the runs shown ${none === 1 ? "has" : "have"} no freeze.`);
  return parts.join(" ");
}

function rowOf({ run }, draws) {
  const canvas = element("canvas", "strip");
  const share = run.figures.freezes?.share ?? 0;
  canvas.setAttribute("role", "img");
  const name = `${run.name}: frozen for ${percentText(share)} of the time`;
  canvas.setAttribute("aria-label", name);
  const plot = element("div", "strip-plot", canvas);
  const title = element("p", "strip-name", swatch(run), `${run.name} `);
  title.append(element("small", "", `frozen ${percentText(share)} of the time`));
  const row = element("div", "strip-row", title, plot);
  overTime(plot, (second, clientX, clientY) => tell([run], second, clientX, clientY));
  draws.push(() => drawRow(run, row, plot, canvas));
  return row;
}

function tell(frozen, second, clientX, clientY) {
  const rows = frozen.flatMap((run) => {
    const share = pointOf(run, second)?.frozenShare;
    return share === undefined
      ? []
      : [{ run, name: run.name, value: `frozen ${percentText(share)} of the time` }];
  });
  if (rows.length === 0) return hideTooltip();
  showTooltip(clientX, clientY, secondText(second), rows, eventNotes(second));
  const said = rows.slice(0, 3).map(({ name, value }) => `${name}: ${value}`);
  return {
    text: [secondText(second), ...said].join("; "),
    run: rows.length === 1 ? rows[0].run : undefined,
  };
}

/** Bars as high as the share that was frozen, and as deep in colour. */
function drawRow(run, row, plot, canvas) {
  const { ctx, width } = clearLane(plot, row, canvas, ROW_HEIGHT);
  const scale = width / (view.max - view.min);
  for (const { second, frozenShare = 0 } of pointsOf(run)) {
    if (frozenShare === 0 || second + step < view.min || second > view.max) continue;
    const height = ROW_HEIGHT * Math.max(HEIGHT_MIN, Math.min(1, frozenShare));
    const bar = [
      (second - view.min) * scale,
      ROW_HEIGHT - height,
      Math.max(1.5, step * scale - 0.5),
      height,
    ];
    ctx.globalAlpha = 1;
    ctx.fillStyle = runColor(run);
    ctx.fillRect(...bar);
    ctx.globalAlpha = DEPTH * Math.min(1, frozenShare);
    ctx.fillStyle = color("--ink");
    ctx.fillRect(...bar);
  }
}

/** Buttons that look into the second in which a freeze began. */
function longestFreezes() {
  const all = shownRuns().flatMap((run) =>
    (run.moments?.freezes ?? []).map((freeze) => ({ ...freeze, run }))
  );
  if (all.length === 0) return [];
  const longest = all
    .sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))
    .slice(0, FREEZES_MAX);
  const title = all.length > longest.length ? "Longest freezes" : "Each freeze";
  return [element("h4", "", title), element("ul", "", ...longest.map(freezeItem))];
}

function freezeItem({ consumer, fromMs, run, toMs }) {
  const at = (fromMs - run.moments.startMs) / 1000;
  const button = element(
    "button",
    "",
    element("b", "", `${numberText(toMs - fromMs, 0)} ms`),
    ` from second ${numberText(at, 1)}`,
    element("small", "", ` consumer ${consumer} · `, swatch(run), run.name),
  );
  button.type = "button";
  button.addEventListener("click", () => choose(secondAt(at), run));
  return element("li", "", button);
}
