import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import { BadLines } from "../lib/ingest/frames/bad_lines.ts";
import type { MergeInput } from "../lib/recording.ts";
import { mergeRecordings } from "../lib/tools/merge/merge_recordings.ts";
import { withDamage } from "./files/damage_option.ts";
import { openRecording } from "./files/open_recording.ts";
import { refuseTakenOutput, writeRecording } from "./files/written_recording.ts";
import { type MergeFlags, withMergeFlags } from "./merge/merge_flags.ts";
import { eventInputs } from "./merge/read_events.ts";
import { offsetsOf, refuseNonsense } from "./merge/refuse_nonsense.ts";
import { counted } from "./terminal/counted.ts";
import { InputNotes } from "./terminal/input_notes.ts";
import { outputBar } from "./terminal/output_bar.ts";
import { secondsSince } from "./terminal/seconds.ts";
import { throwIfSkipped } from "./terminal/skipped_lines.ts";
import { Progress, warn } from "./terminal/terminal.ts";

/** `hindcast merge`: several recordings as one, or events to a recording. */
export function mergeCommand(command: Command): CommandUnknownOpts {
  return withDamage(withMergeFlags(
    command
      .argument("<recordings...>", "MCAP files that hindcast record wrote"),
  )).addHelpText("after", EXAMPLES).action(merge);
}

const EXAMPLES = `
A frame that several recordings have gets the entities of all of them, and the time of the first.

Examples:
  hindcast merge duel.mcap --events shots.ndjson -o all.mcap  events that came later
  hindcast merge first.mcap second.mcap -o whole.mcap         two halves, or two views of a session
  hindcast merge monday.mcap tuesday.mcap --after -o all.mcap one session after the other
  hindcast merge a.mcap b.mcap --frame-offset -600 --time-offset -10000 -o all.mcap`;

async function merge(paths: readonly string[], flags: MergeFlags): Promise<void> {
  const startMs = performance.now();
  const { output, after, frameKey, timeKey, eventKey } = flags;
  refuseNonsense(paths, flags);
  const frameOffsets = offsetsOf("--frame-offset", flags.frameOffset, paths.length);
  const timeOffsets = offsetsOf("--time-offset", flags.timeOffset, paths.length);
  refuseTakenOutput(flags, [...paths, ...flags.events ?? []]);
  const inputs: MergeInput[] = [];
  for (const [i, path] of paths.entries()) {
    const reader = await openRecording(path, flags);
    const frameOffset = frameOffsets[i];
    inputs.push({ name: path, reader, frameOffset, timeOffsetMs: timeOffsets[i] });
  }
  const bad = new BadLines();
  const events = eventInputs(flags, bad);
  const notes = new InputNotes();
  const progress = new Progress();
  const total = inputs.reduce((sum, { reader }) => sum + reader.frameCount, 0);
  const summary = await writeRecording(flags, (sink) =>
    mergeRecordings(inputs, sink, {
      after,
      events,
      eventKeys: { frame: frameKey, time: timeKey, event: eventKey },
      onNote: notes.add,
      onFrame: outputBar(progress, [output], "merging", total),
    })).finally(() => progress.clear());
  notes.print();
  const { frames, states, events: count, bytes } = summary;
  warn(
    `merged ${counted(paths.length, "recording")}: ${counted(frames, "frame")}, ` +
      `${counted(states, "state")}, ${counted(count, "event")} to ${output} (${bytes} bytes) in ` +
      secondsSince(startMs),
  );
  throwIfSkipped(bad);
}
