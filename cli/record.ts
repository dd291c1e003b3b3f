import type { Command, CommandUnknownOpts } from "@commander-js/extra-typings";
import { usageError } from "./exit_code.ts";
import { inputOf, isSameFile } from "./files/files.ts";
import { outputPlace } from "./files/output_place.ts";
import { addInputOptions, inputOptionsOf } from "./record/input_options.ts";
import {
  addListenOptions,
  listenAddresses,
  type ListenFlags,
  listenFlagsOf,
} from "./record/listen/listen_flags.ts";
import { refuseDumpSignal } from "./record/keep/dump_signal.ts";
import { addKeepOptions, keepFlagsOf, refuseKeepNonsense } from "./record/keep/keep_flags.ts";
import type { GivenRecordOptions, RecordOptions } from "./record/options.ts";
import {
  addOutputOptions,
  outputFlagsOf,
  refuseOutputNonsense,
} from "./record/outputs/output_flags.ts";
import { sessionOutput } from "./record/outputs/open_output.ts";
import { RecordSession } from "./record/session.ts";
import { assertFree, partOf } from "./files/recording_place.ts";
import { StopSignal } from "./record/stop_signal.ts";

/** `hindcast record`: a state stream to a recording. */
export function recordCommand(command: Command): CommandUnknownOpts {
  const own = command
    .argument("[input]", "file, or - for standard input", "-")
    .option("-o, --output <file>", "recording to write, or - for standard output")
    .option("--force", "replace the output if it is there, once the first block is whole")
    .option("--check", "record nothing: tell all that is in the way, and a command that mends it")
    .option("--json", "with --check: print JSON")
    .option("--schema <file>", "field types, instead of inferring them")
    .option("--events <file>", "events to record along: NDJSON, or - for standard input")
    .option("--preview", "add the full state once a second as JSON, for MCAP viewers");
  addInputOptions(own);
  addListenOptions(own);
  addOutputOptions(own);
  addKeepOptions(own);
  own.addHelpText("after", EXAMPLES);
  return own.action((path, options) =>
    record(path, {
      ...inputOptionsOf(own),
      ...listenFlagsOf(own),
      ...outputFlagsOf(own),
      ...keepFlagsOf(own),
      ...options,
    })
  );
}

const EXAMPLES = `
--leave-out names paths of the input, --exclude fields as the recording calls them; events keep all.

Examples:
  hindcast record states.ndjson -o match.mcap                 a file; --check tells what is in the way
  ./server | hindcast record - -o match.mcap --rotate 1h      a pipe, an hour a file
  hindcast record --listen ws://127.0.0.1:7777 -o match.mcap  what producers send
  ./server | hindcast record - -o match.mcap --keep 10m --dump-on ev=disputed --before 30s`;

/** An output for which a check proposes a name. */
const UNNAMED = "out.mcap";

async function record(path: string, given: GivenRecordOptions): Promise<void> {
  listenAddresses(given);
  if (given.check === true) {
    if (given.listen !== undefined) throw usageError("--check reads an input; leave out --listen");
    refuseNonsense(path, given, false);
    refuseOutputNonsense(given, given.output ?? UNNAMED);
    refuseKeepNonsense(given, given.output ?? UNNAMED);
    const { checkInput } = await import("./record/check/check.ts");
    return await checkInput(path, given);
  }
  const options = recordOptions(given);
  refuseNonsense(path, options, options.listen !== undefined);
  refuseOutputNonsense(options, options.output);
  refuseKeepNonsense(options, options.output);
  if (options.keep === undefined) refuseTakenPlace(path, options);
  const endSignal = options.keep === undefined ? refuseDumpSignal() : () => {};
  try {
    await recordInput(path, options, given);
  } finally {
    endSignal();
  }
}

async function recordInput(
  path: string,
  options: RecordOptions,
  flags: ListenFlags,
): Promise<void> {
  if (options.listen !== undefined) {
    const { recordListening } = await import("./record/listen/record_listening.ts");
    return await recordListening(path, options, flags);
  }
  const states = inputOf(path);
  const events = options.events === undefined ? undefined : inputOf(options.events);
  const stop = new StopSignal();
  try {
    const output = await sessionOutput(states, events, options);
    await new RecordSession(states, events, options, { stop, output }).run();
  } finally {
    stop.forget();
  }
}

/** Options of a recording. @throws {CommandError} */
function recordOptions({ output, json, ...options }: GivenRecordOptions): RecordOptions {
  if (output === undefined) throw usageError("required option '-o, --output <file>' not specified");
  if (json === true) throw usageError("--json needs --check; a recording prints nothing");
  return { ...options, output };
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

function refuseNonsense(
  path: string,
  options: Omit<GivenRecordOptions, keyof ListenFlags>,
  isListening: boolean,
): void {
  const { output, events, schema, sparse, every, despawnKey, leaveOut = [], exclude = [] } =
    options;
  if (path === "-" && events === "-" && !isListening) {
    throw usageError("States and events cannot both come from standard input; name a file for one");
  }
  for (const input of [path, events, schema]) {
    if (input !== undefined && output !== undefined && isSameFile(input, output)) {
      throw usageError(`The output ${output} is the input as well; name another file`);
    }
  }
  const { frameKey, timeKey, idKey, kindKey, eventKey } = options;
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
  for (const path of leaveOut) {
    const key = keys.find((name) => name === path || name.startsWith(`${path}.`));
    if (key === undefined) continue;
    throw usageError(`--leave-out ${path} leaves out the key ${key}, which is needed`);
  }
  const lineKeys = [...keys, eventKey];
  for (const pattern of exclude) {
    if (!lineKeys.includes(pattern)) continue;
    throw usageError(
      `--exclude ${pattern} names a key of the lines, which is no field; leave it out`,
    );
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
