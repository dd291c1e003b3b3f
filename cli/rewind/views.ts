import type { PoseHistory, RecordingReader, RunOptions, ShooterView, Shot } from "../../mod.ts";
import type { HitModel, ShooterViewOptions } from "../../mod.ts";
import { asUsage } from "../as_usage.ts";
import { CommandError, EXIT, usageError } from "../exit_code.ts";
import { readText } from "../files/files.ts";

/** Options that simulate the shooters' clients. */
export interface ViewOptions {
  readonly net?: string;
  readonly ack?: RunOptions["policy"];
  readonly codec?: RunOptions["codec"];
  readonly sendEvery?: number;
  readonly seed?: number;
  readonly interp?: number;
}

/** The simulated run of the options; undefined without `--net`. @throws {CommandError} */
export async function readRun(options: ViewOptions): Promise<RunOptions | undefined> {
  const { net, ack, codec, sendEvery, seed } = options;
  if (net === undefined) {
    const idle = Object.entries({ ack, codec, "send-every": sendEvery, seed })
      .find(([, value]) => value !== undefined);
    if (idle === undefined) return undefined;
    throw usageError(`--${idle[0]} needs --net, which simulates what shooters saw`);
  }
  const { parseNetSpec } = await import("../../mod.ts");
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

/** What each shot's client showed, by index of the shot. @throws {CommandError} */
export async function simulateViews(
  reader: RecordingReader,
  history: PoseHistory,
  shots: readonly Shot[],
  model: HitModel,
  run: RunOptions,
  interpMs: number | undefined,
  world: Pick<ShooterViewOptions, "teleport" | "eventsFirst">,
): Promise<ReadonlyMap<number, ShooterView>> {
  const { shooterViews } = await import("../../mod.ts");
  const { views, fault } = await shooterViews(
    reader.layout,
    reader.snapshots(),
    history,
    shots,
    model,
    { run, interpMs, ...world },
  );
  if (fault === undefined) return views;
  throw new CommandError(`Not verified: ${run.policy} over ${run.net.name}: ${fault}`, EXIT.gate);
}
