import type { RunReport } from "../report/run_report.ts";

type Second = RunReport["series"][number];

/** How figures of seconds become those of a point that stands for several, in words. */
export const MERGED_AS =
  "kbps, frozen shares and mean errors are means of them, ages medians, the largest stay the largest, the rest are sums";

/** A series of which each point stands for `step` seconds. */
export function mergeSeconds(series: RunReport["series"], step: number): Second[] {
  const merged: Second[] = [];
  for (let start = 0; start < series.length; start += step) {
    merged.push(mergePoint(series.slice(start, start + step)));
  }
  return merged;
}

function mergePoint(points: readonly Second[]): Second {
  const [first] = points;
  const sum = (value: (point: Second) => number) =>
    points.reduce((total, point) => total + value(point), 0);
  const ages = points.flatMap(({ stateAgeMs }) => stateAgeMs ?? []);
  const frozen = points.flatMap(({ frozenShare }) => frozenShare ?? []);
  const errors = points.flatMap(({ drawnError }) => drawnError ?? []);
  return {
    ...first!,
    kbps: meanOf(points.map((point) => point.kbps)),
    keyframes: sum((point) => point.keyframes),
    losses: sum((point) => point.losses),
    wrongFields: sum((point) => point.wrongFields),
    ...(ages.length === 0 ? {} : {
      stateAgeMs: { p50: medianOf(ages.map(({ p50 }) => p50)), max: maxOf(ages) },
    }),
    ...(frozen.length === 0 ? {} : { frozenShare: meanOf(frozen) }),
    ...(errors.length === 0 ? {} : {
      drawnError: { mean: meanOf(errors.map(({ mean }) => mean)), max: maxOf(errors) },
    }),
  };
}

function meanOf(values: readonly number[]): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return Number(mean.toPrecision(6));
}

/** The lower one of two in the middle. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1]!;
}

function maxOf(spreads: readonly { readonly max: number }[]): number {
  return Math.max(...spreads.map(({ max }) => max));
}
