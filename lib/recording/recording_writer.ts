import type { Snapshot } from "../core/state/snapshot.ts";
import type { StateEvent, StateFrame } from "../core/state/state.ts";
import { assertFrame, type Frame } from "../core/time/frame.ts";
import type { RecordingSink } from "./container/sink.ts";
import {
  assertOptions,
  RECORDING_RULES,
  type RecordingOptions,
  type RecordingSummary,
} from "./recording_options.ts";
import { RecordingStreams } from "./recording_streams.ts";

/** Level of zstd: FORMAT.md, "What was measured and left out". */
const LEVEL = 15;

/**
 * Writes a recording as its frames come; memory holds one block, and some 300 bytes for each block
 * before it. Values are copied: what happens to an object afterwards changes nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink, {
 *   schema: { kinds: [{ name: "player", fields: [{ name: "x", type: "f32" }] }] },
 * });
 * await writer.write({
 *   frame: 12,
 *   timeMs: 200,
 *   entities: [{ id: 3, kind: "player", fields: { x: 1.5 } }],
 * });
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const answer = await reader.at(12);
 * assert.deepEqual(answer.found && answer.state.entity(0).fields, { x: 1.5 });
 * ```
 */
export class RecordingWriter {
  readonly #streams: RecordingStreams;
  #summary: Promise<RecordingSummary> | undefined;

  private constructor(streams: RecordingStreams) {
    this.#streams = streams;
  }

  /**
   * Starts a recording.
   *
   * @param sink where the bytes go; it stays open when the recording is closed
   * @throws {RangeError} for a rate or a level that is none, {SchemaError} for such a schema
   * @throws {TypeError} for what is no sink, an option that is none, a value of another type
   * @throws {Error} of the sink
   */
  static async open(sink: RecordingSink, options: RecordingOptions = {}): Promise<RecordingWriter> {
    if (typeof sink?.write !== "function") {
      throw new TypeError("The sink has no write: give a FileSink of a path, or a MemorySink");
    }
    assertOptions(options, RECORDING_RULES);
    const streams = new RecordingStreams(sink, options, { level: LEVEL });
    await streams.idle();
    return new RecordingWriter(streams);
  }

  /** Blocks that the sink has whole, once the last write has settled. */
  get blocks(): number {
    return this.#streams.blocks;
  }

  /** Memory of what waits to be compressed and taken by the sink, in bytes; 0 unless `offThread`. */
  get waitingBytes(): number {
    return this.#streams.waitingBytes;
  }

  /**
   * Appends a frame. Its values are copied before the call returns, awaited or not.
   *
   * @throws {RangeError} when the frame does not follow the last one, its time is not finite, an
   *   entity occurs twice, or its kind is unknown; the frame is not recorded then
   * @throws {FieldValueError} when a value does not fit the schema; likewise
   * @throws {Error} of the sink
   */
  async write(frame: StateFrame): Promise<void> {
    this.#assertOpen();
    this.#streams.add(frame);
    const written = this.#streams.room();
    if (written !== undefined) await written;
  }

  /**
   * Appends a frame from its rows, which are copied before the call returns: the same bytes as
   * {@linkcode RecordingWriter.write} of its objects, without them. Without a declared schema the
   * first snapshot's is taken. A snapshot of another schema than the writer's is converted, value
   * by value.
   *
   * @throws {RangeError} as `write` does, and for a row that its field types do not allow
   * @throws {FieldValueError} when a value of another schema does not fit the writer's
   * @throws {Error} of the sink
   *
   * @example
   * ```ts
   * import assert from "node:assert/strict";
   * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
   * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
   * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
   *
   * const layout = new SnapshotLayout({
   *   kinds: [{ name: "ball", fields: [{ name: "x", type: "i16" }] }],
   * });
   * const sink = new MemorySink();
   * const writer = await RecordingWriter.open(sink);
   * const snapshot = new Snapshot(layout); // one for all frames, filled again and again
   * for (let frame = 0; frame < 3; frame++) {
   *   snapshot.clear(frame, frame * 16);
   *   snapshot.add(7, 0); // entity 7, of kind 0
   *   Snapshot.setField(snapshot, 0, 0, frame * 10); // its field 0
   *   await writer.writeSnapshot(snapshot);
   * }
   * await writer.close();
   *
   * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
   * const answer = await reader.at(2);
   * assert.deepEqual(answer.found && answer.state.entity(0).fields, { x: 20 });
   * ```
   */
  async writeSnapshot(snapshot: Snapshot): Promise<void> {
    const written = this.addSnapshot(snapshot);
    if (written !== undefined) await written;
  }

  /**
   * As {@linkcode RecordingWriter.writeSnapshot}, where mostly there is nothing to wait for.
   *
   * @returns what to wait for before the next call; undefined when there is nothing
   * @throws {RangeError} likewise
   * @throws {FieldValueError} likewise
   */
  addSnapshot(snapshot: Snapshot): Promise<void> | undefined {
    this.#assertOpen();
    this.#streams.addSnapshot(snapshot);
    return this.#streams.room();
  }

  /**
   * Appends an event, which may stand before or after the frame that it belongs to.
   *
   * @param standsAt frame at which it stands if it names none; when left out, the frame of its time,
   *   or the newest
   * @throws {RangeError} for a frame or time that is none
   * @throws {TypeError} when its data is no JSON
   * @throws {Error} of the sink
   */
  async writeEvent(event: StateEvent, standsAt?: Frame): Promise<void> {
    this.#assertOpen();
    if (standsAt !== undefined) assertFrame(standsAt);
    this.#streams.addEvent(event, standsAt);
    const written = this.#streams.room();
    if (written !== undefined) await written;
  }

  /**
   * Writes what waits for more: frames as a block, events, previews. Frames whose schema is still
   * looked for get the one that holds what came so far. What it wrote is readable from then on,
   * however the writer ends. Events that name no frame and no time wait for the first frame.
   *
   * @throws {Error} of the sink
   */
  async flush(): Promise<void> {
    this.#assertOpen();
    this.#streams.flush();
    await this.#streams.idle();
  }

  /**
   * Writes what is left, the indexes and the footer. A second call gives the same answer.
   *
   * @throws {Error} of the sink
   */
  close(): Promise<RecordingSummary> {
    return this.#summary ??= this.#streams.end();
  }

  #assertOpen(): void {
    if (this.#summary !== undefined) throw new TypeError("Cannot write: the recording is closed");
  }
}
