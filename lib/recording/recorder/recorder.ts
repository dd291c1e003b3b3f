import type { Snapshot } from "../../core/state/snapshot.ts";
import type { FrameHead, StateEvent, StateFrame } from "../../core/state/state.ts";
import type { Frame } from "../../core/time/frame.ts";
import type { RecordingSink } from "../container/sink.ts";
import { assertWholeEvent } from "../events/event_message.ts";
import type { FrameOrder } from "../frame_order.ts";
import type { RecordingSummary } from "../recording_options.ts";
import { RecordingStreams } from "../recording_streams.ts";
import { handled } from "../queue/handled.ts";
import { AsyncFileSink } from "./async_file_sink.ts";
import { FlushTimer } from "./flush_timer.ts";
import { HandedCounts, type RecordedCounts } from "./handed_counts.ts";
import { assertRecorderOptions, type RecorderOptions } from "./recorder_options.ts";

const LEVEL = 3;
const FLUSH_MS = 500;
const QUEUE_BYTES = 1 << 26;

/**
 * Records a running server from within its loop: what is handed over is copied, and everything
 * else, blocks, zstd and the disk, happens in slices of about a millisecond or off the thread.
 * Nothing has to be waited for, and no disk makes a call throw. What was recorded is on its way to
 * the file half a second later.
 *
 * Hand over snapshots, or give the `schema` of the frames: frames without one are looked at as
 * objects first, and those of the first second are then taken in one go.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mkdtempSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { defineSchema } from "@hindcast/hindcast";
 * import { FileSource, Recorder, RecordingReader } from "@hindcast/hindcast/recording";
 *
 * const truth = defineSchema({ player: { x: "f32" } });
 * const path = join(mkdtempSync(join(tmpdir(), "hindcast-")), "match.mcap");
 * const recorder = await Recorder.open(path, {
 *   schema: truth.schema,
 *   rateHz: 60,
 *   onFailure: (error) => console.error(`No recording from here on: ${error.message}`),
 * });
 * for (let frame = 0; frame < 3; frame++) {
 *   const entities = [{ id: 7, kind: "player" as const, fields: { x: frame / 2 } }];
 *   recorder.writeSnapshot(truth.pack({ frame, timeMs: frame * 16, entities }));
 * }
 * recorder.event({ name: "goal", frame: 2, timeMs: undefined, data: { ev: "goal", by: 7 } });
 * const { frames, events } = await recorder.close();
 * assert.deepEqual([frames, events, recorder.dropped.frames], [3, 1, 0]);
 *
 * const reader = await RecordingReader.open(new FileSource(path));
 * const answer = await reader.at(2);
 * assert.deepEqual(answer.found && answer.state.entity(0).fields, { x: 1 });
 * ```
 */
export class Recorder {
  /** Undefined after a failure, so that what waited takes no memory any more. */
  #streams: RecordingStreams | undefined;
  readonly #order: FrameOrder;
  readonly #timer: FlushTimer;
  readonly #options: RecorderOptions;
  readonly #queueBytes: number;
  readonly #file: AsyncFileSink | undefined;
  readonly #counts = new HandedCounts();
  #failure: Error | undefined;
  #newestFrame: Frame | undefined;
  #summary: Promise<RecordingSummary> | undefined;

  private constructor(
    sink: RecordingSink,
    file: AsyncFileSink | undefined,
    options: RecorderOptions,
  ) {
    const { flushMs = FLUSH_MS, queueBytes = QUEUE_BYTES } = options;
    this.#file = file;
    this.#options = options;
    this.#queueBytes = queueBytes;
    const defaults = { level: LEVEL, onFailure: this.#fail };
    this.#streams = new RecordingStreams(sink, { ...options, offThread: true }, defaults);
    this.#order = this.#streams.order;
    this.#timer = new FlushTimer(flushMs, this.#flushOld);
  }

  /**
   * Starts a recording.
   *
   * @param where path of a file that is made, or a sink, which stays open when the recording ends
   * @throws {RangeError} for an option out of its range, {SchemaError} for such a schema
   * @throws {TypeError} for what is neither a path nor a sink, a key that is no option, a value of
   *   another type
   * @throws {Error} when the file exists, cannot be made, or takes nothing
   */
  static async open(
    where: string | RecordingSink,
    options: RecorderOptions = {},
  ): Promise<Recorder> {
    assertRecorderOptions(where, options);
    const file = typeof where === "string"
      ? new AsyncFileSink(where, options.existing ?? "refuse")
      : undefined;
    try {
      const recorder = new Recorder(file ?? where as RecordingSink, file, options);
      await recorder.#streams!.idle();
      return recorder;
    } catch (error) {
      await file?.close();
      throw error;
    }
  }

  /** Why the recording ended before it was closed; undefined while it goes on. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /**
   * What the sink has taken whole, whether it keeps it or not. Once the recorder has failed or is
   * closed, everything that was handed over and not refused is either here or in `dropped`; until
   * then the rest waits.
   */
  get recorded(): RecordedCounts {
    return this.#counts.taken ?? this.#streams!.taken;
  }

  /**
   * What is in no recording, which says so as of any frame that is not there: what came while the
   * queue was full or after `close` was called, and after a failure, what had waited as well.
   */
  get dropped(): RecordedCounts {
    return this.#counts.dropped;
  }

  /**
   * Memory of what waits for the sink, in bytes, with the block that fills up and the events after
   * it: words count twice, since arrays have room to grow. What was measured is less than that.
   */
  get waitingBytes(): number {
    const streams = this.#streams;
    return streams === undefined ? 0 : streams.waitingBytes + streams.openBytes;
  }

  /**
   * Records a frame of rows, which are copied before the call returns.
   *
   * @throws {RangeError | FieldValueError} as `RecordingWriter.writeSnapshot`; the frame is not
   *   recorded then
   */
  writeSnapshot(snapshot: Snapshot): void {
    const hasRoom = this.#hasRoomFor(snapshot);
    if (hasRoom) this.#streams!.addSnapshot(snapshot);
    this.#advance(snapshot.frame, !hasRoom);
  }

  /**
   * Records a frame of objects, whose values are copied before the call returns.
   *
   * @throws {RangeError | FieldValueError | TypeError} as `RecordingWriter.write`; the frame is not
   *   recorded then
   */
  write(frame: StateFrame): void {
    const hasRoom = this.#hasRoomFor(frame);
    if (hasRoom) this.#streams!.add(frame);
    this.#advance(frame.frame, !hasRoom);
  }

  /**
   * Records an event, whose data is copied before the call returns. One without frame and time
   * stands at the newest frame.
   *
   * @throws {RangeError | TypeError} as `RecordingWriter.writeEvent`; it is not recorded then
   */
  event(event: StateEvent): void {
    assertWholeEvent(event);
    const hasRoom = this.#hasRoom;
    if (hasRoom) {
      const { frame, timeMs } = event;
      const isPlaced = frame !== undefined || timeMs !== undefined;
      this.#streams!.addEvent(event, isPlaced ? undefined : this.#newestFrame);
    }
    this.#goOn("events", !hasRoom);
  }

  /**
   * Settles when the sink has everything so far, but for events before the first frame that name no
   * frame and no time: these wait for it. Nobody has to look at it.
   *
   * @throws {Error} of the sink
   */
  flush(): Promise<void> {
    if (this.#summary !== undefined) return handled(this.#summary.then(() => {}));
    return handled(this.#flush().catch((error) => this.#failWith(error)));
  }

  /**
   * Writes what is left, the indexes and the footer. What a loop that runs on hands over after this
   * call is counted in `dropped`. A second call gives the same answer. Nobody has to look at it.
   *
   * @throws {Error} of the sink, also when it has failed before
   */
  close(): Promise<RecordingSummary> {
    return this.#summary ??= handled(this.#close());
  }

  async #flush(): Promise<void> {
    const streams = this.#streams;
    if (streams === undefined) throw this.#failure;
    this.#timer.stop();
    if (streams.flush() && this.#options.fsync) streams.sync();
    await streams.idle();
    await this.#file?.assertThere();
  }

  async #close(): Promise<RecordingSummary> {
    this.#timer.stop();
    try {
      if (this.#streams === undefined) throw this.#failure;
      const summary = await this.#streams.end();
      await this.#file?.assertKept();
      await this.#file?.close();
      this.#counts.end(summary);
      return summary;
    } catch (error) {
      // The first error is told; a file that failed may well fail to close.
      await this.#file?.close().catch(() => {});
      return this.#failWith(error);
    }
  }

  /** Flushes after what is complete, so that a slow sink gets few blocks and not small ones. */
  readonly #flushOld = async (): Promise<void> => {
    try {
      await this.#streams?.idle();
      if (this.#summary === undefined) await this.#flush();
    } catch (error) {
      this.#fail(error);
    }
  };

  readonly #fail = (error: unknown): void => {
    if (this.#failure !== undefined) return;
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#timer.stop();
    this.#counts.end(this.#streams!.taken);
    this.#streams!.abandon(error);
    this.#streams = undefined;
    const { onFailure } = this.#options;
    // In a turn of its own: what it throws is nobody's but its own.
    if (onFailure !== undefined) queueMicrotask(() => onFailure(this.#failure!));
  };

  /** Throws the first error, whichever this one is. */
  #failWith(error: unknown): never {
    this.#fail(error);
    throw this.#failure;
  }

  get #hasRoom(): boolean {
    const isOpen = this.#failure === undefined && this.#summary === undefined;
    return isOpen && this.waitingBytes < this.#queueBytes;
  }

  /** True when a frame is to be recorded. @throws {RangeError | TypeError} */
  #hasRoomFor(head: FrameHead): boolean {
    this.#order.assertFollows(head);
    return this.#hasRoom;
  }

  #advance(frame: Frame, isDropped: boolean): void {
    this.#newestFrame = frame;
    this.#goOn("frames", isDropped);
  }

  /** Goes on after what was handed over, recorded or not. */
  #goOn(what: keyof RecordedCounts, isDropped: boolean): void {
    this.#counts.add(what, isDropped);
    if (this.#streams === undefined || this.#summary !== undefined) return;
    this.#timer.start();
    // What waits for more must not fill the queue, from which the sink would then get nothing.
    if (this.#streams.openBytes < this.#queueBytes / 2) return;
    try {
      this.#streams.flush();
    } catch (error) {
      this.#fail(error);
    }
  }
}
