import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import type { CopySummary } from "../lib/recording.ts";
import { copyPart } from "../lib/tools/copy/copy_part.ts";
import { type DamageFlags, withDamage } from "./files/damage_option.ts";
import { openRecording } from "./files/open_recording.ts";
import {
  refuseTakenOutput,
  writeRecording,
  type WrittenRecording,
} from "./files/written_recording.ts";
import {
  selectedPart,
  type SelectionFlags,
  warnUnseen,
  withSelection,
} from "./select/selection_flags.ts";
import { counted } from "./terminal/counted.ts";
import { outputBar } from "./terminal/output_bar.ts";
import { secondsSince } from "./terminal/seconds.ts";
import { Progress, warn } from "./terminal/terminal.ts";

type CutOptions = WrittenRecording & SelectionFlags & DamageFlags;

/** `hindcast cut`: a part of a recording as a recording of its own. */
export function cutCommand(command: Command): CommandUnknownOpts {
  return withDamage(withSelection(
    command
      .argument("<recording>", "MCAP file that hindcast record wrote")
      .requiredOption("-o, --output <file>", "recording to write, or - for standard output")
      .option("--force", "replace the output if it is there, once the new one is whole")
      .addHelpText("after", EXAMPLES),
  )).action(cut);
}

const EXAMPLES = `
Examples:
  hindcast cut duel.mcap --from 10s --to 12s -o clip.mcap     two seconds for a bug report
  hindcast cut duel.mcap --ids 3,7 --events none -o two.mcap  two entities, without events
  hindcast cut duel.mcap --fields x,y,z -o paths.mcap         only where everybody was`;

async function cut(path: string, options: CutOptions): Promise<void> {
  const startMs = performance.now();
  const { output } = options;
  refuseTakenOutput(options, [path]);
  const part = await selectedPart(await openRecording(path, options), options);
  const progress = new Progress();
  const onFrame = outputBar(progress, [output], "cutting", part.frameCount);
  const summary = await writeRecording(options, (sink) => copyPart(part, sink, { onFrame }))
    .finally(() => progress.clear());
  warnUnseen(part);
  const { frames, states, events, bytes } = summary;
  warn(
    `cut ${counted(frames, "frame")}, ${counted(states, "state")}, ${
      counted(events, "event")
    } to ` +
      `${output} (${bytes} bytes) in ${secondsSince(startMs)}${leftOutText(summary)}`,
  );
}

/** What was left out, as the end of a line; empty when that is nothing. */
function leftOutText({ leftOut }: CopySummary): string {
  const { frames, states, events, kinds, fields } = leftOut;
  const parts = [
    [frames, "frames"],
    [states, "states of these frames"],
    [events, "events"],
    [kinds, "kinds"],
    [fields, "fields"],
  ] as const;
  const texts = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return texts.length === 0 ? "" : `; left out ${texts.join(", ")}`;
}
