import { parseNetSpec } from "../../../lib/net.ts";
import type { RunOptions } from "../../../lib/report.ts";
import { asUsage } from "../../as_usage.ts";
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
    policy: ack ?? "strict",
    codec: codec ?? "varint",
    net: asUsage(() => parseNetSpec(net, readText)),
    consumers: 1,
    sendEveryFrames: sendEvery ?? 1,
    mtuBytes: 1200,
    historyFrames: 64,
    seed: seed ?? 1,
  };
}
