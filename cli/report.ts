import { Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { BandwidthReport, RecordingReader, RunOptions, Snapshot } from "../mod.ts";
import type { SnapshotLayout } from "../mod.ts";
import { collect, collectChoice, integer, U32_MAX } from "./arguments.ts";
import {
  assertAudience,
  parseBudget,
  parseChurn,
  parseDetailLevels,
  parseInterest,
} from "./report/audience.ts";
import { CommandError, EXIT, usageError } from "./exit_code.ts";
import { isSameFile, readText } from "./files/files.ts";
import { jsonText } from "./terminal/json_text.ts";
import { netLines } from "./report/list_nets.ts";
import { openRecording } from "./files/open_recording.ts";
import { ReportFiles } from "./report/files.ts";
import { hasColor, print, printLines, Progress, warn } from "./terminal/terminal.ts";

type PolicyName = "append" | "strict" | "nack";
type Codec = "raw" | "mask" | "varint";

interface ReportOptions {
  readonly consumers: number;
  readonly ack?: PolicyName[];
  readonly codec?: Codec[];
  readonly net?: string[];
  readonly sendEvery: number;
  readonly keyframeEvery?: number;
  readonly mtu: number;
  readonly history: number;
  readonly seed: number;
  readonly wire?: string;
  readonly interest?: string;
  readonly own: string;
  readonly lod?: string;
  readonly budget?: string;
  readonly churn?: string;
  readonly json?: true;
  readonly html?: string;
  readonly csv?: string;
  readonly parquet?: string;
  readonly compare?: string;
  readonly listNets?: true;
}

/** `hindcast report`: what a recording costs on the wire, and what breaks. */
export function reportCommand(): CommandUnknownOpts {
  return new Command("report")
    .description("Send a recording through simulated consumers and networks: cost and damage.")
    .argument("[recording]", "MCAP file that hindcast record wrote")
    .option("--consumers <n>", "consumers of each run", integer(1, 100_000), 1)
    .option(
      "--ack <policy>",
      "append, strict or nack; repeat for more runs (default: strict)",
      collectChoice<PolicyName>(["append", "strict", "nack"]),
    )
    .option(
      "--codec <codec>",
      "raw, mask or varint; repeat for more runs (default: varint)",
      collectChoice<Codec>(["raw", "mask", "varint"]),
    )
    .option(
      "--net <spec>",
      "none, delay=50,jitter=10,loss=2%, acklag=6, a preset or a file; repeat for more runs",
      collect,
    )
    .option("--send-every <k>", "send every k-th frame", integer(1, 1_000_000), 1)
    .option("--keyframe-every <n>", "a keyframe at least every n frames", integer(1, 1 << 24))
    .option("--mtu <bytes>", "largest payload of a datagram", integer(64, 65_507), 1200)
    .option("--history <frames>", "frames kept as baselines", integer(1, 1 << 24), 64)
    .option("--seed <n>", "seed of every draw", integer(0, U32_MAX), 1)
    .option("--wire <file>", "schema file that says how values are sent (see info --schema)")
    .option("--interest <spec>", "radius=800@x,y,z: consumers are sent what is near")
    .option("--own <kind>", "with --interest: kind of the entities that consumers own", "player")
    .option("--lod <spec>", "with --interest: near=300:all,far=800:x,y: fields by distance")
    .option("--budget <rate>", "256kbps: on the wire, for each consumer")
    .option("--churn <spec>", "join=30s,reconnect=60s,away=1s,leave=300s,timeout=10s")
    .addOption(new Option("--json", "print JSON").conflicts("compare"))
    .option("--html <file>", "write a page with charts")
    .option("--csv <file>", "write a row a run, second and consumer")
    .option("--parquet <file>", "the same as Parquet")
    .option("--compare <old.json>", "say what changed since a report")
    .option("--list-nets", "print the named networks and where their values come from")
    .action(report);
}

async function report(path: string | undefined, options: ReportOptions): Promise<void> {
  if (options.listNets) return await printLines(netLines());
  if (path === undefined) throw usageError("Name the recording to report on");
  refuseClashes(path, options);
  const audience = {
    ...await parseInterest(options.interest, options.own),
    ...parseDetailLevels(options.lod),
    ...parseBudget(options.budget),
    ...parseChurn(options.churn),
  };
  const runs = (await productOfRuns(options)).map((run) => ({ ...run, ...audience }));
  const { assertRunOptions, readReport } = await import("../mod.ts");
  for (const run of runs) asUsage(() => assertRunOptions(run));
  // Read first: a report that takes minutes should not end with a typo in a path.
  const old = options.compare === undefined
    ? undefined
    : readReport(readText(options.compare), options.compare);
  const reader = await openRecording(path);
  const sent = await wireFrames(reader, options.wire);
  assertAudience(sent.layout.schema, audience);
  const files = await ReportFiles.open(options);
  let measured: BandwidthReport;
  try {
    measured = await measure(path, reader, sent, runs, options, files);
    await files.finish(measured);
  } catch (error) {
    files.discard();
    throw error;
  }
  if (!filesOf(options).includes("-")) await show(measured, old, options);
  noteWithoutState(measured);
  const failed = measured.runs.filter(({ verified }) => !verified);
  if (failed.length === 0) return;
  throw new CommandError(`Not verified: ${failed[0]!.name}: ${failed[0]!.fault}`, EXIT.gate);
}

/** Says of each run how many consumers lost the keyframe that everything after it goes on from. */
function noteWithoutState({ runs }: BandwidthReport): void {
  for (const { name, consumers, consumersWithoutState } of runs) {
    if (consumersWithoutState === 0) continue;
    warn(
      `note: ${name}: ${consumersWithoutState} of ${consumers} consumers had no state for a time, since they did not get the keyframe before their first patch; --keyframe-every sends more of them`,
    );
  }
}

/** Files that are written; `-` is standard output. */
function filesOf({ html, csv, parquet }: ReportOptions): string[] {
  return [html, csv, parquet].filter((file) => file !== undefined);
}

/** Refuses to write over what is read, or two things to one place. */
function refuseClashes(path: string, options: ReportOptions): void {
  const written = filesOf(options);
  for (const [i, file] of written.entries()) {
    if (written.indexOf(file) < i) {
      throw usageError(`Two outputs go to ${file}; name another file for one`);
    }
    for (const read of [path, options.wire, options.compare, ...options.net ?? []]) {
      if (read !== undefined && read !== "-" && isSameFile(read, file)) {
        throw usageError(`The output ${file} is an input as well; name another file`);
      }
    }
  }
  const isPrinted = options.json === true || options.compare !== undefined;
  if (written.includes("-") && isPrinted) {
    throw usageError("A file that goes to standard output leaves no room for --json or --compare");
  }
}

async function show(
  measured: BandwidthReport,
  old: import("../mod.ts").ReportFigures | undefined,
  options: ReportOptions,
): Promise<void> {
  const { compareReports, comparisonText, reportTable } = await import("../mod.ts");
  const isColored = hasColor();
  if (options.json) await print(jsonText(measured) + "\n");
  else if (old === undefined) await print(reportTable(measured, { isColored }));
  else await print(comparisonText(compareReports(old, measured), { isColored }));
}

/** Every policy with every codec over every network. */
async function productOfRuns(options: ReportOptions): Promise<RunOptions[]> {
  const { parseNetSpec } = await import("../mod.ts");
  const nets = (options.net ?? ["none"]).map((text) => asUsage(() => parseNetSpec(text, readText)));
  const { keyframeEvery } = options;
  return (options.ack ?? ["strict"]).flatMap((policy) =>
    (options.codec ?? ["varint"]).flatMap((codec) =>
      nets.map((net): RunOptions => ({
        policy,
        codec,
        net,
        consumers: options.consumers,
        sendEveryFrames: options.sendEvery,
        mtuBytes: options.mtu,
        historyFrames: options.history,
        seed: options.seed,
        ...(keyframeEvery === undefined ? {} : { keyframeEveryFrames: keyframeEvery }),
      }))
    )
  );
}

async function measure(
  path: string,
  reader: RecordingReader,
  { layout, frames }: SentFrames,
  runs: readonly RunOptions[],
  options: ReportOptions,
  files: ReportFiles,
): Promise<BandwidthReport> {
  const { measureBandwidth } = await import("../mod.ts");
  const progress = new Progress();
  try {
    const reports = await measureBandwidth(layout, frames, runs, {
      onProgress: (count) => progress.show(() => `${count} of ${reader.frameCount} frames`),
      ...files.listeners,
    });
    return { recording: path, seed: options.seed, runs: reports };
  } finally {
    progress.clear();
  }
}

/** What goes on the wire. */
interface SentFrames {
  readonly layout: SnapshotLayout;
  readonly frames: AsyncIterable<Snapshot>;
}

/** The recorded frames as they are sent: as recorded, or by a wire schema. */
async function wireFrames(
  reader: RecordingReader,
  wire: string | undefined,
): Promise<SentFrames> {
  if (wire === undefined) return { layout: reader.layout, frames: reader.snapshots() };
  const { parseSchemaFile, SnapshotLayout, WireLayout } = await import("../mod.ts");
  const schema = parseSchemaFile(readText(wire), wire);
  const conversion = sendingBy(
    wire,
    () => new WireLayout(reader.layout, new SnapshotLayout(schema)),
  );
  return { layout: conversion.wire, frames: converted(reader, conversion, wire) };
}

async function* converted(
  reader: RecordingReader,
  conversion: import("../mod.ts").WireLayout,
  wire: string,
): AsyncGenerator<Snapshot, void, void> {
  for await (const snapshot of reader.snapshots()) {
    yield sendingBy(wire, () => conversion.convert(snapshot), `frame ${snapshot.frame}`);
  }
}

/** Names the wire schema in what it is to blame for. */
function sendingBy<T>(wire: string, action: () => T, what: string = "the recording"): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw new CommandError(
      `Cannot send ${what} by ${wire}: ${error.message}; correct it (info --schema prints one that fits)`,
    );
  }
}

/** What the command line is to blame for, with the exit code that says so. */
function asUsage<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) {
      throw usageError(error.message);
    }
    throw error;
  }
}
