import type { RunOptions } from "../../replication/run_options.ts";
import { type FigureOptions, type RunSettings, settingsOf } from "./run_settings.ts";
import { SETTING_TEXTS, type SettingText } from "./setting_text.ts";

/** What a run goes by. */
export interface NamedRun {
  /** Name in every report. */
  readonly name: string;
  /** Every setting. */
  readonly settings: RunSettings;
}

/**
 * Names and settings of runs, as their reports will have them.
 *
 * @throws {RangeError} for an option of figures outside its range
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { FIGURE_DEFAULTS, namedRuns, RUN_DEFAULTS } from "@hindcast/hindcast/report";
 *
 * const runs = [64, 128].map((historyFrames) => ({ ...RUN_DEFAULTS, historyFrames }));
 * const names = namedRuns(runs, FIGURE_DEFAULTS).map(({ name }) => name);
 * assert.deepEqual(names, ["strict varint none history=64", "strict varint none history=128"]);
 * ```
 */
export function namedRuns(runs: readonly RunOptions[], figures: FigureOptions): NamedRun[] {
  const settings = runs.map((run) => settingsOf(run, figures));
  const names = runNames(settings);
  return settings.map((settings, run) => ({ name: names[run]!, settings }));
}

/** Settings that need an interest. */
const OF_INTEREST: readonly string[] = ["own", "lod"];

/**
 * Names of runs in every report: ack policy, codec and network as they were given, then what else
 * tells these runs apart, and a wire schema always. Runs of which anything differs have names that
 * differ.
 *
 * @param settings one element a run
 * @returns one name a run, in their order
 */
export function runNames(settings: readonly RunSettings[]): string[] {
  const telling = SETTING_TEXTS.map((textOf) => settings.map(textOf)).filter((texts) => {
    const [{ name } = { name: "" }] = texts;
    if (name === "wire") return texts.some(({ text }) => text !== undefined);
    // Where there is no interest, these say no more than that.
    const counted = OF_INTEREST.includes(name)
      ? texts.filter((_, run) => settings[run]!.interest !== null)
      : texts;
    return new Set(counted.map(({ name, text }) => JSON.stringify([name, text]))).size > 1;
  });
  return distinct(
    settings.map(({ ack, codec, net }, run) =>
      [ack, codec, net, ...telling.flatMap((texts) => partOf(texts[run]!))].join(" ")
    ),
    settings.map((run) => JSON.stringify(run)),
  );
}

function partOf({ name, text }: SettingText): string[] {
  return text === undefined ? [] : [`${name}=${text}`];
}

/** Names with a number where the same would mean another run: two files of one name, say. */
function distinct(names: readonly string[], keys: readonly string[]): string[] {
  const owner = new Map<string, string>();
  return names.map((name, run) => {
    const key = keys[run]!;
    let unique = name;
    for (let n = 2; (owner.get(unique) ?? key) !== key; n++) unique = `${name} (${n})`;
    owner.set(unique, key);
    return unique;
  });
}
