import type { FrameHead, Schema, StateEvent } from "../../../lib/ingest.ts";
import { FileSource } from "../../../lib/recording/container/file_source.ts";
import type { RecordingOptions, RecordingWriter } from "../../../lib/recording.ts";
import type { ReadonlyEntityNames } from "../../../lib/world.ts";
import { describing } from "../../files/file_error.ts";
import { outputPlace } from "../../files/output_place.ts";
import { counted } from "../../terminal/counted.ts";
import { warn } from "../../terminal/terminal.ts";
import type { DumpAnswer } from "../listen/dump_request.ts";
import type { RecordOptions } from "../options.ts";
import { recordingOptions } from "../outputs/recording_options.ts";
import { Rotation } from "../outputs/rotation.ts";
import type { SessionOutput } from "../outputs/session_output.ts";
import { DumpSchedule, timeBetween } from "./dump_schedule.ts";
import { onDumpSignal } from "./dump_signal.ts";
import { dumpAnswer, Dumps } from "./dumps.ts";
import { conditionText, metCondition } from "./event_condition.ts";
import { KeepPlace } from "./keep_place.ts";
import { KEEP_BYTES } from "./keep_flags.ts";
import { KeptSegments, remove, type Segment } from "./kept_segments.ts";
import { keepFolder, leftText } from "./segment_names.ts";
import { type Kept, whyMissing, whyShort } from "./why_missing.ts";
import { OpenSegment } from "./open_segment.ts";
import type { WrittenDump } from "./write_dump.ts";

/** Segments that a whole span is kept in. */
const PARTS = 20;
const SEGMENT_MS_MIN = 1000;
const SEGMENT_MS_MAX = 60_000;
/** Sizes of all dumps, in what is kept, unless the user says. */
const DUMPS_MAX = 10;
const TICK_MS = 50;

/** Keeps the newest frames of an input in segments, and writes them to recordings when told. */
export class KeptOutput implements SessionOutput {
  isOpen = false;
  readonly #options: RecordOptions;
  readonly #isLive: boolean;
  readonly #target: string;
  readonly #segments: KeptSegments;
  readonly #rotation: Rotation;
  readonly #schedule: DumpSchedule;
  readonly #dumps: Dumps;
  #segment: OpenSegment | undefined;
  #ending: Promise<void> | undefined;
  #schema: Schema | undefined;
  #names: ReadonlyEntityNames | undefined;
  #place: KeepPlace | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #endSignal: (() => void) | undefined;
  /** Who waits for the next dump. */
  #waiting: ((dump: WrittenDump | string) => void)[] = [];
  #frames = 0;
  #isEnding = false;
  /** True when what was kept stays, as the recording failed. */
  #isLeft = false;

  /** Output that has no folder yet. @param keepMs time that is kept */
  constructor(options: RecordOptions, keepMs: number, isLive: boolean) {
    const { output, before, after = 0, keepSize = KEEP_BYTES, maxSize } = options;
    this.#options = options;
    this.#isLive = isLive;
    this.#target = outputPlace(output).target;
    const gapMs = Math.min(Math.max(keepMs / PARTS, SEGMENT_MS_MIN), SEGMENT_MS_MAX);
    this.#rotation = new Rotation({ timeMs: gapMs, bytes: keepSize / PARTS }, isLive);
    this.#segments = new KeptSegments(keepFolder(this.#target), {
      keepMs: keepMs + after + gapMs,
      bytesMax: keepSize,
    });
    this.#schedule = new DumpSchedule({
      beforeMs: before,
      afterMs: after,
      gapMs,
      spanMs: keepMs,
    });
    this.#dumps = new Dumps(this.#target, maxSize ?? DUMPS_MAX * keepSize, {
      open: () => this.#openSegments(),
      options: () => this.#recordingOptions(),
      isFromStart: () => this.#segments.removedFor === undefined,
      missing: (frame) => whyMissing(frame, this.#kept(), this.#isEnding),
      shortened: (dump) => whyShort(dump, before ?? keepMs, this.#kept()),
    });
  }

  get writer(): RecordingWriter | undefined {
    return this.#segment?.writer;
  }

  async claim(): Promise<void> {
    const { output, force } = this.#options;
    this.#place = await KeepPlace.claim(output, this.#target);
    const left = await this.#segments.claim(force === true);
    if (left !== undefined) warn(left);
    this.#endSignal = onDumpSignal(this.#onSignal);
    if (this.#isLive) this.#timer = setInterval(this.#tick, TICK_MS);
  }

  /** Asks for a dump of this moment. */
  readonly dump = async (): Promise<DumpAnswer> => {
    if (this.#frames === 0) return { status: 409, body: { error: "nothing is kept yet" } };
    if (this.#isEnding) return { status: 503, body: { error: "the recording is ending" } };
    const dump = await new Promise<WrittenDump | string>((resolve) => {
      this.#waiting.push(resolve);
      this.#ask("POST /dump");
    });
    return dumpAnswer(dump);
  };

  async startSession(): Promise<void> {
    if (!this.isOpen) return;
    await this.#writeRest();
    await this.#endSegment();
    this.#segments.clear();
    this.#schedule.restart();
  }

  turnTo(head: FrameHead): Promise<void> | undefined {
    const isDumped = this.#schedule.advance(head) && !this.#dumps.isWriting;
    const isOver = this.#rotation.isDue(head, this.#segment?.bytes ?? 0);
    return isDumped || isOver ? this.#turn(isDumped, isOver) : undefined;
  }

  async open(schema: Schema | undefined, names: ReadonlyEntityNames): Promise<RecordingWriter> {
    this.#schema = schema;
    this.#names = names;
    this.#segment ??= await OpenSegment.open(
      this.#segments.nextPath(),
      this.#recordingOptions(),
      (bytes) => this.#segments.makeRoom(bytes),
    );
    this.isOpen = true;
    return this.#segment.writer;
  }

  async addEvent(
    event: StateEvent,
    schema: Schema | undefined,
    names: ReadonlyEntityNames,
  ): Promise<void> {
    await (await this.open(schema, names)).writeEvent(event);
    const { dumpOn = [] } = this.#options;
    if (dumpOn.length === 0) return;
    const met = metCondition({ ev: event.name, ...event.data }, dumpOn);
    if (met === undefined) return;
    const { frame, timeMs } = event;
    const trigger = { frame, timeMs, why: conditionText(met), isAsked: false };
    this.#schedule.add(trigger, (frame) => this.#timeOf(frame), this.#kept().first?.timeMs);
  }

  wrote({ frame, timeMs }: FrameHead): void {
    const head = { frame, timeMs };
    this.#frames++;
    this.#segment!.add(head);
    this.#rotation.add(head);
  }

  async flush(isSynced: boolean): Promise<void> {
    await this.#segment?.flush(isSynced);
  }

  async close(): Promise<void> {
    this.#isEnding = true;
    await this.#writeRest();
    await this.#endSegment();
  }

  async keep(): Promise<string> {
    this.#isEnding = true;
    await this.#dumps.idle();
    try {
      await this.#endSegment();
      await this.#writeRest();
    } catch {
      // The failure says why; a dump would fail as well.
    }
    if (this.#frames === 0) return `(${this.summary()})`;
    this.#isLeft = true;
    return `(${this.summary()}; ${leftText(keepFolder(this.#target))})`;
  }

  summary(): string {
    const { written } = this.#dumps;
    const dumps = written === 0 ? "no dump" : counted(written, "dump");
    return `kept the newest of ${counted(this.#frames, "frame")}, wrote ${dumps}`;
  }

  /** What of what was asked for is not there, in words; empty when all is. */
  losses(): string {
    const { failed } = this.#dumps;
    return failed === 0 ? "" : `${failed} dump${failed === 1 ? " is" : "s are"} not written`;
  }

  release(): void {
    clearInterval(this.#timer);
    for (const answer of this.#waiting) answer("the recording has ended");
    this.#endSignal?.();
    if (this.#place === undefined) return;
    if (!this.#isLeft) this.#segment?.discard();
    if (!this.#isLeft) this.#segments.end();
    this.#place.release();
  }

  readonly #onSignal = (): void => {
    if (this.#frames > 0) this.#ask("SIGUSR2");
    else warn("no dump for SIGUSR2: no frame is kept yet");
  };

  #ask(why: string): void {
    const last = this.#segment?.last ?? this.#segments.list.at(-1)?.last;
    this.#schedule.add(
      { frame: last?.frame, timeMs: last?.timeMs, why, isAsked: true },
      (frame) => this.#timeOf(frame),
    );
    this.#tick();
  }

  readonly #tick = (): void => {
    if (this.#isLive && !this.#dumps.isWriting && this.#schedule.isDueByClock) void this.#dump();
  };

  async #turn(isDumped: boolean, isOver: boolean): Promise<void> {
    if (isDumped) {
      const dumped = this.#dump();
      // Input that waits is read on; a file's dumps hang on nothing but the file.
      if (!this.#isLive) await dumped;
    }
    if (isOver) await this.#endSegment();
  }

  /** Writes the dump that waits. */
  async #dump(): Promise<void> {
    const dump = this.#schedule.take();
    if (dump === undefined) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    const written = await this.#dumps.write(dump);
    for (const answer of waiting) answer(written);
  }

  /** Writes what waits although what would follow does not come. */
  async #writeRest(): Promise<void> {
    await this.#dumps.idle();
    this.#schedule.settle();
    while (this.#schedule.isWaiting && this.#frames > 0) await this.#dump();
  }

  #kept(): Kept {
    const { list, removedFor } = this.#segments;
    const current = this.#segment;
    return {
      first: (list[0] ?? current)?.first,
      last: current?.last ?? list.at(-1)?.last,
      removedFor,
    };
  }

  #recordingOptions(): RecordingOptions {
    return recordingOptions(this.#options, this.#schema, this.#names!, this.#isLive);
  }

  #endSegment(): Promise<void> {
    const segment = this.#segment;
    if (segment === undefined) return Promise.resolve();
    return this.#ending = this.#end(segment).finally(() => this.#ending = undefined);
  }

  async #end(segment: OpenSegment): Promise<void> {
    await segment.close();
    this.#segment = undefined;
    this.#rotation.startFile();
    const { path, first, last, bytes } = segment;
    if (first === undefined || last === undefined) return remove(path);
    const whole: Segment = { path, first, last, bytes };
    this.#segments.trim(whole);
    this.#segments.add(whole);
  }

  /** All that is kept, as it is at the moment: whatever is removed meanwhile can still be read. */
  async #openSegments(): Promise<FileSource[]> {
    // A dump that is asked for comes at any moment.
    while (this.#ending !== undefined) await this.#ending.catch(() => {});
    const current = this.#segment;
    if (current?.first !== undefined) await current.writer.flush();
    const paths = this.#segments.list.map(({ path }) => path);
    if (current?.first !== undefined && !paths.includes(current.path)) paths.push(current.path);
    return paths.map((path) => describing("read", path, () => new FileSource(path)));
  }

  /** Time of a frame; undefined for one before all that is kept. */
  #timeOf(frame: number): number | undefined {
    const current = this.#segment;
    const all = [...this.#segments.list, ...(current === undefined ? [] : [current])];
    for (const { first, last } of all.reverse()) {
      if (first === undefined || last === undefined) continue;
      if (((frame - first.frame) | 0) >= 0) return timeBetween(first, last, frame);
    }
    return undefined;
  }
}
