import { parseNetSpec } from "../../lib/net/spec/net_text.ts";
import type { RunOptions } from "../../lib/report.ts";
import { assertRunOptions, RUN_DEFAULTS } from "../../lib/replication/run_options.ts";
import { asUsage } from "../errors/as_usage.ts";
import { usageError } from "../exit_code.ts";
import { parseBudget, parseChurn, parseDetailLevels, parseInterest } from "./audience.ts";
import type { ReportOptions } from "./options.ts";
import { type NamedWire, namedWires } from "./wires.ts";

/** Runs of one report at most: each is a server with all its consumers, in memory at once. */
export const RUNS_MAX = 512;

/** Kind of the entities that consumers own where there is one of that name, and none is given. */
export const OWN_KIND = "player";

/** What options ask for. */
export interface Plan {
  /** Every combination of what was repeated, as {@linkcode planOf} orders them. */
  readonly runs: readonly RunOptions[];
  /** What messages call wire schemas, by the names that these go by. */
  readonly wireLabels: ReadonlyMap<string, string>;
}

/** What planning needs beside the options. */
export interface PlanInputs {
  /** Text of a file. */
  readonly readText: (path: string) => string;
  /**
   * Wire schema that the recording holds, or that it holds none; left out where no recording was
   * opened yet.
   */
  readonly server?: NamedWire | "none";
}

/**
 * What options ask for: a run for each combination of their values. The first runs have the first
 * ack policy; in the order of the names below, the later a setting the faster it changes.
 *
 * @throws {CommandError | InputSyntaxError} for a text that cannot be read
 */
export function planOf(options: ReportOptions, { readText, server }: PlanInputs): Plan {
  const sends = [
    ...(options.sendEvery ?? []).map((sendEveryFrames) => ({ sendEveryFrames })),
    ...(options.sendRate ?? []).map((sendRateHz) => ({ sendEveryFrames: 1, sendRateHz })),
  ];
  const wires = options.wire === undefined
    ? server === undefined || server === "none" ? [] : [server]
    : namedWires(options.wire, server, readText);
  const audiences = audiencesOf(options);
  const dimensions: readonly (readonly Partial<RunOptions>[])[] = [
    (options.ack ?? []).map((policy) => ({ policy })),
    (options.codec ?? []).map((codec) => ({ codec })),
    (options.net ?? []).map((text) => ({ net: asUsage(() => parseNetSpec(text, readText)) })),
    wires.map(({ spec }) => spec === undefined ? {} : { wire: spec }),
    sends,
    (options.keyframeEvery ?? []).map((n) => n === undefined ? {} : { keyframeEveryFrames: n }),
    (options.mtu ?? []).map((mtuBytes) => ({ mtuBytes })),
    (options.history ?? []).map((historyFrames) => ({ historyFrames })),
    audiences,
    (options.budget ?? []).map(parseBudget),
    (options.churn ?? []).map(parseChurn),
    (options.consumers ?? []).map((consumers) => ({ consumers })),
    (options.seed ?? []).map((seed) => ({ seed })),
  ];
  return {
    runs: product(dimensions),
    wireLabels: new Map(wires.flatMap(({ spec, label }) => spec ? [[spec.name, label]] : [])),
  };
}

/** Checks what options ask for together. @throws {CommandError} */
export function assertPlan({ runs }: Plan): void {
  for (const run of runs) asUsage(() => assertRunOptions(run));
}

/** Interest with levels of detail; without the one there is nothing for the other to go by. */
function audiencesOf(options: ReportOptions): Partial<RunOptions>[] {
  const interests = (options.interest ?? []).map((text) =>
    parseInterest(text, options.own ?? OWN_KIND)
  );
  const levels = (options.lod ?? []).map(parseDetailLevels);
  if (levels.length === 0) return interests;
  if (interests.every(({ interest }) => interest === undefined)) return levels;
  return interests.flatMap((one) =>
    one.interest === undefined ? [one] : levels.map((level) => ({ ...one, ...level }))
  );
}

/** Every combination, the last dimension changing fastest; an empty one leaves the default. */
function product(dimensions: readonly (readonly Partial<RunOptions>[])[]): RunOptions[] {
  const counts = dimensions.map((values) => Math.max(1, values.length));
  const count = counts.reduce((all, one) => all * one, 1);
  if (count > RUNS_MAX) {
    throw usageError(
      `The options make ${count} runs, at most ${RUNS_MAX} go in one report; repeat fewer of them`,
    );
  }
  return dimensions.filter((values) => values.length > 0).reduce<RunOptions[]>(
    (runs, values) => runs.flatMap((run) => values.map((value) => ({ ...run, ...value }))),
    [RUN_DEFAULTS],
  );
}
