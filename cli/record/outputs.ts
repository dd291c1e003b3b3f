import type { FrameHead, Schema, StateEvent, StateFrame } from "../../lib/ingest.ts";
import type { RecordingWriter } from "../../lib/recording.ts";
import type { ReadonlyEntityNames, Snapshot } from "../../lib/world.ts";
import { CommandError } from "../exit_code.ts";
import { numberedPath } from "../files/numbered_path.ts";
import { outputPlace } from "../files/output_place.ts";
import { removeStaleLocks } from "../files/stale_locks.ts";
import { sizeText } from "../quantities.ts";
import type { RecordOptions } from "./options.ts";
import { RecordOutput } from "./output.ts";
import { claimNext, freeNumber } from "./outputs/free_number.ts";
import { HeldEvents } from "./outputs/held_events.ts";
import { bytesOfEvents } from "./outputs/item_bytes.ts";
import { OutputRoom } from "./outputs/output_room.ts";
import { listed, type RecordedFile, summaryOf } from "./outputs/recorded_file.ts";
import { Rotation } from "./outputs/rotation.ts";
import type { SessionOutput } from "./outputs/session_output.ts";
import type { LimitedFile } from "./outputs/size_limit.ts";
import { assertLaterFiles, refuseInput } from "./outputs/start_checks.ts";
import { WrittenBytes } from "./outputs/written_bytes.ts";
import { Stopped } from "./stop_signal.ts";

/** Bytes of a file that has nothing. */
const EMPTY_BYTES = new WrittenBytes().whole;

/** What outputs are of. */
export interface OutputSource {
  /** Paths that are read, which no output may overwrite. */
  readonly inputs: readonly string[];
  /** True when frames come as they happen. */
  readonly isLive: boolean;
}

/**
 * The recordings of an input, one a session, and more where they are rotated: the first is OUT as
 * long as it is the only one, else they are OUT-1, OUT-2 and so on. A session without frames and
 * events makes none.
 */
export class RecordOutputs implements SessionOutput {
  /** Files that are whole. */
  readonly #recorded: RecordedFile[] = [];
  readonly #options: RecordOptions;
  readonly #inputs: readonly string[];
  readonly #rotation: Rotation | undefined;
  readonly #room: OutputRoom;
  /** First frame that found no room, and the newest that did. */
  #refused: FrameHead | undefined;
  #last: FrameHead | undefined;
  /** Events since the newest frame, where that of which file they are is not known yet. */
  readonly #events = new HeldEvents();
  /** Outputs whose places are held. */
  readonly #held = new Set<RecordOutput>();
  #current: RecordOutput;
  /** Of the file at hand. */
  #number = 1;
  #states = 0;
  #isAtRestart = false;

  /** Output that is not open. */
  constructor(options: RecordOptions, { inputs, isLive }: OutputSource) {
    this.#options = options;
    this.#inputs = inputs;
    const { rotate, maxSize, preview } = options;
    const { timeMs = Infinity, bytes } = rotate ?? {};
    this.#room = new OutputRoom({ file: bytes, all: maxSize }, preview === true);
    this.#rotation = rotate === undefined ? undefined : new Rotation({ timeMs }, isLive);
    this.#current = this.#outputAt(options.output);
  }

  /** True once there was something to write. */
  get isOpen(): boolean {
    return this.#current.isOpen || this.#recorded.length > 0;
  }

  /** Writer of the file at hand, once it is open. */
  get writer(): RecordingWriter | undefined {
    return this.#isAtRestart ? undefined : this.#current.writer;
  }

  /** Takes the place of the first. */
  async claim(): Promise<void> {
    const place = outputPlace(this.#options.output);
    assertLaterFiles(place, this.#options);
    await this.#current.claim();
    if (place.kind !== "stream") await removeStaleLocks(place.target);
  }

  /** Goes on to the next session, whose output is made when there is something to write. */
  async startSession(): Promise<void> {
    await this.#writeHeld();
    this.#isAtRestart = this.#current.isOpen;
    this.#room.endFile();
  }

  /** The writer of the file at hand. */
  async open(schema: Schema | undefined, names: ReadonlyEntityNames): Promise<RecordingWriter> {
    if (this.#isAtRestart) await this.#startNext();
    const writer = await this.#current.open(schema, names);
    await this.#writeHeld();
    return writer;
  }

  /** Goes on to the file of a frame. @returns what to wait for; undefined when it is at hand */
  turnTo(frame: StateFrame | Snapshot): Promise<void> | undefined {
    this.#room.turnTo(frame);
    const turned = this.#rotate(frame);
    return turned === undefined ? this.#makeRoom(frame) : turned.then(() => this.#makeRoom(frame));
  }

  #rotate(head: FrameHead): Promise<void> | undefined {
    const rotation = this.#rotation;
    if (rotation === undefined || this.#isAtRestart) return undefined;
    const isOver = rotation.isDue(head, 0);
    // A file has a frame, however large.
    const hasRoom = isOver || rotation.last === undefined || this.#room.inFile(this.#file);
    const turn = (isHere: boolean) => {
      if (!isHere) return this.#endBefore(head, rotation);
      return this.#events.isEmpty ? undefined : this.#writeHeld();
    };
    return typeof hasRoom === "boolean" ? turn(hasRoom && !isOver) : hasRoom.then(turn);
  }

  /** Takes an event. */
  async addEvent(
    event: StateEvent,
    schema: Schema | undefined,
    names: ReadonlyEntityNames,
  ): Promise<void> {
    this.#room.turnTo(event);
    await this.#makeRoom(event);
    if (this.#isAtRestart || this.#rotation?.last === undefined) {
      const writer = await this.open(schema, names);
      this.#room.add();
      return await writer.writeEvent(event);
    }
    this.#room.add();
    this.#events.add(event);
    if (this.#events.isFull) await this.#writeHeld();
  }

  /** Counts a frame that was written. @param states number of its states */
  wrote(head: FrameHead, states: number): void {
    this.#states += states;
    this.#last = { frame: head.frame, timeMs: head.timeMs };
    this.#rotation?.add(head);
    this.#room.add();
    this.#current.settle();
  }

  /** Writes what waits. @param isSynced true to wait until the disk has it */
  async flush(isSynced: boolean): Promise<void> {
    const { writer } = this;
    if (writer === undefined) return;
    await this.#writeHeld();
    await writer.flush();
    this.#room.flushed();
    this.#current.assertThere();
    if (isSynced) this.#current.sync();
    this.#current.settle();
  }

  /** Ends the last session. */
  async close(): Promise<void> {
    if (!this.#current.isOpen || this.#isDone) return;
    await this.#writeHeld();
    await this.#end();
  }

  /** What was recorded, and where. */
  summary(): string {
    return summaryOf(this.#recorded, this.#rotation === undefined ? "sessions" : "files");
  }

  /** How far the recording came, where it found no room for more. */
  losses(): string {
    const { maxSize } = this.#options;
    const [last, refused] = [this.#last, this.#refused];
    if (refused === undefined || maxSize === undefined || last === undefined) return "";
    return `--max-size of ${
      sizeText(maxSize)
    } is reached: recorded up to frame ${last.frame} at ${last.timeMs} ms, and nothing from frame ${refused.frame} at ${refused.timeMs} ms on`;
  }

  /** Ends the outputs of a recording that failed. @returns what became of them */
  async keep(failure: unknown): Promise<string> {
    await this.#writeHeld().catch(() => {});
    const kept = this.#current.isOpen ? await this.#current.keep(failure) : "";
    const { length } = this.#recorded;
    if (length === 0) return kept;
    const what = this.#rotation === undefined ? "session" : "file";
    const sessions = length === 1 ? `the ${what}` : `the ${length} ${what}s`;
    const paths = this.#recorded.map(({ path }) => path);
    const named = `(${sessions} before it: ${listed(paths)})`;
    return kept === "" ? named : `${kept} ${named}`;
  }

  /** Lets others have the places. */
  release(): void {
    for (const output of this.#held) output.release();
    this.#held.clear();
  }

  get #isDone(): boolean {
    return this.#recorded.at(-1)?.path === this.#current.path;
  }

  async #startNext(): Promise<void> {
    const { kind, target } = outputPlace(this.#options.output);
    if (kind === "stream") {
      throw new CommandError(
        `Cannot write the next session to ${this.#options.output}: each is a recording of its own; name a file as the output`,
      );
    }
    if (!this.#isDone) await this.#end();
    const isFirst = this.#recorded.length === 1;
    const isForced = this.#options.force === true;
    const first = isForced ? 1 : freeNumber(target, 1);
    const { output: next, number } = await claimNext(
      target,
      isFirst ? first + 1 : this.#number + 1,
      {
        make: (path) => {
          refuseInput(path, this.#inputs);
          return this.#outputAt(path);
        },
        drop: (output) => this.#held.delete(output),
      },
    );
    this.#number = number;
    if (isFirst) {
      const path = numberedPath(target, first);
      refuseInput(path, this.#inputs);
      await this.#current.move(path);
      this.#recorded[0] = { ...this.#recorded[0]!, path };
    }
    this.#current.release();
    this.#held.delete(this.#current);
    this.#current = next;
    this.#isAtRestart = false;
  }

  /** @throws {Stopped} when there is no room for a frame or an event */
  #makeRoom(item: StateFrame | Snapshot | StateEvent): Promise<void> | undefined {
    const hasRoom = this.#room.inAll(this.#file);
    if (hasRoom === true) return undefined;
    if (hasRoom !== false) return hasRoom.then((has) => has ? undefined : this.#stop(item));
    return this.#stop(item);
  }

  /** The file at hand, with the events that are held, and the next where that is due. */
  get #file(): LimitedFile {
    const file = this.#current;
    const nextBytes = this.#isAtRestart ? EMPTY_BYTES : 0;
    const wholeBytes = () => file.wholeBytes + nextBytes + bytesOfEvents(this.#events.size);
    return { writer: file.writer, wholeBytes };
  }

  #stop({ frame, timeMs }: StateFrame | Snapshot | StateEvent): never {
    const last = this.#last;
    if (last === undefined) {
      throw new CommandError(
        `--max-size of ${
          sizeText(this.#options.maxSize!)
        } is too small for the first frame; give more`,
      );
    }
    this.#refused = { frame: frame ?? last.frame, timeMs: timeMs ?? last.timeMs };
    throw new Stopped();
  }

  /** Ends the file at hand before a frame, with the events that stand before it. */
  async #endBefore(head: FrameHead, rotation: Rotation): Promise<void> {
    await this.#events.writeBefore(head, rotation.last!, this.#current.writer!);
    this.#isAtRestart = true;
    this.#room.endFile();
  }

  async #writeHeld(): Promise<void> {
    const { writer } = this.#current;
    if (writer !== undefined && !this.#events.isEmpty) await this.#events.writeAll(writer);
  }

  async #end(): Promise<void> {
    const summary = await this.#current.close();
    this.#recorded.push({ ...summary, path: this.#current.path, states: this.#states });
    this.#states = 0;
    this.#rotation?.startFile();
    this.#room.startFile(summary.bytes);
  }

  #outputAt(path: string): RecordOutput {
    const output = new RecordOutput({ ...this.#options, output: path });
    this.#held.add(output);
    return output;
  }
}
