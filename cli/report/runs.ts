import { parseNetSpec } from "../../lib/net/spec/net_text.ts";
import type { RunOptions } from "../../lib/report.ts";
import { assertRunOptions, RUN_DEFAULTS } from "../../lib/replication/run_options.ts";
import { asUsage } from "../as_usage.ts";
import { readText } from "../files/files.ts";
import {
  type Audience,
  parseBudget,
  parseChurn,
  parseDetailLevels,
  parseInterest,
} from "./audience.ts";
import type { ReportOptions } from "./options.ts";

/** What the options say of consumers, whatever the run. @throws {CommandError} */
export function audienceOf(options: ReportOptions): Audience {
  return {
    ...parseInterest(options.interest, options.own ?? "player"),
    ...parseDetailLevels(options.lod),
    ...parseBudget(options.budget),
    ...parseChurn(options.churn),
  };
}

/** Every ack policy with every codec over every network. @throws {CommandError} */
export function runsOf(options: ReportOptions, audience: Audience): RunOptions[] {
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
  for (const run of runs) asUsage(() => assertRunOptions(run));
  return runs;
}
