import type { RunOptions } from "../../replication/run_options.ts";
import type { FigureOptions, RunSettings } from "./run_settings.ts";
import { settingsOf } from "./run_settings.ts";

/** Settings that every name begins with. */
const FIRST = ["ack", "codec", "net"] as const;

/**
 * Names of runs in every report: ack policy, codec and network as they were given, then what else
 * tells them apart, and a wire schema always.
 *
 * @returns one name a run, in their order
 */
export function runNames(runs: readonly RunOptions[], figures: FigureOptions): string[] {
  const settings = runs.map((run) => settingsOf(run, figures));
  const names = Object.keys(settings[0] ?? {}) as (keyof RunSettings)[];
  const telling = names.filter((name) => {
    if ((FIRST as readonly string[]).includes(name)) return false;
    if (name === "wire") return settings.some((run) => run.wire !== null);
    return new Set(settings.map((run) => JSON.stringify(run[name]))).size > 1;
  });
  return settings.map((run) =>
    [
      ...FIRST.map((name) => run[name]),
      ...telling.flatMap((name) => run[name] === null ? [] : [`${name}=${settingText(run[name])}`]),
    ].join(" ")
  );
}

function settingText(value: RunSettings[keyof RunSettings]): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
