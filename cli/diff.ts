import process from "node:process";
import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import type { RecordingDiff, RecordingReader } from "../lib/recording.ts";
import { diffRecordings } from "../lib/tools/diff/diff_recordings.ts";
import { RecordingPart } from "../lib/tools/select/recording_part.ts";
import { type DiffFlags, diffOptions, readTolerances } from "./diff/diff_flags.ts";
import { diffLines } from "./diff/diff_lines.ts";
import { EXIT, usageError } from "./exit_code.ts";
import { withDamage } from "./files/damage_option.ts";
import { openRecording } from "./files/open_recording.ts";
import { readSelection, warnUnseen, withSelection } from "./select/selection_flags.ts";
import { jsonText } from "./terminal/json_text.ts";
import { ClosedPipe, print, printLines, Progress, warn } from "./terminal/terminal.ts";

/** `hindcast diff`: where two recordings part. */
export function diffCommand(command: Command): CommandUnknownOpts {
  const pair = command
    .argument("<A>", "MCAP file that hindcast record wrote")
    .argument("<B>", "another");
  for (const option of diffOptions()) pair.addOption(option);
  return withDamage(withSelection(pair)).addHelpText("after", EXAMPLES).action(diff);
}

const EXAMPLES = `
Exit code 0 when they are equal, 3 when they differ. A frame that one lacks shifts nothing.

Examples:
  hindcast diff server.mcap client.mcap                         the first frame that differs
  hindcast diff a.mcap b.mcap --tolerance "*=0.001"             what is more than noise
  hindcast diff a.mcap b.mcap --by time --time-tolerance 5      frames counted from other origins
  hindcast diff a.mcap b.mcap --from 10s --fields player.x,player.y --events none
  hindcast diff a.mcap b.mcap --json                            for scripts`;

async function diff(pathA: string, pathB: string, flags: DiffFlags): Promise<void> {
  const tolerances = readTolerances(flags.tolerance ?? []);
  const [a, b] = [await openRecording(pathA, flags), await openRecording(pathB, flags)];
  const found = await compare(a, b, flags, tolerances);
  const { setting, ...rest } = found;
  const text = { ...rest, setting: { a: pathA, b: pathB, ...setting } };
  try {
    await (flags.json
      ? print(jsonText(text) + "\n")
      : printLines(diffLines(found, [pathA, pathB])));
  } catch (error) {
    // Who has read enough still gets the exit code.
    if (!(error instanceof ClosedPipe)) throw error;
  }
  warnOf(found);
  process.exitCode = found.equal ? EXIT.done : EXIT.gate;
}

async function compare(
  a: RecordingReader,
  b: RecordingReader,
  flags: DiffFlags,
  tolerances: Readonly<Record<string, number>>,
): Promise<RecordingDiff> {
  const hasTime = [a, b].some(({ schema }) =>
    schema.kinds.some(({ fields }) => fields.some(({ name }) => name === "time"))
  );
  if (Object.hasOwn(tolerances, "time") && !hasTime) {
    throw usageError(
      '--tolerance names "time", which is no field; --time-tolerance says how far times may be apart',
    );
  }
  const selection = await readSelection(a, flags, [b]);
  const frameCounts = [a, b].map((reader) => RecordingPart.overlap(reader, selection).frameCount);
  const progress = new Progress();
  const onFrame = progress.bar("comparing", frameCounts[0]! + frameCounts[1]!);
  const { by, timeTolerance: timeToleranceMs } = flags;
  try {
    return await diffRecordings(a, b, { selection, by, tolerances, timeToleranceMs, onFrame });
  } catch (error) {
    throw error instanceof RangeError ? usageError(error.message) : error;
  } finally {
    progress.clear();
  }
}

/** Says what was not compared. */
function warnOf({ compared, structural, setting }: RecordingDiff): void {
  warnUnseen(compared);
  const { frames, events } = compared;
  const { onlyInA, onlyInB } = structural.frames;
  if (frames === 0 && onlyInA.count > 0 && onlyInB.count > 0) {
    warn(
      setting.by === "frame"
        ? "note: no frame has the same number in both; --by time pairs frames by their times"
        : `note: no frames are within ${setting.timeToleranceMs} ms of each other; --time-tolerance allows more, and merge --time-offset moves a recording`,
    );
  } else if (frames === 0 && events === 0 && onlyInA.count + onlyInB.count === 0) {
    warn("note: nothing was compared: neither recording has a frame or an event there");
  }
  if (compared.eventsWereCut) {
    warn(
      "note: too many events had no counterpart to be kept until one came; some count as missing that stand elsewhere; compare shorter spans with --from and --to",
    );
  }
}
