import type { InputNote, StateEvent, StateFrame } from "../../lib/ingest.ts";
import type { EntityNames } from "../../lib/world.ts";
import { Snapshot } from "../../lib/core/state/snapshot.ts";
import { BadLines } from "../../lib/ingest/frames/bad_lines.ts";
import { InputSyntaxError } from "../../lib/ingest/input/input_error.ts";
import { UnheldFrameError } from "../../lib/ingest/frames/snapshot_former.ts";
import { EventTimes } from "../../lib/ingest/events/event_times.ts";
import { SnapshotLayout } from "../../lib/core/state/snapshot_layout.ts";
import { CommandError } from "../exit_code.ts";
import { fileError } from "../files/file_error.ts";
import type { Input } from "../files/files.ts";
import { InputNotes, noteText } from "../terminal/input_notes.ts";
import { messageOf } from "../option_flags.ts";
import { RecordInput, type StatesWatch } from "./input.ts";
import { FLUSH_MS, LiveFlush } from "./live_flush.ts";
import { LiveProgress } from "./live_progress.ts";
import { fits } from "./fits.ts";
import type { RecordOptions } from "./options.ts";
import type { SessionOutput } from "./outputs/session_output.ts";
import { type ReadingProgress, readingProgress } from "./reading_progress.ts";
import { inputSchema, type InputSchemas } from "./schema.ts";
import { Stopped, type StopSignal } from "./stop_signal.ts";
import { counted } from "../terminal/counted.ts";
import { secondsSince } from "../terminal/seconds.ts";
import { throwIfLost, throwIfSkipped } from "../terminal/skipped_lines.ts";
import { Progress, warn } from "../terminal/terminal.ts";

const CHECK_HINT = "; --check tells all that is in the way at once";
/** Events that may come between the start of a session and its first frame. */
const EARLY_MAX = 4096;

/** One recording from open to close. */
export class RecordSession {
  readonly #states: Input;
  readonly #options: RecordOptions;
  readonly #stop: StopSignal;
  readonly #input: RecordInput;
  readonly #output: SessionOutput;
  readonly #progress: Progress = new Progress();
  readonly #warnings: string[] = [];
  /** What is not recorded for a stop, in words. */
  readonly #lost: string[] = [];
  readonly #notes: InputNotes = new InputNotes();
  readonly #bad: BadLines;
  /** True from where frames start again to the first of them. */
  #isAtRestart = false;
  /** Events that came where no frame did. */
  #lostEvents = 0;
  /** Events that came in between, which are of the next session. */
  #early: StateEvent[] = [];
  /** Ids of the session at hand, and of the one that begins; undefined for those of the input. */
  #names: EntityNames | undefined;
  #nextNames: EntityNames | undefined;

  /** Session that has not begun. */
  constructor(
    states: Input,
    events: Input | undefined,
    options: RecordOptions,
    { stop, output }: { readonly stop: StopSignal; readonly output: SessionOutput },
  ) {
    this.#states = states;
    this.#bad = states.bad ?? new BadLines();
    this.#options = options;
    this.#stop = stop;
    this.#input = new RecordInput(states, events, options, stop);
    this.#output = output;
  }

  /** Records until the input ends, breaks, or the user stops; what came until then is kept. */
  async run(): Promise<void> {
    try {
      await this.#output.claim();
      await this.#run();
    } finally {
      this.#output.release();
    }
  }

  async #run(): Promise<void> {
    const startMs = performance.now();
    try {
      await this.#record();
    } catch (error) {
      // Live input that is stopped ends, if with nothing in it.
      const isStopped = error instanceof Stopped || (this.#stop.isRaised &&
        error instanceof InputSyntaxError &&
        (!this.#output.isOpen || error.sort.code === "no-rows"));
      if (!isStopped) throw await this.#failure(error);
    }
    if (!this.#output.isOpen) {
      this.#notes.print();
      for (const error of this.#bad.first) warn(messageOf(error));
      this.#remark();
      const skipped = this.#bad.count > 0 ? this.#bad.summary() : "";
      const lost = [
        this.#states.losses?.() ?? skipped,
        this.#lostEvents > 0 ? `${counted(this.#lostEvents, "event")} lost` : "",
      ].filter((part) => part !== "").join(", ");
      throw new CommandError(
        `Stopped before the first frame was complete; nothing is recorded${lost && `: ${lost}`}`,
      );
    }
    await this.#output.close().catch(async (error) => {
      throw await this.#failure(error);
    });
    this.#progress.clear();
    for (const warning of this.#warnings) warn(warning);
    this.#notes.print();
    warn(`${this.#output.summary()} in ${secondsSince(startMs)}`);
    this.#remark();
    if (this.#stop.isCutShort) {
      this.#lost.push("a pipe had more to read when the recording was stopped");
    }
    const parts = [this.#output.losses?.() ?? "", ...this.#lost];
    const lost = parts.filter((part) => part !== "").join(", ");
    try {
      throwIfSkipped(this.#bad, this.#states.losses?.());
    } catch (error) {
      if (lost !== "") warn(`hindcast: ${lost}`);
      throw error;
    }
    throwIfLost(lost);
  }

  /** Says what was left out and is no loss. */
  #remark(): void {
    const remark = this.#states.remark?.() ?? "";
    if (remark !== "") warn(remark);
  }

  async #record(): Promise<void> {
    const schemas = await inputSchema(this.#states, this.#options, this.#input, this.#progress);
    let times = new EventTimes();
    const { output } = this.#options;
    const live = this.#liveFlush();
    const progress = live === undefined
      ? readingProgress(this.#progress, this.#states, output, "recording")
      : this.#liveProgress(live);
    const took = ({ frame, timeMs }: StateFrame | Snapshot): undefined => {
      times.addFrame(frame, timeMs);
      progress.onFrame();
    };
    let timesNote: InputNote | undefined;
    const tellTimes = () => {
      if (timesNote !== undefined) return;
      timesNote = times.note();
      if (timesNote !== undefined) this.#notes.add(timesNote);
    };
    const isAtRestart = () => this.#isAtRestart;
    const sink = {
      get isAtRestart() {
        return isAtRestart();
      },
      startSession: async () => {
        this.#isAtRestart = false;
        this.#names = this.#nextNames;
        const start = () => this.#output.startSession();
        await (live === undefined ? start() : live.around(start));
        tellTimes();
        times = new EventTimes();
        const early = this.#early;
        this.#early = [];
        for (const event of early) await sink.event(event);
      },
      frame: (frame: StateFrame | Snapshot) => {
        const write = () => this.#write(frame, schemas);
        const written = live === undefined ? write() : live.around(write);
        return written === undefined ? took(frame) : written.then(() => took(frame));
      },
      event: async (event: StateEvent) => {
        const write = () => this.#writeEvent(event, schemas);
        await (live === undefined ? write() : live.around(write));
        times.addEvent(event);
      },
    };
    const { declared, recorded, kept } = schemas;
    const layout = recorded === undefined ? undefined : new SnapshotLayout(recorded);
    const watch: StatesWatch = {
      bad: this.#bad,
      onEvent: async (event) => {
        if (!this.#isAtRestart) return await sink.event(event);
        // Live ones must not wait for a frame, unless others of the session before are still to come.
        const isFull = this.#early.push(event) >= EARLY_MAX;
        if (isFull || (live !== undefined && events === undefined)) await sink.startSession();
      },
      onSession: (_, names) => {
        this.#isAtRestart = true;
        this.#nextNames = names;
      },
      onCut: (frame) =>
        this.#lost.push(`stopped amid frame ${frame}, which may lack rows and is left out`),
      onLostEvents: (count) => this.#lostEvents = count,
      onWarning: (warning) => this.#warnings.push(noteText(warning)),
      onNote: this.#notes.add,
      onBytes: progress.onBytes,
    };
    let events: ReturnType<RecordInput["events"]>;
    try {
      const frames = kept === undefined || layout === undefined
        ? this.#input.frames(declared, layout, watch)
        : this.#input.kept(kept, layout, watch);
      events = this.#input.events(this.#bad.add);
      await this.#input.interleave(frames, events, sink, this.#notes.add);
      if (this.#early.length > 0) await sink.startSession();
      await live?.end();
    } catch (error) {
      // They were read, and are not at fault.
      if (this.#early.length > 0) await sink.startSession().catch(() => {});
      if (!(error instanceof UnheldFrameError)) throw error;
      throw recorded === declared ? error.cause : this.#changed(error.frame);
    } finally {
      await live?.end().catch(() => {});
      progress.end?.();
      void events?.return();
      tellTimes();
    }
  }

  /** What writes by the wall clock; undefined for files, whose bytes no clock may change. */
  #liveFlush(): LiveFlush | undefined {
    if (this.#states.isLive !== true) return undefined;
    const { flushMs = FLUSH_MS, fsync = false } = this.#options;
    const flush = () => this.#output.flush(fsync);
    const onFailure = (error: unknown) => this.#stop.fail(error);
    return new LiveFlush({ flush }, { flushMs, onFailure });
  }

  /** Shows what comes of live input, unless others show that. */
  #liveProgress(live: LiveFlush): ReadingProgress {
    const states = this.#states;
    if (states.isHidden) return { onBytes: () => {}, onFrame: () => {} };
    return new LiveProgress(
      this.#progress,
      () => ({ counts: states.counts, writtenMs: live.writtenMs }),
    );
  }

  async #writeEvent(event: StateEvent, { recorded }: InputSchemas): Promise<void> {
    await this.#output.addEvent(event, recorded, this.#names ?? this.#input.names);
  }

  /** Writes a frame. @returns what to wait for before it stands there; undefined when it does */
  #write(frame: StateFrame | Snapshot, schemas: InputSchemas): Promise<void> | undefined {
    const turned = this.#output.turnTo(frame);
    if (turned !== undefined) return turned.then(() => this.#writeAny(frame, schemas));
    const { writer } = this.#output;
    if (writer === undefined || !(frame instanceof Snapshot)) {
      return this.#writeAny(frame, schemas);
    }
    const written = writer.addSnapshot(frame);
    return written === undefined ? this.#wrote(frame) : written.then(() => this.#wrote(frame));
  }

  async #writeAny(
    frame: StateFrame | Snapshot,
    { declared, recorded }: InputSchemas,
  ): Promise<void> {
    const writer = await this.#output.open(recorded, this.#names ?? this.#input.names);
    if (frame instanceof Snapshot) {
      await writer.writeSnapshot(frame);
      return this.#wrote(frame);
    }
    await writer.write(frame).catch((error) => {
      throw recorded === declared || fits(frame, recorded!) ? error : this.#changed(frame.frame);
    });
    this.#wrote(frame);
  }

  #wrote(frame: StateFrame | Snapshot): undefined {
    this.#output.wrote(frame, frame instanceof Snapshot ? frame.count : frame.entities.length);
  }

  #changed(frame: number): CommandError {
    return new CommandError(
      `Cannot record frame ${frame}: ${this.#states.name} changed between its two readings; record a copy of it, or send it through a pipe`,
    );
  }

  /** Makes what came before a failure readable, if the output still takes it. @returns one line */
  async #failure(error: unknown): Promise<unknown> {
    this.#progress.clear();
    // What was seen of the input may be why it failed.
    this.#notes.print();
    const isRead = (error as NodeJS.ErrnoException | undefined)?.syscall === "read";
    const failure = isRead ? fileError("read", this.#states.name, error) : error;
    const kept = this.#output.isOpen ? await this.#output.keep(failure) : "";
    const isTold = failure instanceof CommandError || failure instanceof SyntaxError ||
      failure instanceof RangeError;
    const hint = failure instanceof InputSyntaxError && this.#states.isRepeatable ? CHECK_HINT : "";
    if (!isTold || kept + hint === "") return failure;
    return new CommandError(`${messageOf(failure)}${kept && ` ${kept}`}${hint}`);
  }
}
