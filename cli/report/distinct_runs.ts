import type { FigureOptions, RunOptions } from "../../lib/report.ts";
import { namedRuns } from "../../lib/bandwidth/report/run_name.ts";
import { warn } from "../terminal/terminal.ts";

/** Runs without those that have the settings of another, however a value was spelt; says so. */
export function distinctRuns(runs: readonly RunOptions[], figures: FigureOptions): RunOptions[] {
  const made = new Map<string, RunOptions>();
  for (const [run, { settings }] of namedRuns(runs, figures).entries()) {
    const key = JSON.stringify(settings);
    if (!made.has(key)) made.set(key, runs[run]!);
  }
  if (made.size < runs.length) {
    warn(
      `note: ${
        runs.length - made.size
      } of ${runs.length} runs would repeat another, since an option has one value twice; each is made once`,
    );
  }
  return [...made.values()];
}
