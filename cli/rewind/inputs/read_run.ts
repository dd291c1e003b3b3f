import { parseNetSpec } from "../../../lib/net/spec/net_text.ts";
import type { RunOptions } from "../../../lib/report.ts";
import { RUN_DEFAULTS } from "../../../lib/replication/run_options.ts";
import { asUsage } from "../../errors/as_usage.ts";
import { usageError } from "../../exit_code.ts";
import { readText } from "../../files/files.ts";
import type { RewindFlags } from "../flags.ts";

/** The run that simulates shooters' clients; undefined without `--net`. @throws {CommandError} */
export function readRun({ ack, codec, net, seed, sendEvery }: RewindFlags): RunOptions | undefined {
  if (net === undefined) {
    const idle = Object.entries({ ack, codec, "send-every": sendEvery, seed })
      .find(([, value]) => value !== undefined);
    if (idle === undefined) return undefined;
    throw usageError(`--${idle[0]} needs --net, which simulates what shooters saw`);
  }
  return {
    ...RUN_DEFAULTS,
    policy: ack ?? RUN_DEFAULTS.policy,
    codec: codec ?? RUN_DEFAULTS.codec,
    net: asUsage(() => parseNetSpec(net, readText)),
    sendEveryFrames: sendEvery ?? RUN_DEFAULTS.sendEveryFrames,
    seed: seed ?? RUN_DEFAULTS.seed,
  };
}
