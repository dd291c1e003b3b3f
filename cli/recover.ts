import process from "node:process";
import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import { RecordingReader } from "../lib/recording/recording_reader.ts";
import { copyPart, type CopySummary } from "../lib/tools/copy/copy_part.ts";
import { RecordingPart } from "../lib/tools/select/recording_part.ts";
import { CommandError, EXIT } from "./exit_code.ts";
import { damageJson, lostTexts, PLACES_MAX, placeText, toldPlaces } from "./files/damage_text.ts";
import { withOpeningBar } from "./terminal/opening_bar.ts";
import { openSource } from "./files/open_recording.ts";
import {
  refuseTakenOutput,
  writeRecording,
  type WrittenRecording,
} from "./files/written_recording.ts";
import { counted } from "./terminal/counted.ts";
import { jsonText } from "./terminal/json_text.ts";
import { outputBar } from "./terminal/output_bar.ts";
import { secondsSince } from "./terminal/seconds.ts";
import { print, Progress, warn } from "./terminal/terminal.ts";

interface RecoverOptions extends WrittenRecording {
  readonly json?: true;
}

/** `hindcast recover`: what is whole of a damaged recording as a whole one. */
export function recoverCommand(command: Command): CommandUnknownOpts {
  return command
    .argument("<recording>", "MCAP file that hindcast record wrote, cut or damaged")
    .requiredOption("-o, --output <file>", "recording to write, or - for standard output")
    .option("--force", "replace the output if it is there, once the new one is whole")
    .option("--json", "print what was saved and what is lost as JSON")
    .addHelpText("after", EXAMPLES)
    .action(recover);
}

const EXAMPLES = `
Exit code 0 when nothing that the file had is lost, 4 when something is, 1 when nothing can be read. It
says which frames and how many events; where the index is lost, between which frames; of a file that
was cut within a block, from which frame on: how much came after nobody knows.

Examples:
  hindcast recover match.mcap -o whole.mcap   after the server was killed, or the disk was full
  hindcast verify match.mcap                  says before what it would save`;

async function recover(path: string, options: RecoverOptions): Promise<void> {
  const startMs = performance.now();
  const { output, json } = options;
  refuseTakenOutput(options, [path]);
  const reader = await withOpeningBar(
    openSource(path),
    (source) => RecordingReader.open(source, { damage: "leave-out" }),
  );
  const progress = new Progress();
  await readThrough(reader, outputBar(progress, [output], "checking", reader.frameCount))
    .finally(() => progress.clear());
  const { damage, frameCount, eventCounts } = reader;
  if (damage !== undefined && frameCount === 0 && eventCounts.size === 0) {
    throw new CommandError(`Cannot recover ${path}: no frame and no event in it can be read`);
  }
  const onFrame = outputBar(progress, [output], "saving", frameCount);
  const part = RecordingPart.of(reader);
  const summary = await writeRecording(options, (sink) => copyPart(part, sink, { onFrame }))
    .finally(() => progress.clear());
  const { frames, states, events, bytes } = summary;
  warn(
    `saved ${counted(frames, "frame")}, ${counted(states, "state")}, ${
      counted(events, "event")
    } of ${path} to ${output} (${bytes} bytes) in ${secondsSince(startMs)}`,
  );
  const isLost = await tellLost(reader);
  if (json && output !== "-") await print(jsonText(jsonOf(path, output, summary, reader)) + "\n");
  process.exitCode = isLost ? EXIT.loss : EXIT.done;
}

/** Reads all once, so that nothing is written of a recording of which nothing decodes. */
async function readThrough(reader: RecordingReader, onFrame: () => void): Promise<void> {
  for (let index = 0; index < reader.blocks.length; index++) {
    const { frameCount } = await reader.readBlock(index);
    for (let i = 0; i < frameCount; i++) onFrame();
  }
  for await (const _ of reader.events()) {
    // What does not decode is noted by the reader.
  }
}

/** Says what is lost. @returns true when something is */
async function tellLost(reader: RecordingReader): Promise<boolean> {
  const { damage, lastFrame } = reader;
  if (damage === undefined) return false;
  const { hasAllData, isCut, unfinishedBytes } = damage;
  const lost = toldPlaces(damage);
  const texts = lostTexts(damage);
  for (const text of texts) warn(text);
  if (lost.length > PLACES_MAX) {
    for (const frames of lost.slice(0, LINES_MAX)) warn(`lost: frames ${placeText(frames)}`);
  }
  const isUnfinished = isCut && !hasAllData;
  // One that ends where a record does has all that it got.
  const isTorn = isUnfinished && (unfinishedBytes > 0 || damage.lostFrames === undefined);
  if (isUnfinished) {
    const where = lastFrame === undefined ? " of frames" : ` after frame ${lastFrame}`;
    const eventFrame = await lastEventFrame(reader);
    const events = eventFrame === undefined ? "" : ` and of events after frame ${eventFrame}`;
    if (!isTorn && texts.length > 0) {
      warn(`what came${where}${events}, if anything did, was never in it`);
    } else if (!isTorn) {
      warn(
        `nothing that the file had is lost; what came${where}${events}, if anything did, was never in it`,
      );
    } else {
      const bytes = unfinishedBytes > 0
        ? `${counted(unfinishedBytes, "byte")} of an unfinished block among it; `
        : "";
      warn(`lost: what came${where}${events}, ${bytes}how much it was is not known`);
    }
  }
  return texts.length > 0 || isTorn;
}

/** Last frame at which an event stands; undefined when there is none. */
async function lastEventFrame(reader: RecordingReader): Promise<number | undefined> {
  let last = -Infinity;
  for await (const { offset } of reader.placedEvents("written")) last = Math.max(last, offset);
  return last < 0 ? undefined : ((reader.firstFrame ?? 0) + last) >>> 0;
}

/** Places of lost frames that are said one by one; JSON has all. */
const LINES_MAX = 100;

function jsonOf(
  path: string,
  output: string,
  { frames, states, events, bytes }: CopySummary,
  { damage }: RecordingReader,
): object {
  const lost = damage === undefined ? null : damageJson(damage);
  return { path, output, frames, states, events, bytes, damage: lost };
}
