import type { Schema } from "../../lib/ingest.ts";
import type { RecordingSummary, RecordingWriter } from "../../lib/recording.ts";
import type { ReadonlyEntityNames } from "../../lib/world.ts";
import { CommandError } from "../exit_code.ts";
import { numberedPath } from "../files/numbered_path.ts";
import { isSameFile } from "../files/files.ts";
import { outputPlace } from "../files/output_place.ts";
import type { RecordOptions } from "./options.ts";
import { RecordOutput } from "./output.ts";

/** A session that was recorded. */
export interface RecordedSession extends RecordingSummary {
  /** Path of its recording. */
  readonly path: string;
  /** Number of its states. */
  readonly states: number;
}

/**
 * The recordings of an input, one a session: the first is OUT as long as it is the only one, else
 * they are OUT-1, OUT-2 and so on. A session without frames and events makes none.
 */
export class RecordOutputs {
  /** Sessions that are whole. */
  readonly recorded: RecordedSession[] = [];
  readonly #options: RecordOptions;
  /** Paths that are read, which no session may overwrite. */
  readonly #inputs: readonly string[];
  /** Outputs whose places are held. */
  readonly #held = new Set<RecordOutput>();
  #current: RecordOutput;
  #states = 0;
  #isAtRestart = false;

  /** Output that is not open. */
  constructor(options: RecordOptions, inputs: readonly string[]) {
    this.#options = options;
    this.#inputs = inputs;
    this.#current = this.#outputAt(options.output);
  }

  /** True once there was something to write. */
  get isOpen(): boolean {
    return this.#current.isOpen || this.recorded.length > 0;
  }

  /** Writer of the session at hand, once it is open. */
  get writer(): RecordingWriter | undefined {
    return this.#isAtRestart ? undefined : this.#current.writer;
  }

  /** Takes the place of the first. */
  async claim(): Promise<void> {
    await this.#current.claim();
  }

  /** Goes on to the next session, whose output is made when there is something to write. */
  startSession(): void {
    this.#isAtRestart = this.#current.isOpen;
  }

  /** The writer of the session at hand. */
  async open(schema: Schema | undefined, names: ReadonlyEntityNames): Promise<RecordingWriter> {
    if (this.#isAtRestart) await this.#startNext();
    return await this.#current.open(schema, names);
  }

  /** Counts the states of a frame that was written. */
  wrote(states: number): void {
    this.#states += states;
    this.#current.settle();
  }

  /** Writes what waits. @param isSynced true to wait until the disk has it */
  async flush(isSynced: boolean): Promise<void> {
    const { writer } = this;
    if (writer === undefined) return;
    await writer.flush();
    if (isSynced) this.#current.sync();
    this.#current.settle();
  }

  /** Ends the last session. */
  async close(): Promise<void> {
    if (!this.#current.isOpen || this.#isDone) return;
    await this.#end();
  }

  /** Ends the outputs of a recording that failed. @returns what became of them */
  async keep(failure: unknown): Promise<string> {
    const kept = this.#current.isOpen ? await this.#current.keep(failure) : "";
    const { length } = this.recorded;
    if (length === 0) return kept;
    const sessions = length === 1 ? "the session" : `the ${length} sessions`;
    const paths = this.recorded.map(({ path }) => path);
    const named = `(${sessions} before it: ${listed(paths)})`;
    return kept === "" ? named : `${kept} ${named}`;
  }

  /** Lets others have the places. */
  release(): void {
    for (const output of this.#held) output.release();
    this.#held.clear();
  }

  get #isDone(): boolean {
    return this.recorded.at(-1)?.path === this.#current.path;
  }

  async #startNext(): Promise<void> {
    const { kind, target } = outputPlace(this.#options.output);
    if (kind === "stream") {
      throw new CommandError(
        `Cannot write the next session to ${this.#options.output}: each is a recording of its own; name a file as the output`,
      );
    }
    if (!this.#isDone) await this.#end();
    const number = this.recorded.length + 1;
    const path = numberedPath(target, number);
    this.#refuseInput(path);
    const next = this.#outputAt(path);
    await next.claim();
    if (number === 2) {
      const first = numberedPath(target, 1);
      this.#refuseInput(first);
      await this.#current.move(first);
      this.recorded[0] = { ...this.recorded[0]!, path: first };
    }
    this.#current.release();
    this.#held.delete(this.#current);
    this.#current = next;
    this.#isAtRestart = false;
  }

  async #end(): Promise<void> {
    const summary = await this.#current.close();
    this.recorded.push({ ...summary, path: this.#current.path, states: this.#states });
    this.#states = 0;
  }

  #outputAt(path: string): RecordOutput {
    const output = new RecordOutput({ ...this.#options, output: path });
    this.#held.add(output);
    return output;
  }

  #refuseInput(path: string): void {
    if (!this.#inputs.some((input) => isSameFile(input, path))) return;
    throw new CommandError(
      `Cannot write ${path}: it is read as an input; name another output, whose sessions are numbered`,
    );
  }
}

/** Sessions that a line names. */
const NAMED_MAX = 20;

/** A list for people, which leaves out what is in the middle of many. */
export function listed(texts: readonly string[]): string {
  if (texts.length <= NAMED_MAX) return texts.join(", ");
  const left = texts.length - NAMED_MAX;
  return `${texts.slice(0, NAMED_MAX - 1).join(", ")}, … ${left} more …, ${texts.at(-1)}`;
}
