import type { RunReport } from "../report/run_report.ts";

const WIDTH = 96;
const HEIGHT = 22;
const POINTS_MAX = 96;

/** Kilobits per second of a run over time, as a line of a few pixels; empty for less than 2 s. */
export function sparkline(run: RunReport): string {
  const values = run.series
    .filter(({ second }) => second + 0.999 <= run.durationSeconds)
    .map(({ kbps }) => kbps);
  if (values.length < 2) return "";
  const step = Math.ceil(values.length / POINTS_MAX);
  const means: number[] = [];
  for (let start = 0; start < values.length; start += step) {
    const part = values.slice(start, start + step);
    means.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  const min = Math.min(...means);
  const span = Math.max(...means) - min || 1;
  const points = means.map((mean, i) => {
    const x = (i / Math.max(1, means.length - 1)) * WIDTH;
    const y = 1.5 + (1 - (mean - min) / span) * (HEIGHT - 3);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true">` +
    `<polyline points="${points.join(" ")}"/></svg>`;
}
