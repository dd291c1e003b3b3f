import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import type { BandwidthReport, ReportFigures } from "../lib/report.ts";
import { comparisonText } from "../lib/bandwidth/report/comparison_text.ts";
import { measureBandwidth } from "../lib/bandwidth/meter/measure_bandwidth.ts";
import { readReport } from "../lib/bandwidth/report/read_report.ts";
import { reportTable } from "../lib/bandwidth/report/report_table.ts";
import { CommandError, EXIT, usageError } from "./exit_code.ts";
import { readText } from "./files/files.ts";
import { openRecording } from "./files/open_recording.ts";
import { assertAnatomy, printAnatomy } from "./report/anatomy.ts";
import { assertAudience } from "./report/audience.ts";
import { filesOf, refuseClashes } from "./report/clashes.ts";
import { ReportFiles } from "./report/files.ts";
import { netLines } from "./report/list_nets.ts";
import { optionsOfReport, type ReportOptions } from "./report/options.ts";
import { withRecorded } from "./report/recorded.ts";
import { planOf } from "./report/runs.ts";
import { sentFrames } from "./report/sent_frames.ts";
import { jsonText } from "./terminal/json_text.ts";
import { outputBar } from "./terminal/output_bar.ts";
import { hasColor, print, printLines, Progress, warn } from "./terminal/terminal.ts";

/** `hindcast report`: what a recording costs on the wire, and what breaks. */
export function reportCommand(command: Command): CommandUnknownOpts {
  return optionsOfReport(command).action(report);
}

async function report(path: string | undefined, given: ReportOptions): Promise<void> {
  if (given.listNets) return await printLines(netLines());
  if (path === undefined) throw usageError("Name the recording to report on");
  refuseClashes(path, given);
  const own = planOf(given);
  // Read first: a report that takes minutes should not end with a typo in a path.
  const { compare } = given;
  const old = compare === undefined ? undefined : readReport(readText(compare), compare);
  const reader = await openRecording(path, given);
  const { options, plan, taken, wire } = withRecorded(path, reader, given, own);
  const { audience, runs } = plan;
  const sent = sentFrames(path, reader, { file: options.wire, recorded: wire });
  assertAudience(sent.layout.schema, audience);
  assertAnatomy(options, runs);
  if (options.frame !== undefined) return await printAnatomy(path, reader, sent, runs, options);
  const files = await ReportFiles.open(options);
  const progress = new Progress();
  let measured: BandwidthReport;
  try {
    const onFrame = outputBar(progress, filesOf(options), "sending", reader.frameCount);
    const reports = await measureBandwidth(sent.layout, sent.frames, runs, {
      onProgress: () => onFrame(),
      names: reader.names,
      ...files.listeners,
    });
    measured = {
      recording: path,
      seed: options.seed,
      ...(Object.keys(taken).length === 0 ? {} : { recorded: taken }),
      runs: reports,
    };
    await files.finish(measured);
  } catch (error) {
    files.discard();
    throw error;
  } finally {
    progress.clear();
  }
  if (!filesOf(options).includes("-")) await show(measured, old, options);
  noteWithoutState(measured);
  noteWithoutSecond(measured);
  const failed = measured.runs.filter(({ verified }) => !verified);
  if (failed.length === 0) return;
  throw new CommandError(`Not verified: ${failed[0]!.name}: ${failed[0]!.fault}`, EXIT.gate);
}

async function show(
  measured: BandwidthReport,
  old: ReportFigures | undefined,
  options: ReportOptions,
): Promise<void> {
  const isColored = hasColor();
  if (options.json) await print(jsonText(measured) + "\n");
  else if (old === undefined) await print(reportTable(measured, { isColored }));
  else await print(comparisonText(old, measured, { isColored }));
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

/** Says of each run in which nobody stayed for a whole second that its kbps is of nothing. */
function noteWithoutSecond({ runs }: BandwidthReport): void {
  for (const { name, packets, kbpsSeconds } of runs) {
    if (packets === 0 || kbpsSeconds > 0) continue;
    warn(
      `note: ${name}: no consumer was connected for a whole second, so its kbps is 0; egressMbps and series have what was sent`,
    );
  }
}
