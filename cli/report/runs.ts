import { parseNetSpec } from "../../lib/net/spec/net_text.ts";
import type { RunOptions } from "../../lib/report.ts";
import { assertRunOptions, RUN_DEFAULTS } from "../../lib/replication/run_options.ts";
import { asUsage } from "../errors/as_usage.ts";
import { readText } from "../files/files.ts";
import {
  type Audience,
  parseBudget,
  parseChurn,
  parseDetailLevels,
  parseInterest,
} from "./audience.ts";
import { OWN_KIND, type ReportOptions } from "./options.ts";

/** What options ask for. */
export interface Plan {
  /** What they say of consumers, whatever the run. */
  readonly audience: Audience;
  /** Every ack policy with every codec over every network. */
  readonly runs: readonly RunOptions[];
}

/** What each option asks for by itself. @throws {CommandError} for a text that cannot be read */
export function planOf(options: ReportOptions): Plan {
  const audience = {
    ...parseInterest(options.interest, options.own ?? OWN_KIND),
    ...parseDetailLevels(options.lod),
    ...parseBudget(options.budget),
    ...parseChurn(options.churn),
  };
  const nets = (options.net ?? [RUN_DEFAULTS.net.name])
    .map((text) => asUsage(() => parseNetSpec(text, readText)));
  const { ack = [RUN_DEFAULTS.policy], codec: codecs = [RUN_DEFAULTS.codec] } = options;
  const { consumers, history, keyframeEvery, mtu, seed, sendEvery } = options;
  const runs = ack.flatMap((policy) =>
    codecs.flatMap((codec) =>
      nets.map((net): RunOptions => ({
        policy,
        codec,
        net,
        consumers: consumers ?? RUN_DEFAULTS.consumers,
        sendEveryFrames: sendEvery ?? RUN_DEFAULTS.sendEveryFrames,
        mtuBytes: mtu,
        historyFrames: history ?? RUN_DEFAULTS.historyFrames,
        seed,
        ...(keyframeEvery === undefined ? {} : { keyframeEveryFrames: keyframeEvery }),
        ...audience,
      }))
    )
  );
  return { audience, runs };
}

/** Checks what options ask for together. @throws {CommandError} */
export function assertPlan({ runs }: Plan): void {
  for (const run of runs) asUsage(() => assertRunOptions(run));
}
