import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import type { BandwidthReport, FigureOptions, ReportFigures } from "../lib/report.ts";
import { comparisonText } from "../lib/bandwidth/compare/comparison_text.ts";
import { measureBandwidth } from "../lib/bandwidth/meter/measure_bandwidth.ts";
import { readReport } from "../lib/bandwidth/report/read_report.ts";
import { reportTable } from "../lib/bandwidth/report/report_table.ts";
import { namedRuns } from "../lib/bandwidth/report/run_name.ts";
import { FIGURE_DEFAULTS } from "../lib/bandwidth/report/run_settings.ts";
import { CommandError, EXIT, usageError } from "./exit_code.ts";
import { readText } from "./files/files.ts";
import { openRecording } from "./files/open_recording.ts";
import { flagOf } from "./option_flags.ts";
import { printAnatomy, refuseLoneConsumer } from "./report/anatomy.ts";
import { assertAudience, assertOwn } from "./report/audience.ts";
import { filesOf, refuseClashes, refuseIgnored } from "./report/clashes.ts";
import { commandText, typedWords } from "./page/command_text.ts";
import { distinctRuns } from "./report/distinct_runs.ts";
import { ReportFiles } from "./report/files.ts";
import { ReportFindings } from "./report/findings.ts";
import { netLines, netsJson } from "./report/list_nets.ts";
import { optionsOfReport, type ReportOptions } from "./report/options.ts";
import { withOwnKinds } from "./report/own_kind.ts";
import { blamingFacts, withRecorded } from "./report/recorded.ts";
import { packetCommands } from "./report/packet_commands.ts";
import { PageData } from "./report/page_data.ts";
import { planOf } from "./report/runs.ts";
import { shotsOf } from "./report/shots_page.ts";
import { refuseUnlike } from "./report/unlike.ts";
import { sendingBy } from "./report/wires.ts";
import { counted } from "./terminal/counted.ts";
import { jsonText } from "./terminal/json_text.ts";
import { outputBar } from "./terminal/output_bar.ts";
import { terminalColumns } from "./terminal/columns.ts";
import { hasColor, print, printLines, Progress, warn } from "./terminal/terminal.ts";
import { VERSION } from "./version.ts";

/** `hindcast report`: what a recording costs on the wire, and what breaks. */
export function reportCommand(command: Command): CommandUnknownOpts {
  return optionsOfReport(command).action((path, given, { options, parent }) => {
    const valued = options.filter(({ required }) => required).map(({ long }) => long!);
    return report(path, given, { words: typedWords(parent), valued: new Set(valued) });
  });
}

/** The command line as it was typed, and which of its flags take a value. */
interface Typed {
  readonly words: readonly string[];
  readonly valued: ReadonlySet<string>;
}

async function report(
  path: string | undefined,
  given: ReportOptions,
  typed: Typed,
): Promise<void> {
  const command = commandText(typed.words);
  if (given.listNets) return await listNets(typed.words, given.json === true);
  if (path === undefined) throw usageError("Name the recording to report on");
  refuseClashes(path, given);
  refuseLoneConsumer(given);
  const read = readingOnce();
  // What flags alone say is refused before anything is opened.
  planOf(given, { readText: read });
  refuseIgnored(given);
  // Read first: a report that takes minutes should not end with a typo in a path.
  const { compare } = given;
  const old = compare === undefined ? undefined : readReport(read(compare), compare);
  const reader = await openRecording(path, given);
  const { options, plan, taken } = withRecorded(path, reader, given, read);
  const owned = await blamingFacts(path, taken, async () => {
    assertOwn(reader.layout.schema, options);
    const runs = options.own === undefined ? await withOwnKinds(reader, plan.runs) : plan.runs;
    for (const run of runs) assertAudience(run.wire?.schema ?? reader.layout.schema, run);
    return runs;
  });
  const figures = figuresOf(options);
  const runs = distinctRuns(owned, figures);
  if (options.frame !== undefined) {
    const made = { version: VERSION, command, recording: path };
    return await sendingBy(path, plan.wireLabels, () => printAnatomy(made, reader, runs, options));
  }
  if (old !== undefined) refuseUnlike(old, { runs: namedRuns(runs, figures) }, given);
  const { html, shotsPage } = options;
  const shots = html === undefined || shotsPage === undefined
    ? undefined
    : await shotsOf(shotsPage, html, path, reader);
  const files = await ReportFiles.open(options);
  const findings = new ReportFindings(reader.layout, figures.figures !== "cost");
  const page = options.html === undefined ? undefined : await PageData.read(path, reader);
  const watching = [findings.listeners, page?.listeners];
  const progress = new Progress();
  let measured: BandwidthReport;
  try {
    const onFrame = outputBar(progress, filesOf(options), "sending", reader.frameCount);
    const reports = await sendingBy(
      path,
      plan.wireLabels,
      () =>
        measureBandwidth(reader.layout, reader.snapshots(), runs, {
          ...figures,
          onProgress: () => onFrame(),
          names: reader.names,
          ...files.listeners,
          onFrame: (frame) => watching.forEach((listener) => listener?.onFrame?.(frame)),
          ...(page === undefined ? {} : { onMoments: page.listeners.onMoments }),
        }),
    );
    measured = {
      version: VERSION,
      command,
      recording: path,
      seed: runs[0]!.seed,
      ...(Object.keys(taken).length === 0 ? {} : { recorded: taken }),
      runs: reports,
      ...findings.of(reports, runs),
    };
    if (old !== undefined) refuseUnlike(old, measured, given);
    await files.finish(measured, {
      ...page?.options(),
      packetCommands: packetCommands(typed.words, typed.valued, reports),
      ...(shots === undefined ? {} : { shots }),
    });
  } catch (error) {
    files.discard();
    throw error;
  } finally {
    progress.clear();
  }
  if (!filesOf(options).includes("-")) await show(measured, old, options);
  noteWithoutState(measured);
  noteWithoutSecond(measured);
  noteLeftOutSeconds(measured);
  const failed = measured.runs.filter(({ verified }) => !verified);
  if (failed.length === 0) return;
  throw new CommandError(`Not verified: ${failed[0]!.name}: ${failed[0]!.fault}`, EXIT.gate);
}

/** Prints the named networks, which nothing else goes with. @throws {CommandError} */
async function listNets(words: readonly string[], isJson: boolean): Promise<void> {
  const alone = new Set(["--list-nets", "--json"]);
  const [other] = words.slice(words.indexOf("report") + 1).filter((word) => !alone.has(word));
  if (other !== undefined) {
    throw usageError(`--list-nets reports on nothing and takes only --json; leave out ${other}`);
  }
  await (isJson ? print(netsJson() + "\n") : printLines(netLines()));
}

/** Texts of files, each read once: a pipe has no second time. */
function readingOnce(): (path: string) => string {
  const texts = new Map<string, string>();
  return (path) => {
    const text = texts.get(path) ?? readText(path);
    texts.set(path, text);
    return text;
  };
}

function figuresOf({ figures, freeze, interp }: ReportOptions): FigureOptions {
  return {
    figures: figures ?? FIGURE_DEFAULTS.figures,
    interpMs: interp ?? FIGURE_DEFAULTS.interpMs,
    freezeMs: freeze ?? FIGURE_DEFAULTS.freezeMs,
  };
}

async function show(
  measured: BandwidthReport,
  old: ReportFigures | undefined,
  options: ReportOptions,
): Promise<void> {
  const isColored = hasColor();
  const columns = terminalColumns();
  if (options.json) await print(jsonText(measured) + "\n");
  else if (old === undefined) {
    await print(reportTable(measured, { isColored, columns, nameOf: flagOf }));
  } else await print(comparisonText(old, measured, { isColored, columns }));
}

/** Says of each run how many consumers lost the keyframe that everything after it goes on from. */
function noteWithoutState({ runs }: BandwidthReport): void {
  for (const { name, consumers, consumersWithoutState } of runs) {
    if (consumersWithoutState === 0) continue;
    warn(
      `note: ${name}: ${consumersWithoutState} of ${
        counted(consumers, "consumer")
      } had no state for a time, since they did not get the keyframe before their first patch; --keyframe-every sends more of them`,
    );
  }
}

/** Says of each run how many seconds its kbps and series lack: empty ones of a long pause. */
function noteLeftOutSeconds({ runs }: BandwidthReport): void {
  for (const { name, secondsLeftOut } of runs) {
    if (secondsLeftOut === 0) continue;
    warn(
      `note: ${name}: ${counted(secondsLeftOut, "second")} without recorded frames ${
        secondsLeftOut === 1 ? "is" : "are"
      } left out of kbps, series and rows: of such a stretch 60 count`,
    );
  }
}

/** Says of each run in which nobody stayed for a whole second that its kbps is of nothing. */
function noteWithoutSecond({ runs }: BandwidthReport): void {
  for (const { name, packets, kbpsSeconds } of runs) {
    if (packets === 0 || kbpsSeconds > 0) continue;
    warn(
      `note: ${name}: no consumer was connected for a whole second, so its kbps is 0; egress has what was sent`,
    );
  }
}
