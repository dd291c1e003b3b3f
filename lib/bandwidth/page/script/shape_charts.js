import { color } from "../../../page/script/color.js";
import { drawChart } from "./time/chart.js";
import { barWidth, binShares, repeats, tailShares, union } from "./histograms.js";
import { axisText, numberText, percentText } from "./number_text.js";
import { runs } from "./runs.js";

/** Draws how packet sizes and baseline ages are spread, each as a distribution or as a tail. */
export function drawShapeCharts() {
  const sizes = { barsOf: (run) => run.packetSizes, maxOf: (run) => run.bytesPerFrame.max };
  const ages = { barsOf: (run) => run.baselineAges, maxOf: (run) => run.baselineAgeFrames.max };
  listen("sizes", { ...sizes, unit: "B", onDraw: drawMtu });
  listen("ages", { ...ages, unit: "frames" });
}

function listen(name, shape) {
  const box = document.querySelector(`[data-chart="${name}"]`);
  if (box === null) return;
  let remove = () => {};
  const buttons = [...document.querySelectorAll(`[data-view-of="${name}"]`)];
  const view = (isTail) => {
    remove();
    remove = (isTail ? drawTail : drawDistribution)(box, shape);
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String((button.dataset.view === "tail") === isTail));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => view(button.dataset.view === "tail"));
  }
  view(box.dataset.view === "tail");
}

function drawDistribution(box, { barsOf, maxOf, unit, onDraw }) {
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
    fill: true,
    isDashed: repeats(ys),
    paths: uPlot.paths.stepped({ align: 1 }),
    xScale: { range: [0, xs[bins - 1]] },
    yScale: { range: (_, __, top) => [0, Math.max(0.01, top) * 1.08] },
    xText: (x) => unit === "B" ? `${axisText(x)} B` : axisText(x),
    yText: percentText,
    heading: (i) => `${width === 1 ? xs[i] : `${xs[i]}–${xs[i] + width - 1}`} ${unit}`,
    value: (y) => `${percentText(y)} of packets`,
    onDraw,
  });
}

function drawTail(box, { barsOf, maxOf, unit, onDraw }) {
  const xs = union([[0], ...runs.map(({ figures }) => barsOf(figures).map((bar) => bar.from))]);
  const end = Math.max(1, ...runs.map(({ figures }) => maxOf(figures)));
  if (xs[xs.length - 1] < end) xs.push(end);
  const ys = runs.map(({ figures }) => {
    const shares = tailShares(barsOf(figures), xs);
    return shares.map((share) => (share > 0 ? share : null));
  });
  const lowest = Math.min(0.1, ...ys.flat().filter((y) => y !== null));
  const floor = 10 ** Math.floor(Math.log10(lowest));
  return drawChart(box, {
    xs,
    ys,
    isDashed: repeats(ys),
    paths: uPlot.paths.stepped({ align: -1 }),
    xScale: { range: [0, xs[xs.length - 1]] },
    yScale: { distr: 3, log: 10, range: [floor, 1] },
    ySplits: () => powersFrom(floor),
    xText: (x) => unit === "B" ? `${axisText(x)} B` : axisText(x),
    yText: percentText,
    heading: (i) => `at least ${numberText(xs[i])} ${unit}`,
    value: (y) => `${percentText(y)} of packets`,
    onDraw,
  });
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
