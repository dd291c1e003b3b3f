import { drawChart } from "./chart.js";
import { repeats, union } from "../histograms.js";
import { numberText } from "../number_text.js";
import { runs } from "../runs.js";

/** Draws what the runs met second by second; all these charts share cursor and zoom. */
export function drawTimeCharts() {
  draw("kbps", (point) => point.kbps, "kbps");
  draw("wrong", (point) => point.wrongFields, "wrong fields", { yScale: FROM_ZERO });
  draw("keyframes", (point) => point.keyframes, "keyframes", {
    yScale: { distr: 4, asinh: 1, range: (_, __, max) => [0, Math.max(1, max) * 1.2] },
    ySplits: (_, __, ___, max) => POWERS.filter((power) => power <= max),
  });
  draw("losses", (point) => point.losses, "lost packets", { yScale: FROM_ZERO });
}

/** A last second that is not whole would look like a fall. */
function wholeSeconds({ series, durationSeconds }) {
  const isWhole = ({ second }) => second + 0.999 <= durationSeconds;
  return series.length === 1 ? series : series.filter(isWhole);
}

const FROM_ZERO = { range: (_, __, max) => [0, Math.max(1, max) * 1.08] };
const POWERS = [0, ...Array.from({ length: 10 }, (_, exponent) => 10 ** exponent)];

function draw(name, valueOf, unit, options = {}) {
  const box = document.querySelector(`[data-chart="${name}"]`);
  if (box === null) return;
  const xs = union(
    runs.map((run) => wholeSeconds(run.figures).map((point) => point.second)),
  );
  const points = runs.map((run) => {
    return new Map(wholeSeconds(run.figures).map((point) => [point.second, point]));
  });
  const ys = points.map((bySecond) =>
    xs.map((second) => {
      const point = bySecond.get(second);
      return point === undefined ? null : valueOf(point);
    })
  );
  const frameOf = (second) => {
    for (const bySecond of points) {
      const frame = bySecond.get(second)?.frame;
      if (frame !== undefined) return ` · frame ${frame}`;
    }
    return "";
  };
  drawChart(box, {
    xs,
    ys,
    syncKey: "seconds",
    isDashed: repeats(ys),
    xText: (second) => `${second} s`,
    heading: (i) => `second ${xs[i]}${frameOf(xs[i])}`,
    value: (y) => `${numberText(y)} ${unit}`,
    ...options,
  });
}
