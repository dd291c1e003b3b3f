import type { Schema } from "../../lib/ingest.ts";
import type { ReadonlyEntityNames } from "../../lib/world.ts";
import type { RecordingSink, RecordingSummary } from "../../lib/recording.ts";
import { RecordingWriter } from "../../lib/recording/recording_writer.ts";
import { leftInFile } from "./outputs/left_in_file.ts";
import { LostFileError, lostText } from "../files/lost_file.ts";
import { openStream } from "../files/output.ts";
import { outputPlace } from "../files/output_place.ts";
import { counted } from "../terminal/counted.ts";
import type { RecordOptions } from "./options.ts";
import { recordingOptions } from "./outputs/recording_options.ts";
import { WrittenBytes } from "./outputs/written_bytes.ts";
import { RecordingPlace } from "../files/recording_place.ts";

/** Where a session records to; opened only when there is something to write. */
export class RecordOutput {
  /** Bytes that were written so far. */
  readonly written: WrittenBytes = new WrittenBytes();
  readonly #options: RecordOptions;
  #place: RecordingPlace | undefined;
  #end: (() => void) | undefined;
  #opening: Promise<RecordingWriter> | undefined;
  #writer: RecordingWriter | undefined;
  /** Frames of the recording, once it was closed. */
  #frames = 0;

  /** Output that is not open. */
  constructor(options: RecordOptions) {
    this.#options = options;
  }

  /** Path of the recording, or `-`. */
  get path(): string {
    return this.#place?.path ?? this.#options.output;
  }

  /** True once there was something to write. */
  get isOpen(): boolean {
    return this.#writer !== undefined;
  }

  /** The writer, once it is open. */
  get writer(): RecordingWriter | undefined {
    return this.#writer;
  }

  /** Bytes of the recording if it ended now, without what waits, at most. */
  get wholeBytes(): number {
    return this.written.whole;
  }

  /** Takes the place where a file is to be; a pipe or a device is for everybody. */
  async claim(): Promise<void> {
    const place = outputPlace(this.#options.output);
    if (place.kind === "stream") return;
    this.#place = await RecordingPlace.claim(place, { isForced: this.#options.force === true });
  }

  /** The writer, opened by the first call, so that bad input destroys nothing. */
  open(schema: Schema | undefined, names: ReadonlyEntityNames): Promise<RecordingWriter> {
    // An event may come while a frame opens it.
    return this.#opening ??= this.#open(schema, names);
  }

  async #open(schema: Schema | undefined, names: ReadonlyEntityNames): Promise<RecordingWriter> {
    const sink = this.#counted(await this.#openSink());
    const { listen } = this.#options;
    try {
      // Whoever listens goes on listening while a block is made.
      const options = recordingOptions(this.#options, schema, names, listen !== undefined);
      return this.#writer = await RecordingWriter.open(sink, options);
    } catch (error) {
      if (this.#place === undefined) this.#finish();
      else this.#place.discard();
      throw error;
    }
  }

  /** Waits until the disk has what was written. @throws {CommandError} */
  sync(): void {
    this.#place?.sync();
  }

  /** Looks whether the file still is where it is written. @throws {CommandError} */
  assertThere(): void {
    this.#place?.assertThere();
  }

  /** Replaces what was there, once the first block of the new recording is whole. */
  settle(): void {
    if (this.#place?.isPart && this.#writer!.blocks > 0) this.#place.replace();
  }

  /** Writes what is left and ends the output. @throws {CommandError} unless it is there and whole */
  async close(): Promise<RecordingSummary> {
    const summary = await this.#writer!.close();
    this.#frames = summary.frames;
    this.#place?.replace();
    this.#finish();
    return summary;
  }

  /**
   * Ends the output of a recording that failed: what came is made readable, if that still works,
   * and what was there before is left if no block of the new recording was whole.
   *
   * @param failure why it failed
   * @returns what became of it, empty when the failure says it
   */
  async keep(failure: unknown): Promise<string> {
    const { output } = this.#options;
    const place = this.#place;
    if (this.#end === undefined) return this.#lostText(failure);
    let frames: number;
    let events: number;
    try {
      ({ frames, events } = await this.#writer!.close());
    } catch {
      if (place === undefined) this.#finish();
      if (output === "-") return "";
      if (place === undefined) return `(${output} is cut: it lacks its index)`;
      if (!place.isPart) return await leftInFile(place);
      place.discard();
      return `(${output} is as it was)`;
    }
    const path = place?.writtenPath ?? output;
    try {
      this.#finish();
    } catch (error) {
      this.#frames = frames;
      const { message } = error as Error;
      if (message === (failure as Error | undefined)?.message) return this.#lostText(failure);
      return `(${message})`;
    }
    const [count, what] = frames === 0 && events > 0 ? [events, "event"] : [frames, "frame"];
    const kept = `(${counted(count, what)} before it ${
      count === 1 ? "is" : "are"
    } recorded in ${path})`;
    if (place === undefined) return kept;
    if (!place.isPart) return `${kept}; --force replaces them`;
    return `${kept}; ${output} is as it was, and --force writes over the part`;
  }

  /** What became of the frames of a file that is lost; empty for any other failure. */
  #lostText(failure: unknown): string {
    if (!(failure instanceof LostFileError)) return "";
    return lostText(failure, counted(this.#frames, "frame"));
  }

  /** Moves a recording that is closed. @throws {CommandError} when it cannot be there */
  async move(path: string): Promise<void> {
    await this.#place!.move(path);
  }

  /** Lets others have the place. */
  release(): void {
    this.#place?.release();
  }

  #finish(): void {
    const end = this.#end!;
    this.#end = undefined;
    end();
  }

  #counted(sink: RecordingSink): RecordingSink {
    return {
      write: (bytes) => {
        this.written.add(bytes);
        return sink.write(bytes);
      },
      sync: () => sink.sync?.(),
    };
  }

  async #openSink(): Promise<RecordingSink> {
    if (this.#place === undefined) {
      const stream = await openStream(outputPlace(this.#options.output));
      this.#end = () => stream.close();
      return stream;
    }
    const place = this.#place;
    await place.open();
    this.#end = () => place.close();
    return place;
  }
}
