import type { Snapshot } from "../../core/state/snapshot.ts";
import type { FrameHead, StateEvent, StateFrame } from "../../core/state/state.ts";
import type { Frame } from "../../core/time/frame.ts";
import type { RecordingSink } from "../container/sink.ts";
import { assertOptions, type RecordingSummary } from "../recording_options.ts";
import { RecordingStreams } from "../recording_streams.ts";
import { handled } from "../queue/handled.ts";
import { AsyncFileSink } from "./async_file_sink.ts";
import { FlushTimer } from "./flush_timer.ts";
import type { DroppedCounts, RecorderOptions } from "./recorder_options.ts";

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
  readonly #streams: RecordingStreams;
  readonly #timer: FlushTimer;
  readonly #options: RecorderOptions;
  readonly #queueBytes: number;
  readonly #file: AsyncFileSink | undefined;
  readonly #dropped = { frames: 0, events: 0 };
  #failure: Error | undefined;
  #newestFrame: Frame | undefined;
  #isFlushing = false;
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
    this.#timer = new FlushTimer(flushMs, this.#flushOld);
  }

  /**
   * Starts a recording.
   *
   * @param where path of a file that is made, or a sink, which stays open when the recording ends
   * @throws {RangeError} for an option out of its range, {SchemaError} for such a schema
   * @throws {TypeError} for what is neither a path nor a sink
   * @throws {Error} when the file exists, cannot be made, or takes nothing
   */
  static async open(
    where: string | RecordingSink,
    options: RecorderOptions = {},
  ): Promise<Recorder> {
    assertRecorderOptions(where, options);
    if (typeof where !== "string") return Recorder.#begin(where, undefined, options);
    const file = new AsyncFileSink(where, options.existing ?? "refuse");
    try {
      return await Recorder.#begin(file, file, options);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  static async #begin(
    sink: RecordingSink,
    file: AsyncFileSink | undefined,
    options: RecorderOptions,
  ): Promise<Recorder> {
    const recorder = new Recorder(sink, file, options);
    await recorder.#streams.idle();
    return recorder;
  }

  /** Why the recording ended before it was closed; undefined while it goes on. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** What came while the queue was full, or after a failure. */
  get dropped(): DroppedCounts {
    return { ...this.#dropped };
  }

  /** Memory of what waits for the sink, in bytes. */
  get waitingBytes(): number {
    return this.#streams.waitingBytes;
  }

  /**
   * Records a frame of rows, which are copied before the call returns.
   *
   * @throws {RangeError | FieldValueError} as `RecordingWriter.writeSnapshot`; the frame is not
   *   recorded then
   * @throws {TypeError} when the recorder is closed
   */
  writeSnapshot(snapshot: Snapshot): void {
    if (this.#hasRoomFor(snapshot)) this.#streams.addSnapshot(snapshot);
    this.#advance(snapshot.frame);
  }

  /**
   * Records a frame of objects, whose values are copied before the call returns.
   *
   * @throws {RangeError | FieldValueError | TypeError} as `RecordingWriter.write`; the frame is not
   *   recorded then
   * @throws {TypeError} when the recorder is closed
   */
  write(frame: StateFrame): void {
    if (this.#hasRoomFor(frame)) this.#streams.add(frame);
    this.#advance(frame.frame);
  }

  /**
   * Records an event, whose data is copied before the call returns. One without frame and time
   * stands at the newest frame.
   *
   * @throws {RangeError | TypeError} as `RecordingWriter.writeEvent`; it is not recorded then
   * @throws {TypeError} when the recorder is closed
   */
  event(event: StateEvent): void {
    this.#assertOpen();
    if (!this.#hasRoom) {
      this.#dropped.events++;
      return;
    }
    const { frame, timeMs } = event;
    const isPlaced = frame !== undefined || timeMs !== undefined;
    this.#streams.addEvent(event, isPlaced ? undefined : this.#newestFrame);
    this.#timer.start();
  }

  /**
   * Settles when the sink has everything so far; before the first frame events wait for one. Nobody
   * has to look at it.
   *
   * @throws {Error} of the sink
   * @throws {TypeError} when the recorder is closed
   */
  flush(): Promise<void> {
    this.#assertOpen();
    return handled(this.#flush());
  }

  /**
   * Writes what is left, the indexes and the footer. A second call gives the same answer. Nobody has
   * to look at it.
   *
   * @throws {Error} of the sink, also when it has failed before
   */
  close(): Promise<RecordingSummary> {
    return this.#summary ??= handled(this.#close());
  }

  async #flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#streams.frameCount > 0) {
      this.#timer.stop();
      this.#streams.flush();
      if (this.#options.fsync) this.#streams.sync();
    }
    await this.#streams.idle();
  }

  async #close(): Promise<RecordingSummary> {
    this.#timer.stop();
    try {
      if (this.#failure !== undefined) throw this.#failure;
      return await this.#streams.end();
    } catch (error) {
      this.#fail(error);
      throw this.#failure;
    } finally {
      await this.#file?.close();
    }
  }

  /** Flushes after what is complete, so that a slow sink gets few blocks and not small ones. */
  readonly #flushOld = async (): Promise<void> => {
    if (this.#isFlushing) {
      this.#timer.start();
      return;
    }
    this.#isFlushing = true;
    try {
      await this.#streams.idle();
      if (this.#summary === undefined) await this.#flush();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isFlushing = false;
    }
  };

  readonly #fail = (error: unknown): void => {
    if (this.#failure !== undefined) return;
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#timer.stop();
    const { onFailure } = this.#options;
    // In a turn of its own: what it throws is nobody's but its own.
    if (onFailure !== undefined) queueMicrotask(() => onFailure(this.#failure!));
  };

  get #hasRoom(): boolean {
    return this.#failure === undefined && this.#streams.waitingBytes < this.#queueBytes;
  }

  /** True when a frame is to be recorded; counts it when not. @throws {RangeError | TypeError} */
  #hasRoomFor(head: FrameHead): boolean {
    this.#assertOpen();
    this.#streams.assertFollows(head);
    if (this.#hasRoom) return true;
    this.#dropped.frames++;
    return false;
  }

  /** Goes on after a frame, recorded or not. */
  #advance(frame: Frame): void {
    this.#newestFrame = frame;
    if (this.#failure === undefined) this.#timer.start();
  }

  #assertOpen(): void {
    if (this.#summary !== undefined) throw new TypeError("Cannot record: the recorder is closed");
  }
}

function assertRecorderOptions(where: unknown, options: RecorderOptions): void {
  const { flushMs = FLUSH_MS, queueBytes = QUEUE_BYTES } = options;
  const isSink = typeof (where as RecordingSink | undefined)?.write === "function";
  if (typeof where !== "string" && !isSink) {
    throw new TypeError("Cannot record: give the path of a file, or a sink");
  }
  if (!(flushMs >= 0 && flushMs <= 0x7fffffff)) {
    throw new RangeError(`flushMs is ${flushMs}, expected milliseconds from 0 to 2147483647`);
  }
  if (!(queueBytes > 0)) throw new RangeError(`queueBytes is ${queueBytes}, expected more than 0`);
  assertOptions(options);
}
