import type { BadLines } from "../mod.ts";
import { CommandError, EXIT } from "./exit_code.ts";
import { fileError, type Input } from "./files.ts";
import { InputNotes } from "./input_notes.ts";
import { RecordInput } from "./record_input.ts";
import { mergeStreams } from "./record_merge.ts";
import type { RecordOptions } from "./record_options.ts";
import { RecordOutput } from "./record_output.ts";
import { inputSchema } from "./record_schema.ts";
import { Stopped, type StopSignal } from "./stop_signal.ts";
import { Progress, warn } from "./terminal.ts";

/** One recording from open to close. */
export class RecordSession {
  readonly #states: Input;
  readonly #options: RecordOptions;
  readonly #input: RecordInput;
  readonly #output: RecordOutput;
  readonly #progress: Progress = new Progress();
  readonly #warnings: string[] = [];
  readonly #notes: InputNotes = new InputNotes();
  #bad: BadLines | undefined;
  #rows = 0;

  /** Session that has not begun. */
  constructor(
    states: Input,
    events: Input | undefined,
    options: RecordOptions,
    stop: StopSignal,
  ) {
    this.#states = states;
    this.#options = options;
    this.#input = new RecordInput(states, events, options, stop);
    this.#output = new RecordOutput(options);
  }

  /** Records until the input ends, breaks, or the user stops; what came until then is kept. */
  async run(): Promise<void> {
    const startMs = performance.now();
    try {
      await this.#record();
    } catch (error) {
      if (!(error instanceof Stopped)) {
        const failure = await this.#failure(error);
        this.#notes.print();
        throw failure;
      }
    }
    if (!this.#output.isOpen) {
      this.#notes.print();
      throw new CommandError("Stopped before the first frame was complete; nothing is recorded");
    }
    const summary = await this.#output.close();
    this.#progress.clear();
    for (const warning of this.#warnings) warn(warning);
    this.#notes.print();
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

  async #record(): Promise<void> {
    const schema = await inputSchema(this.#states, this.#options, this.#input, this.#progress);
    const { BadLines, EventTimes } = await import("../mod.ts");
    this.#bad = new BadLines();
    const onBadLine = this.#bad.add;
    // Without a schema file the rows themselves say which fields there are, as they did before.
    const declared = this.#options.schema === undefined ? undefined : schema;
    const frames = await this.#input.frames(declared, onBadLine, (message) => {
      this.#warnings.push(message);
    }, this.#notes.add);
    const events = await this.#input.events(onBadLine);
    const times = events === undefined ? undefined : new EventTimes();
    let frameCount = 0;
    try {
      await mergeStreams(frames, events, {
        frame: async (frame) => {
          const writer = await this.#output.open(schema);
          await writer.write(frame);
          times?.addFrame(frame.frame, frame.timeMs);
          this.#rows += frame.entities.length;
          this.#progress.show(() => `recording: ${++frameCount} frames`);
        },
        event: async (event) => {
          const writer = await this.#output.open(schema);
          await writer.writeEvent(event);
          times?.addEvent(event);
        },
      });
    } finally {
      void events?.return();
      const note = times?.note();
      if (note !== undefined) this.#notes.add(note);
    }
  }

  /** Makes what came before a failure readable, if the output still takes it. @returns one line */
  async #failure(error: unknown): Promise<unknown> {
    this.#progress.clear();
    const isRead = (error as NodeJS.ErrnoException | undefined)?.syscall === "read";
    const failure = isRead ? fileError("read", this.#states.name, error) : error;
    if (!this.#output.isOpen) return failure;
    const { output } = this.#options;
    const isTold = failure instanceof CommandError || failure instanceof SyntaxError ||
      failure instanceof RangeError;
    try {
      const { frames } = await this.#output.close();
      if (!isTold) return failure;
      const kept = `${frames} frames before it are recorded in ${output}`;
      return new CommandError(`${failure.message} (${kept})`);
    } catch {
      if (!isTold || output === "-") return failure;
      return new CommandError(`${failure.message} (${output} is cut: it lacks its index)`);
    }
  }
}
