import { type Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { RowKeyError } from "../lib/tools/rows/row_keys.ts";
import { type CatOptions, openRows } from "./cat/open_rows.ts";
import { PieceQueue } from "./cat/piece_queue.ts";
import { writePart } from "./cat/write_part.ts";
import { usageError } from "./exit_code.ts";
import { withDamage } from "./files/damage_option.ts";
import { isSameFile } from "./files/files.ts";
import { openRecording } from "./files/open_recording.ts";
import { openOutput, warnWritten } from "./files/output.ts";
import { messageOf } from "./option_flags.ts";
import { InputNotes } from "./terminal/input_notes.ts";
import { selectedPart, warnUnseen, withSelection } from "./select/selection_flags.ts";
import { outputBar } from "./terminal/output_bar.ts";
import { Progress } from "./terminal/terminal.ts";

/** `hindcast cat`: states and events out of a recording again. */
export function catCommand(command: Command): CommandUnknownOpts {
  return withDamage(withSelection(
    command
      .argument("<recording>", "MCAP file that hindcast record wrote")
      .option("-o, --output <file>", "file to write, or - for standard output", "-")
      .option("--csv", "print a table of states as CSV, or with --events only one of events")
      .addOption(
        new Option(
          "--parquet <file>",
          "write a table of states to a file, or with --events only one of events",
        ).conflicts(["csv", "output", "frameKey", "timeKey", "idKey", "kindKey", "eventKey"]),
      )
      .option("--frame-key <key>", "key of the frame index", "f")
      .option("--time-key <key>", "key of the time in milliseconds", "t")
      .option("--id-key <key>", "key of the entity's id", "id")
      .option("--kind-key <key>", "key of the entity's kind", "kind")
      .option("--event-key <key>", "key of an event's name", "ev")
      .addHelpText("after", EXAMPLES),
  )).action(cat);
}

const EXAMPLES = `
Examples:
  hindcast cat duel.mcap | head                         states and events, a JSON object a line
  hindcast cat duel.mcap --from 10s --to 12s --ids 3,7  two entities over two seconds
  hindcast cat duel.mcap | hindcast record - -o b.mcap  the same recording again
  hindcast cat duel.mcap --csv --kinds player -o p.csv  a table for a spreadsheet
  hindcast cat duel.mcap --events only --csv            a table of the events
  hindcast cat duel.mcap --parquet states.parquet       a table for DuckDB and other SQL`;

async function cat(path: string, options: CatOptions): Promise<void> {
  const target = options.parquet ?? options.output;
  const reader = await openRecording(path, options);
  const part = await selectedPart(reader, options);
  if (isSameFile(path, target)) {
    throw usageError(`The output ${target} is the recording as well; name another file`);
  }
  const output = await openOutput(target);
  const progress = new Progress();
  const notes = new InputNotes();
  try {
    const queue = new PieceQueue(output);
    const rows = await openRows(part, queue.put, options);
    const onFrame = outputBar(progress, [target], "printing", part.frameCount);
    await writePart(part, rows, queue, onFrame);
    for (const note of rows.notes()) notes.add(note);
    output.close();
  } catch (error) {
    output.discard();
    throw error instanceof RowKeyError ? usageError(messageOf(error)) : error;
  } finally {
    progress.clear();
  }
  notes.print();
  warnUnseen(part);
  warnWritten(target);
}
