import process from "node:process";
import { Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import {
  openEventsParquet,
  openNdjsonRows,
  openStatesParquet,
  type RecordingPart,
  type RowKeys,
  type RowWriter,
  type TakeBytes,
} from "../lib/recording.ts";
import { asUsage } from "./as_usage.ts";
import { PieceQueue } from "./cat/piece_queue.ts";
import { writePart } from "./cat/write_part.ts";
import { usageError } from "./exit_code.ts";
import { isSameFile } from "./files/files.ts";
import { openRecording } from "./files/open_recording.ts";
import { openOutput, warnWritten } from "./files/output.ts";
import { InputNotes } from "./record/input_notes.ts";
import {
  selectedPart,
  type SelectionFlags,
  warnUnseen,
  withSelection,
} from "./select/selection_flags.ts";
import { Progress } from "./terminal/terminal.ts";

interface CatOptions extends SelectionFlags {
  readonly parquet?: string;
  readonly output: string;
  readonly frameKey: string;
  readonly timeKey: string;
  readonly idKey: string;
  readonly kindKey: string;
  readonly eventKey: string;
}

/** `hindcast cat`: states and events out of a recording again. */
export function catCommand(): CommandUnknownOpts {
  return withSelection(
    new Command("cat")
      .description("Print states and events of a recording as rows that record takes back.")
      .argument("<recording>", "MCAP file that hindcast record wrote")
      .option("-o, --output <file>", "file to write, or - for standard output", "-")
      .addOption(
        new Option(
          "--parquet <file>",
          "write a table of states to a file, or with --events only one of events",
        ).conflicts(["output", "frameKey", "timeKey", "idKey", "kindKey", "eventKey"]),
      )
      .option("--frame-key <key>", "key of the frame index", "f")
      .option("--time-key <key>", "key of the time in milliseconds", "t")
      .option("--id-key <key>", "key of the entity's id", "id")
      .option("--kind-key <key>", "key of the entity's kind", "kind")
      .option("--event-key <key>", "key of an event's name", "ev"),
  ).action(cat);
}

async function cat(path: string, options: CatOptions): Promise<void> {
  const target = options.parquet ?? options.output;
  const reader = await openRecording(path);
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
    const isInTheWay = target === "-" && process.stdout.isTTY === true;
    const onFrame = isInTheWay ? () => {} : progress.bar("printing", part.frameCount);
    await writePart(part, rows, queue, onFrame);
    for (const note of rows.notes()) notes.add(note);
    output.close();
  } catch (error) {
    output.discard();
    throw error;
  } finally {
    progress.clear();
  }
  notes.print();
  warnUnseen(part);
  warnWritten(target);
}

/** Starts the rows of the format that the options name. @throws {CommandError} */
async function openRows(
  part: RecordingPart,
  write: TakeBytes,
  options: CatOptions,
): Promise<RowWriter> {
  if (options.parquet !== undefined) {
    return await (options.events === "only" ? openEventsParquet : openStatesParquet)(part, write);
  }
  const { frameKey, timeKey, idKey, kindKey, eventKey } = options;
  const keys: RowKeys = {
    frame: frameKey,
    time: timeKey,
    id: idKey,
    kind: kindKey,
    event: eventKey,
  };
  return asUsage(() => openNdjsonRows(part, write, keys));
}
