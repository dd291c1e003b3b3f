import { type Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { integer, numberAbove, numberFrom, paths, U32_MAX } from "./arguments.ts";
import { DECIMAL_MARKS } from "../lib/ingest/input/decimal_mark.ts";
import { INPUT_FORMATS } from "../lib/ingest/input/input_format.ts";
import { TIME_UNITS } from "../lib/ingest/input/time_unit.ts";
import { usageError } from "./exit_code.ts";
import { inputOf, isSameFile } from "./files/files.ts";
import { outputPlace } from "./files/output_place.ts";
import type { RecordOptions } from "./record/options.ts";
import { RecordSession } from "./record/session.ts";
import { assertFree, partOf } from "./files/recording_place.ts";
import { StopSignal } from "./record/stop_signal.ts";

/** `hindcast record`: a state stream to a recording. */
export function recordCommand(command: Command): CommandUnknownOpts {
  return command
    .argument("[input]", "file, or - for standard input", "-")
    .requiredOption("-o, --output <file>", "recording to write, or - for standard output")
    .option("--force", "replace the output if it is there, once the first block is whole")
    .option("--events <file>", "events to record along: NDJSON, or - for standard input")
    .option("--schema <file>", "field types, instead of inferring them")
    .option("--rate <hz>", "frames per second, for input without times", numberAbove(0))
    .addOption(
      new Option("--time-unit <unit>", "unit of the times, of events as well")
        .choices(TIME_UNITS)
        .default("ms" as const),
    )
    .addOption(
      new Option("--decimal <mark>", "decimal mark of numbers in CSV: 1,5 or 1,234.5")
        .choices(DECIMAL_MARKS),
    )
    .option("--sparse", "a row is there only if it changed; frames without rows exist as well")
    .option("--every <k>", "with --sparse: frames count by k, from the first", integer(1, U32_MAX))
    .option("--despawn-key <key>", "with --sparse: key that is true when an entity is gone")
    .addOption(
      new Option("--format <format>", "how states are written, instead of guessing").choices(
        INPUT_FORMATS,
      ),
    )
    .option("--frame-key <key>", "key of the frame index", "f")
    .option("--time-key <key>", "key of the time", "t")
    .option("--id-key <key>", "key of the entity's id", "id")
    .option("--kind-key <key>", "key of the entity's kind", "kind")
    .option(
      "--entities <paths>",
      "collections of entities in a frame: players,state.rockets",
      paths,
    )
    .option("--ids-by-kind", "an id is another entity in each kind")
    .option("--generation-key <key>", "key whose value changes when an id is taken again")
    .addOption(
      new Option("--frame-bits <bits>", "bits of a frame counter that wraps")
        .choices(["8", "16"] as const),
    )
    .option("--frame-offset <n>", "added to every frame", integer(-(2 ** 53 - 1), 2 ** 53 - 1))
    .addOption(
      new Option("--on-restart <what>", "when the frame goes back: stop, or split into sessions")
        .choices(["stop", "split"] as const)
        .default("stop" as const),
    )
    .option("--event-window <ms>", "how long events wait to be put in order", numberFrom(0), 5000)
    .option("--event-key <key>", "key of an event's name, among states or not", "ev")
    .option("--skip-bad", "skip lines that cannot be read, and count them")
    .option("--preview", "add the full state once a second as JSON, for MCAP viewers")
    .action(record);
}

async function record(path: string, options: RecordOptions): Promise<void> {
  refuseNonsense(path, options);
  refuseTakenPlace(path, options);
  const states = inputOf(path);
  const events = options.events === undefined ? undefined : inputOf(options.events);
  const stop = new StopSignal();
  try {
    await new RecordSession(states, events, options, stop).run();
  } finally {
    stop.forget();
  }
}

/** Refuses before anything is read what would be refused after it. */
function refuseTakenPlace(path: string, options: RecordOptions): void {
  const place = outputPlace(options.output);
  assertFree(place, options.force === true);
  for (const input of [path, options.events, options.schema]) {
    if (input !== undefined && place.kind === "file" && isSameFile(input, partOf(place.target))) {
      throw usageError(`The input ${input} is where the output begins; name another file`);
    }
  }
}

function refuseNonsense(path: string, options: RecordOptions): void {
  const { output, events, schema, sparse, every, despawnKey } = options;
  if (path === "-" && events === "-") {
    throw usageError("States and events cannot both come from standard input; name a file for one");
  }
  for (const input of [path, events, schema]) {
    if (input !== undefined && isSameFile(input, output)) {
      throw usageError(`The output ${output} is the input as well; name another file`);
    }
  }
  const { frameKey, timeKey, idKey, kindKey } = options;
  const keys = [
    frameKey,
    timeKey,
    idKey,
    kindKey,
    ...(despawnKey === undefined ? [] : [despawnKey]),
  ];
  if (new Set(keys).size < keys.length) {
    throw usageError(`The keys are ${keys.join(", ")}; name a different one for each`);
  }
  if (despawnKey !== undefined && !sparse) {
    throw usageError(
      "--despawn-key needs --sparse; in dense input an entity without a row is gone",
    );
  }
  if (every !== undefined && !sparse) {
    throw usageError("--every needs --sparse; in dense input a frame without a row was never");
  }
}
