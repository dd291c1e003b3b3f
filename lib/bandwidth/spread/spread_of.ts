import type { TimeSpread } from "../report/seen_figures.ts";
import type { Histogram } from "./histogram.ts";

/** Quantiles of values, so many of which make one of the unit that they are given in. */
export function spreadOf(values: Histogram, perUnit: number): TimeSpread {
  const [p50, p95, p99] = values.quantiles([0.5, 0.95, 0.99]);
  return {
    p50: p50! / perUnit,
    p95: p95! / perUnit,
    p99: p99! / perUnit,
    max: values.max / perUnit,
  };
}
