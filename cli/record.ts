import { Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { BadLines, RecordingWriter, Schema, StateEvent, StateFrame } from "../mod.ts";
import { numberAbove } from "./arguments.ts";
import { CommandError, EXIT, usageError } from "./exit_code.ts";
import { fileError, type Input, inputOf, isSameFile, readText } from "./files.ts";
import { openOutput, type Output } from "./output.ts";
import { Stopped, StopSignal } from "./stop_signal.ts";
import { Progress, warn } from "./terminal.ts";

interface RecordOptions {
  readonly output: string;
  readonly events?: string;
  readonly schema?: string;
  readonly rate?: number;
  readonly sparse?: true;
  readonly despawnKey?: string;
  readonly format?: "rows" | "frames" | "csv";
  readonly frameKey: string;
  readonly timeKey: string;
  readonly idKey: string;
  readonly kindKey: string;
  readonly eventKey: string;
  readonly skipBad?: true;
  readonly preview?: true;
}

/** `hindcast record`: a state stream to a recording. */
export function recordCommand(): CommandUnknownOpts {
  return new Command("record")
    .description(
      "Record a state stream (NDJSON rows or frames, CSV, gzipped or not) to an MCAP file.",
    )
    .argument("[input]", "file, or - for standard input", "-")
    .requiredOption("-o, --output <file>", "recording to write, or - for standard output")
    .option("--events <file>", "events to record along: NDJSON, or - for standard input")
    .option("--schema <file>", "field types, instead of inferring them")
    .option("--rate <hz>", "frames per second, for input without times", numberAbove(0))
    .option("--sparse", "a row is there only if it changed")
    .option("--despawn-key <key>", "with --sparse: key that is true when an entity is gone")
    .addOption(
      new Option("--format <format>", "how states are written, instead of guessing").choices(
        ["rows", "frames", "csv"] as const,
      ),
    )
    .option("--frame-key <key>", "key of the frame index", "f")
    .option("--time-key <key>", "key of the time in milliseconds", "t")
    .option("--id-key <key>", "key of the entity's id", "id")
    .option("--kind-key <key>", "key of the entity's kind", "kind")
    .option("--event-key <key>", "key of an event's name", "ev")
    .option("--skip-bad", "skip lines that cannot be read, and count them")
    .option("--preview", "add the full state once a second as JSON, for MCAP viewers")
    .action(record);
}

async function record(path: string, options: RecordOptions): Promise<void> {
  refuseNonsense(path, options);
  const states = inputOf(path);
  const events = options.events === undefined ? undefined : inputOf(options.events);
  const session = new RecordSession(states, events, options);
  const stop = new StopSignal();
  try {
    await session.run(stop);
  } finally {
    stop.forget();
  }
}

function refuseNonsense(path: string, options: RecordOptions): void {
  const { output, events, schema, sparse, despawnKey } = options;
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
}

/** One recording from open to close. */
class RecordSession {
  readonly #states: Input;
  readonly #events: Input | undefined;
  readonly #options: RecordOptions;
  readonly #progress: Progress = new Progress();
  readonly #warnings: string[] = [];
  #bad: BadLines | undefined;
  #rows = 0;
  #output: Output | undefined;
  #writer: RecordingWriter | undefined;

  constructor(states: Input, events: Input | undefined, options: RecordOptions) {
    this.#states = states;
    this.#events = events;
    this.#options = options;
  }

  /** Records until the input ends, breaks, or the user stops; what came until then is kept. */
  async run(stop: StopSignal): Promise<void> {
    const startMs = performance.now();
    try {
      const schema = await this.#schema(stop);
      await this.#write(schema, stop);
    } catch (error) {
      if (!(error instanceof Stopped)) throw await this.#failure(error);
    }
    if (this.#writer === undefined) {
      throw new CommandError("Stopped before the first frame was complete; nothing is recorded");
    }
    const summary = await this.#close();
    this.#progress.clear();
    for (const warning of this.#warnings) warn(warning);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    const events = summary.events > 0 ? `, ${summary.events} events` : "";
    warn(
      `recorded ${summary.frames} frames, ${this.#rows} states${events} to ${this.#options.output} (${summary.bytes} bytes) in ${seconds} s`,
    );
    if (this.#bad!.count > 0) {
      for (const { message } of this.#bad!.first) warn(message);
      throw new CommandError(`${this.#bad!.summary()}, all others are recorded`, EXIT.loss);
    }
  }

  /** Declared, else inferred from the whole input if that can be read twice. */
  async #schema(stop: StopSignal): Promise<Schema | undefined> {
    const { InputSyntaxError, parseSchemaFile, SchemaError, SchemaInference } = await import(
      "../mod.ts"
    );
    const { schema: path } = this.#options;
    const declared = path === undefined ? undefined : parseSchemaFile(readText(path), path);
    const isOpen = declared?.kinds.some(({ fields }) =>
      fields.some((field) => field.type === "enum" && field.values === undefined)
    );
    if (isOpen && !this.#states.isRepeatable) {
      throw usageError(
        `${path} has an enum without values, which needs an input that can be read twice; list the values`,
      );
    }
    if ((declared !== undefined && !isOpen) || !this.#states.isRepeatable) return declared;
    const inference = new SchemaInference();
    let frames = 0;
    try {
      for await (const frame of await this.#frames(stop, declared, () => {}, () => {})) {
        inference.observe(frame);
        this.#progress.show(() => `reading: ${++frames} frames`);
      }
    } catch (error) {
      // The second reading meets it again and says so, with everything before it recorded.
      if (!(error instanceof InputSyntaxError || error instanceof SchemaError)) throw error;
    }
    return declared === undefined ? inference.schema() : inference.widen(declared);
  }

  async #frames(
    stop: StopSignal,
    schema: Schema | undefined,
    onBadLine: BadLines["add"],
    onWarning: (message: string) => void,
  ): Promise<AsyncGenerator<StateFrame, void, void>> {
    const { readStates } = await import("../mod.ts");
    const { frameKey, timeKey, idKey, kindKey, sparse, despawnKey, rate, skipBad } = this.#options;
    return readStates(stop.until(this.#states.open()), {
      source: this.#states.name,
      format: this.#options.format,
      frameKey,
      timeKey,
      idKey,
      kindKey,
      sparse,
      despawnKey,
      rateHz: rate,
      schema,
      skipBad,
      onBadLine,
      onWarning,
    });
  }

  async #write(schema: Schema | undefined, stop: StopSignal): Promise<void> {
    const declared = this.#options.schema === undefined ? undefined : schema;
    const { BadLines } = await import("../mod.ts");
    this.#bad = new BadLines();
    const onBadLine = this.#bad.add;
    const frames = await this.#frames(stop, declared, onBadLine, (message) => {
      this.#warnings.push(message);
    });
    const events = await this.#eventReader(stop);
    try {
      await this.#merge(frames, events, schema);
    } finally {
      void events?.return();
    }
  }

  /** Writes frames and events, an event before the first frame that is not before it. */
  async #merge(
    frames: AsyncGenerator<StateFrame, void, void>,
    events: AsyncGenerator<StateEvent, void, void> | undefined,
    schema: Schema | undefined,
  ): Promise<void> {
    let frameCount = 0;
    let event = await events?.next();
    for await (const frame of frames) {
      this.#writer ??= await this.#open(schema);
      while (event !== undefined && !event.done && isDue(event.value, frame)) {
        await this.#writer.writeEvent(event.value);
        event = await events!.next();
      }
      await this.#writer.write(frame);
      this.#rows += frame.entities.length;
      this.#progress.show(() => `recording: ${++frameCount} frames`);
    }
    while (event !== undefined && !event.done) {
      this.#writer ??= await this.#open(schema);
      await this.#writer.writeEvent(event.value);
      event = await events!.next();
    }
  }

  async #eventReader(
    stop: StopSignal,
  ): Promise<AsyncGenerator<StateEvent, void, void> | undefined> {
    if (this.#events === undefined) return undefined;
    const { readEvents } = await import("../mod.ts");
    const { frameKey, timeKey, eventKey, skipBad } = this.#options;
    return readEvents(stop.until(this.#events.open()), {
      source: this.#events.name,
      frameKey,
      timeKey,
      eventKey,
      skipBad,
      onBadLine: this.#bad!.add,
    });
  }

  /** Opens the output only when there is something to write, so that bad input destroys nothing. */
  async #open(schema: Schema | undefined): Promise<RecordingWriter> {
    const { RecordingWriter } = await import("../mod.ts");
    this.#output = await openOutput(this.#options.output);
    const { rate, preview } = this.#options;
    return await RecordingWriter.open(this.#output, {
      ...(schema === undefined ? {} : { schema }),
      ...(rate === undefined ? {} : { rateHz: rate }),
      ...(preview === undefined ? {} : { preview }),
    });
  }

  async #close(): Promise<{ frames: number; events: number; bytes: number }> {
    const summary = await this.#writer!.close();
    await this.#output!.close();
    return summary;
  }

  /** Makes what came before a failure readable, if the output still takes it. @returns one line */
  async #failure(error: unknown): Promise<unknown> {
    this.#progress.clear();
    const isRead = (error as NodeJS.ErrnoException | undefined)?.syscall === "read";
    const failure = isRead ? fileError("read", this.#states.name, error) : error;
    if (this.#writer === undefined) return failure;
    const { output } = this.#options;
    const isTold = failure instanceof CommandError || failure instanceof SyntaxError ||
      failure instanceof RangeError;
    try {
      const { frames } = await this.#close();
      if (!isTold) return failure;
      const kept = `${frames} frames before it are recorded in ${output}`;
      return new CommandError(`${failure.message} (${kept})`);
    } catch {
      if (!isTold || output === "-") return failure;
      return new CommandError(`${failure.message} (${output} is cut: it lacks its index)`);
    }
  }
}

function isDue(event: StateEvent, frame: StateFrame): boolean {
  return event.frame !== undefined ? event.frame <= frame.frame : event.timeMs! <= frame.timeMs;
}
