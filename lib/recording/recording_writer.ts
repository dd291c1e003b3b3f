import type { Snapshot } from "../core/state/snapshot.ts";
import { assertSchema } from "../core/state/schema.ts";
import type { FrameHead, StateEvent, StateFrame } from "../core/state/state.ts";
import { assertFrame, type Frame } from "../core/time/frame.ts";
import { writeBlockTable } from "./block/block_table.ts";
import {
  BLOCK_TABLE_MEDIA_TYPE,
  BLOCK_TABLE_NAME,
  EVENT_COUNTS_NAME,
  FACTS_NAME,
  STATE_FACTS_MEDIA_TYPE,
  STATE_FACTS_NAME,
} from "./container/format.ts";
import { McapOutput } from "./container/mcap_output.ts";
import { sealMembers } from "./container/metadata_facts.ts";
import type { RecordingSink } from "./container/sink.ts";
import { EventStream } from "./events/event_stream.ts";
import { PreviewStream } from "./events/preview_stream.ts";
import { blockSeal } from "./facts/block_seal.ts";
import { storedFactsBytes } from "./facts/stored_facts.ts";
import { FrameIntake } from "./frame_intake.ts";
import { FrameOrder } from "./frame_order.ts";
import { NameStream } from "./names/name_stream.ts";
import { countMembers, factMembers, type RecordingFacts } from "./recording_facts.ts";
import type { RecordingOptions, RecordingSummary } from "./recording_options.ts";
import { SchemaWindow } from "./revision/schema_window.ts";
import { schemaHash } from "./revision/schema_record.ts";
import { StateStream } from "./state_stream.ts";

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
  readonly #facts: RecordingFacts;
  readonly #output: McapOutput;
  readonly #order = new FrameOrder();
  readonly #states: StateStream;
  readonly #intake: FrameIntake;
  readonly #events: EventStream;
  readonly #previews: PreviewStream | undefined;
  #isStarted = false;
  #summary: Promise<RecordingSummary> | undefined;

  private constructor(sink: RecordingSink, options: RecordingOptions) {
    const { schema, rateHz, level = LEVEL, preview, sharesStates = false } = options;
    const { names, replication = {}, rewind = {}, source = {} } = options;
    this.#facts = {
      rateHz,
      source: new Map(Object.entries(source)),
      replication: new Map(Object.entries(replication)),
      rewind: new Map(Object.entries(rewind)),
    };
    this.#output = new McapOutput(sink, "hindcast");
    const named = names && new NameStream(this.#output, level, names);
    this.#states = new StateStream(this.#output, {
      level,
      // A window hands on copies, which nothing changes.
      sharesStates: schema === undefined || sharesStates,
      beforeBlock: (content) => named?.writeBefore(content),
      onBlock: (nowMs) => {
        this.#events.flushOld(nowMs);
        this.#previews?.flushOld(nowMs);
      },
    });
    const window = schema === undefined ? new SchemaWindow({ sharesStates }) : undefined;
    this.#intake = new FrameIntake(this.#states, window);
    const timeline = () => this.#states.timeline(this.#intake.waiting, rateHz);
    this.#events = new EventStream(this.#output, level, timeline);
    this.#previews = preview ? new PreviewStream(this.#output, level, names) : undefined;
    if (schema !== undefined) this.#states.revise(schema);
  }

  /**
   * Starts a recording.
   *
   * @param sink where the bytes go; it stays open when the recording is closed
   * @throws {RangeError} for a rate or a level that is none, {SchemaError} for such a schema
   * @throws {TypeError} for what is no sink
   * @throws {Error} of the sink
   */
  static async open(sink: RecordingSink, options: RecordingOptions = {}): Promise<RecordingWriter> {
    const { rateHz, level } = options;
    if (typeof sink?.write !== "function") {
      throw new TypeError("The sink has no write: give a FileSink of a path, or a MemorySink");
    }
    if (rateHz !== undefined && !(rateHz > 0 && Number.isFinite(rateHz))) {
      throw new RangeError(`Rate is ${rateHz} Hz, expected a number above 0`);
    }
    if (level !== undefined && !(Number.isInteger(level) && level >= 1 && level <= 22)) {
      throw new RangeError(`Compression level is ${level}, expected 1 to 22`);
    }
    if (options.schema !== undefined) assertSchema(options.schema);
    const writer = new RecordingWriter(sink, options);
    await writer.#output.drain();
    return writer;
  }

  /** Blocks that the sink has whole, once the last write has settled. */
  get blocks(): number {
    return this.#states.spans.length;
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
    this.#order.assertFollows(frame);
    this.#intake.add(frame);
    const written = this.#advance(frame, () => frame);
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
    this.#order.assertFollows(snapshot);
    this.#intake.addSnapshot(snapshot);
    return this.#advance(snapshot, () => snapshot.toFrame());
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
    this.#events.add(event, this.#order.lastTimeMs, standsAt);
    if (this.#events.isFull) {
      this.#start(undefined);
      this.#events.flush();
    }
    await this.#output.drain();
  }

  /**
   * Writes what waits for more: frames as a block, events, previews. Frames whose schema is still
   * looked for get the one that holds what came so far. What it wrote is readable from then on,
   * however the writer ends.
   *
   * @throws {Error} of the sink
   */
  async flush(): Promise<void> {
    this.#assertOpen();
    // Before the first frame nobody knows where events without one stand.
    if (this.#order.count > 0) this.#flush();
    await this.#output.drain();
  }

  /**
   * Writes what is left, the indexes and the footer. A second call gives the same answer.
   *
   * @throws {Error} of the sink
   */
  close(): Promise<RecordingSummary> {
    return this.#summary ??= this.#close();
  }

  async #close(): Promise<RecordingSummary> {
    this.#flush();
    const { counts } = this.#events;
    this.#output.metadata(EVENT_COUNTS_NAME, sealMembers(countMembers(counts)));
    const table = writeBlockTable(this.#states.spans);
    this.#output.attachment(BLOCK_TABLE_NAME, BLOCK_TABLE_MEDIA_TYPE, table);
    this.#writeStateFacts(table);
    this.#output.end();
    await this.#output.sync();
    return {
      frames: this.#order.count,
      events: [...counts.values()].reduce((sum, count) => sum + count, 0),
      blocks: this.blocks,
      revisions: this.#states.revisions,
      bytes: this.#output.length,
    };
  }

  #flush(): void {
    this.#intake.flush();
    this.#states.flush();
    this.#start(undefined);
    this.#events.flush();
    this.#previews?.flush();
  }

  #assertOpen(): void {
    if (this.#summary !== undefined) throw new TypeError("Cannot write: the recording is closed");
  }

  #writeStateFacts(table: Uint8Array): void {
    const { facts } = this.#states;
    const bytes = facts && storedFactsBytes(facts, blockSeal(this.#output.contentCrc, table));
    if (bytes === undefined) return;
    this.#output.attachment(STATE_FACTS_NAME, STATE_FACTS_MEDIA_TYPE, bytes);
  }

  /** Counts a frame that was taken. @returns what to wait for, after which nothing of it is read */
  #advance(head: FrameHead, objects: () => StateFrame): Promise<void> | undefined {
    this.#order.add(head);
    const isFirst = this.#start(head.frame);
    if (this.#previews?.isDue(head.timeMs)) this.#previews.add(objects());
    return isFirst ? this.#output.sync() : this.#output.drain();
  }

  /** Writes what is known when the first frame is. @returns false when it stands there already */
  #start(frame: number | undefined): boolean {
    if (this.#isStarted) return false;
    this.#isStarted = true;
    const { schema } = this.#states;
    const hash = schema === undefined ? undefined : schemaHash(schema);
    const members = factMembers(this.#facts, { frame, schemaHash: hash });
    this.#output.metadata(FACTS_NAME, sealMembers(members));
    this.#states.announce();
    return true;
  }
}
