import { color } from "../../../page/script/color.js";
import { drawChart } from "./time/chart.js";
import { barWidth, binShares, leastOf, tailShares, union } from "./histograms.js";
import { axisText, numberText, percentText } from "./number_text.js";
import { NO_RUN, yieldToNoRun } from "./no_run.js";
import { onToggle, runs, shownRuns } from "./runs.js";

/** Runs whose areas can be told apart where they lie over each other. */
const FILLED_MAX = 6;
/** Steps between ticks of what has no halves. */
const WHOLE = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7].flatMap((
  power,
) => [power, 2 * power, 5 * power]);

/** Draws how packet sizes and baseline ages are spread, each as a distribution or as a tail. */
export function drawShapeCharts() {
  listen("sizes", {
    ...{ title: "Packet sizes", unit: "B", onDraw: drawMtu, tick: (x) => `${axisText(x)} B` },
    barsOf: (run) => run.packetSizes,
    spreadOf: (run) => run.bytesPerFrame,
  });
  listen("ages", {
    title: "Baseline age",
    unit: "frames",
    xIncrements: WHOLE,
    // The unit at every tick would leave room for few of them.
    tick: (x, _, all) => `${axisText(x)}${x === all.find((other) => other > 0) ? " frames" : ""}`,
    barsOf: (run) => run.baselineAges,
    spreadOf: (run) => run.baselineAgeFrames,
  });
}

function listen(name, shape) {
  const box = document.querySelector(`[data-chart="${name}"]`);
  if (box === null) return;
  let remove = () => {};
  let isTailShown = false;
  const describe = () => box.setAttribute("aria-label", spreadText(shape, isTailShown));
  const buttons = [...document.querySelectorAll(`[data-view-of="${name}"]`)];
  const view = (isTail) => {
    remove();
    isTailShown = isTail;
    describe();
    remove = (isTail ? drawTail : drawDistribution)(box, shape);
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String((button.dataset.view === "tail") === isTail));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => view(button.dataset.view === "tail"));
  }
  box.setAttribute("role", "img");
  onToggle(describe);
  yieldToNoRun(box);
  view(box.dataset.view === "tail");
}

/** What a chart shows, in a sentence. */
function spreadText({ spreadOf, title, unit }, isTail) {
  const spreads = shownRuns().map(({ figures }) => spreadOf(figures));
  if (spreads.length === 0) return `${title}. ${NO_RUN}`;
  const range = (figure) => {
    const values = spreads.map((spread) => spread[figure]);
    const [min, max] = [Math.min(...values), Math.max(...values)];
    return min === max ? numberText(min) : `${numberText(min)} to ${numberText(max)}`;
  };
  return `${title} of ${spreads.length} ${spreads.length === 1 ? "run" : "runs"} as a ${
    isTail ? "tail" : "distribution"
  }: median ${range("p50")} ${unit}, p99 ${range("p99")} ${unit}, largest ${range("max")} ${unit}`;
}

function drawDistribution(box, { barsOf, spreadOf, tick, unit, xIncrements, onDraw }) {
  const maxOf = (figures) => spreadOf(figures).max;
  const widths = runs.map(({ figures }) => barWidth(maxOf(figures)));
  const max = Math.max(0, ...runs.map(({ figures }) => maxOf(figures)));
  const width = Math.max(1, Math.ceil(max / 64), ...widths);
  const bins = Math.floor(max / width) + 2;
  const xs = Array.from({ length: bins }, (_, bin) => bin * width);
  const ys = runs.map(({ figures }, i) => {
    const shares = binShares(barsOf(figures), widths[i], width);
    return xs.map((_, bin) => shares[bin] ?? 0);
  });
  return drawChart(box, {
    xs,
    ys,
    fill: runs.length <= FILLED_MAX,
    paths: uPlot.paths.stepped({ align: 1 }),
    xScale: { range: [0, xs[bins - 1]] },
    yScale: { range: (_, __, top) => [0, Math.max(0.01, top) * 1.08] },
    xText: tick,
    ...(xIncrements && { xIncrements }),
    yText: tightPercent,
    heading: (i) => `${width === 1 ? xs[i] : `${xs[i]}–${xs[i] + width - 1}`} ${unit}`,
    value: (y) => `${percentText(y)} of packets`,
    onDraw,
  });
}

function drawTail(box, { barsOf, spreadOf, tick, unit, xIncrements, onDraw }) {
  const xs = union([[0], ...runs.map(({ figures }) => barsOf(figures).map((bar) => bar.from))]);
  const end = Math.max(1, ...runs.map(({ figures }) => spreadOf(figures).max));
  if (xs[xs.length - 1] < end) xs.push(end);
  const ys = runs.map(({ figures }) => {
    const shares = tailShares(barsOf(figures), xs);
    return shares.map((share) => (share > 0 ? share : null));
  });
  const lowest = Math.min(0.1, leastOf(ys));
  const floor = 10 ** Math.floor(Math.log10(lowest));
  return drawChart(box, {
    xs,
    ys,
    paths: uPlot.paths.stepped({ align: -1 }),
    xScale: { range: [0, xs[xs.length - 1]] },
    yScale: { distr: 3, log: 10, range: [floor, 1] },
    ySplits: () => powersFrom(floor),
    xText: tick,
    ...(xIncrements && { xIncrements }),
    yText: powerText,
    heading: (i) => `at least ${numberText(xs[i])} ${unit}`,
    value: (y) => `${percentText(y)} of packets`,
    onDraw,
  });
}

/** A power of ten in percent; small ones as such, since their zeros would be cut. */
function powerText(share) {
  if (share > 5e-5) return tightPercent(share);
  const exponent = String(-2 - Math.round(Math.log10(share)));
  return `10⁻${exponent.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit])}%`;
}

/** Without the space: a narrow page has little room beside a chart. */
function tightPercent(share) {
  return percentText(share).replace(" ", "");
}

function powersFrom(floor) {
  const powers = [];
  for (let power = floor; power < 1.5; power *= 10) powers.push(power);
  return powers;
}

/** Marks the MTU by a line, or at the edge by its distance when it lies beyond the largest packet. */
function drawMtu(u) {
  const { ctx, bbox } = u;
  const mtus = union([runs.map(({ figures }) => figures.mtuBytes)]);
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.fillStyle = ctx.strokeStyle = color("--worst");
  ctx.textBaseline = "top";
  mtus.forEach((mtu, row) => {
    const top = bbox.top + (4 + row * 15) * ratio;
    if (mtu > u.scales.x.max) {
      ctx.textAlign = "right";
      ctx.fillText(`MTU ${mtu} B →`, bbox.left + bbox.width - 6 * ratio, top);
      return;
    }
    const x = Math.round(u.valToPos(mtu, "x", true));
    ctx.lineWidth = ratio;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const isRight = x > bbox.left + bbox.width / 2;
    ctx.textAlign = isRight ? "right" : "left";
    ctx.fillText(`MTU ${mtu} B`, x + (isRight ? -6 : 6) * ratio, top);
  });
  ctx.restore();
}
