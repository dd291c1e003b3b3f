import { McapChunkBuilder } from "@mcap/core";
import { ByteWriter } from "../core/bytes/bytes.ts";
import { assertFrame, isNewer } from "../core/time/frame.ts";
import type { Schema } from "../core/state/schema.ts";
import { type Snapshot, SnapshotLayout } from "../core/state/snapshot.ts";
import type { StateEvent, StateFrame } from "../core/state/state.ts";
import { BlockBuilder } from "./block/block_builder.ts";
import { writeBlock } from "./block/block_codec.ts";
import type { BlockContent } from "./block/block_content.ts";
import { type BlockSpan, writeBlockTable } from "./block/block_table.ts";
import { EventChunk } from "./events/event_chunk.ts";
import { EVENT_SCHEMA } from "./events/event_message.ts";
import {
  BLOCK_ENCODING,
  BLOCK_FRAMES_MAX,
  BLOCK_MS_MAX,
  BLOCK_TABLE_MEDIA_TYPE,
  BLOCK_TABLE_NAME,
  BLOCK_TEXT_COST,
  BLOCK_WORDS,
  EVENT_COUNTS_NAME,
  EVENT_TOPIC,
  FACTS_NAME,
  FORMAT_VERSION,
  PREVIEW_TOPIC,
  SCHEMA_ENCODING,
  STATE_TOPIC,
} from "./container/format.ts";
import { utf8 } from "./container/json_text.ts";
import { McapOutput } from "./container/mcap_output.ts";
import { sealMembers } from "./container/metadata_facts.ts";
import { PREVIEW_SCHEMA, PreviewChunk } from "./events/preview.ts";
import type { RecordingOptions, RecordingSummary } from "./recording_options.ts";
import { RevisionLimits } from "./revision/revision_limits.ts";
import {
  recordHash,
  revisionBytes,
  schemaHash,
  type WrittenSchema,
} from "./revision/schema_record.ts";
import { SchemaWindow } from "./revision/schema_window.ts";
import type { RecordingSink } from "./container/sink.ts";
import { RowSharing } from "./revision/row_sharing.ts";
import { eventPlacer, logTimeNs, RecentBlocks } from "./events/timeline.ts";

const LEVEL = 19;
const EVENT_CHANNEL = 1;
const PREVIEW_CHANNEL = 2;
const STATE_CHANNEL = 3;
/** Text at which events and previews become a chunk. */
const TEXT_BYTES = 1 << 17;
/** Recorded time after which they do, so that a killed recording lacks no more than that. */
const TEXT_MS = 30_000;

/** Frame index and time, which snapshots and frames of objects have alike. */
interface FrameHead {
  readonly frame: number;
  readonly timeMs: number;
}

/**
 * Writes a recording as its frames come; memory holds one block, and some 300 bytes for each block
 * before it. Values are copied: what happens to an object afterwards changes nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource, RecordingReader, RecordingWriter } from "@hindcast/hindcast";
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
  readonly #options: RecordingOptions;
  readonly #output: McapOutput;
  readonly #level: number;
  readonly #window: SchemaWindow | undefined;
  readonly #bytes = new ByteWriter(1 << 16);
  readonly #spans: BlockSpan[] = [];
  readonly #recent = new RecentBlocks();
  readonly #events = new EventChunk(EVENT_CHANNEL);
  readonly #eventCounts = new Map<string, number>();
  readonly #previews = new PreviewChunk(PREVIEW_CHANNEL);
  readonly #limits = new RevisionLimits();
  #builder: BlockBuilder | undefined;
  #sharing: RowSharing | undefined;
  #written: WrittenSchema | undefined;
  #hasStateChannel = false;
  #hasEventChannel = false;
  #hasPreviewChannel = false;
  #isStarted = false;
  #frameCount = 0;
  #span = 0;
  #lastFrame = 0;
  #lastTimeMs = 0;
  #eventsSinceMs = 0;
  #summary: Promise<RecordingSummary> | undefined;

  private constructor(sink: RecordingSink, options: RecordingOptions) {
    this.#options = { ...options, source: { ...options.source } };
    this.#level = options.level ?? LEVEL;
    this.#output = new McapOutput(sink, "hindcast");
    if (options.schema === undefined) {
      this.#window = new SchemaWindow(options.sharesStates === true);
    } else this.#revise(options.schema);
  }

  /**
   * Starts a recording.
   *
   * @param sink where the bytes go; it stays open when the recording is closed
   * @throws {RangeError} for a rate or a level that is none, {SchemaError} for such a schema
   * @throws {Error} of the sink
   */
  static async open(sink: RecordingSink, options: RecordingOptions = {}): Promise<RecordingWriter> {
    const { rateHz, level } = options;
    if (rateHz !== undefined && !(rateHz > 0 && Number.isFinite(rateHz))) {
      throw new RangeError(`Rate is ${rateHz} Hz, expected a number above 0`);
    }
    if (level !== undefined && !(Number.isInteger(level) && level >= 1 && level <= 22)) {
      throw new RangeError(`Compression level is ${level}, expected 1 to 22`);
    }
    const writer = new RecordingWriter(sink, options);
    await writer.#output.drain();
    return writer;
  }

  /** Blocks that the sink has whole, once the last write has settled. */
  get blocks(): number {
    return this.#spans.length;
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
    this.#assertFollows(frame);
    if (this.#window === undefined) this.#appendFrame(frame);
    else this.#addToWindow(this.#window, frame);
    await this.#advance(frame, () => frame);
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
   * import { MemorySink, MemorySource, RecordingReader, RecordingWriter } from "@hindcast/hindcast";
   * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast";
   *
   * const layout = new SnapshotLayout({
   *   kinds: [{ name: "ball", fields: [{ name: "x", type: "i16" }] }],
   * });
   * const ball = layout.kinds[0]!;
   * const sink = new MemorySink();
   * const writer = await RecordingWriter.open(sink);
   * const snapshot = new Snapshot(layout); // one for all frames, filled again and again
   * for (let frame = 0; frame < 3; frame++) {
   *   snapshot.clear(frame, frame * 16);
   *   const row = snapshot.add(7, 0);
   *   ball.set(snapshot.words, row, 0, frame * 10);
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
    this.#assertOpen();
    this.#assertFollows(snapshot);
    if (!this.#takesRows(snapshot.layout)) return await this.write(snapshot.toFrame());
    this.#append(snapshot, (builder) => builder.stageRows(snapshot));
    await this.#advance(snapshot, () => snapshot.toFrame());
  }

  /**
   * Appends an event, which may stand before or after the frame that it belongs to.
   *
   * @throws {RangeError} for a frame or time that is none
   * @throws {TypeError} when its data is no JSON
   * @throws {Error} of the sink
   */
  async writeEvent(event: StateEvent): Promise<void> {
    this.#assertOpen();
    if (this.#events.length === 0) this.#eventsSinceMs = this.#lastTimeMs;
    this.#events.add(event);
    this.#eventCounts.set(event.name, (this.#eventCounts.get(event.name) ?? 0) + 1);
    if (this.#events.length >= TEXT_BYTES) this.#flushEvents();
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
    if (this.#window !== undefined && this.#window.frames.length > 0) this.#flushWindow();
    this.#flushBlock();
    if (!this.#isStarted) this.#start(undefined);
    this.#flushEvents();
    this.#flushPreviews();
    const counts = new Map([...this.#eventCounts].map(([name, count]) => [name, String(count)]));
    this.#output.metadata(EVENT_COUNTS_NAME, sealMembers(counts));
    const table = writeBlockTable(this.#spans);
    this.#output.attachment(BLOCK_TABLE_NAME, BLOCK_TABLE_MEDIA_TYPE, table);
    this.#output.end();
    await this.#output.sync();
    return {
      frames: this.#frameCount,
      events: [...this.#eventCounts.values()].reduce((sum, count) => sum + count, 0),
      blocks: this.#spans.length,
      revisions: this.#limits.revisions,
      bytes: this.#output.length,
    };
  }

  #assertOpen(): void {
    if (this.#summary !== undefined) throw new TypeError("Cannot write: the recording is closed");
  }

  #assertFollows({ frame, timeMs }: FrameHead): void {
    assertFrame(frame);
    if (!Number.isFinite(timeMs)) {
      throw new RangeError(`Cannot record frame ${frame}: its time is ${timeMs}, expected ms`);
    }
    if (this.#frameCount === 0) return;
    if (!isNewer(frame, this.#lastFrame)) {
      throw new RangeError(
        `Cannot record frame ${frame} after ${this.#lastFrame}: frames must go forward, by less than 2^31 at once`,
      );
    }
    if (this.#span + ((frame - this.#lastFrame) >>> 0) > 0xffffffff) {
      throw new RangeError(`Cannot record frame ${frame}: frames went around 2^32 once already`);
    }
  }

  /** Counts a frame that was taken; nothing of it is read after the first wait. */
  async #advance({ frame, timeMs }: FrameHead, objects: () => StateFrame): Promise<void> {
    if (this.#frameCount > 0) this.#span += (frame - this.#lastFrame) >>> 0;
    this.#frameCount++;
    this.#lastFrame = frame;
    this.#lastTimeMs = timeMs;
    const isFirst = !this.#isStarted;
    if (isFirst) this.#start(frame);
    if (this.#options.preview && this.#previews.isDue(timeMs)) this.#preview(objects());
    if (isFirst) await this.#output.sync();
    await this.#output.drain();
  }

  /** True when rows of a layout are rows of the block; takes its schema where there is none. */
  #takesRows(layout: SnapshotLayout): boolean {
    const isWaiting = this.#window !== undefined && this.#window.frames.length > 0;
    if (this.#builder === undefined && !isWaiting) this.#revise(layout.schema);
    if (this.#sharing?.includes(layout) !== true) return false;
    if (!isWaiting) return true;
    this.#flushWindow();
    return this.#sharing.includes(layout);
  }

  /** Facts that are known when the first frame is: what a cut file is recovered with. */
  #start(firstFrame: number | undefined): void {
    this.#isStarted = true;
    const { rateHz, source } = this.#options;
    const schema = this.#builder?.layout.schema;
    const facts = new Map([["format", String(FORMAT_VERSION)]]);
    if (rateHz !== undefined) facts.set("rateHz", String(rateHz));
    if (firstFrame !== undefined) facts.set("firstFrame", String(firstFrame));
    if (schema !== undefined) facts.set("schemaHash", schemaHash(schema));
    for (const [name, fact] of Object.entries(source ?? {})) facts.set(`source.${name}`, fact);
    this.#output.metadata(FACTS_NAME, sealMembers(facts));
    if (schema !== undefined) this.#writeStateChannel();
  }

  #addToWindow(window: SchemaWindow, frame: StateFrame): void {
    if (window.isFull(frame)) this.#flushWindow();
    window.add(frame);
    const [copy] = window.frames;
    if (this.#builder === undefined || window.frames.length > 1) return;
    try {
      this.#appendFrame(copy!);
    } catch (error) {
      // It takes a wider schema, which the frames after it may have a say in.
      if (error instanceof RangeError) return;
      throw error;
    }
    window.clear();
  }

  #flushWindow(): void {
    const before = this.#builder?.layout.schema;
    const { frames, schema } = this.#window!.take(before);
    if (schema !== before) this.#revise(schema);
    for (const frame of frames) this.#appendFrame(frame);
  }

  #revise(schema: Schema): void {
    this.#flushBlock();
    this.#limits.add(schema);
    const layout = new SnapshotLayout(schema);
    // A block has to have all texts of its rows.
    layout.texts.keepsAll = true;
    const sharesStates = this.#window !== undefined || this.#options.sharesStates === true;
    this.#builder = new BlockBuilder(layout, sharesStates);
    this.#sharing = new RowSharing(layout);
    this.#hasStateChannel = false;
  }

  #appendFrame(frame: StateFrame): void {
    this.#append(frame, (builder) => builder.stage(frame));
  }

  /** @param stage stages the frame and returns the words that it adds */
  #append(head: FrameHead, stage: (builder: BlockBuilder) => number): void {
    const builder = this.#builder!;
    const isOver = this.#isBlockOver(builder, head) || builder.layout.texts.cost > BLOCK_TEXT_COST;
    if (builder.frames.length > 0 && isOver) this.#flushBlock();
    const words = stage(builder);
    if (builder.frames.length > 0 && builder.wordCount + words > BLOCK_WORDS) {
      this.#flushBlock();
      stage(builder);
    }
    builder.commit(head);
  }

  #isBlockOver(builder: BlockBuilder, next: FrameHead): boolean {
    const spanMs = next.timeMs - builder.timesMs[0]!;
    return !(spanMs < BLOCK_MS_MAX && spanMs > -BLOCK_MS_MAX) ||
      builder.frames.length === BLOCK_FRAMES_MAX;
  }

  #flushBlock(): void {
    const builder = this.#builder;
    if (builder === undefined || builder.frames.length === 0) return;
    const content = builder.take();
    if (!this.#hasStateChannel) this.#writeStateChannel();
    writeBlock(this.#bytes.clear(), content, builder.layout);
    // No row is left that holds one of them, so that ever new texts do not add up.
    builder.layout.texts.clear();
    const logTime = logTimeNs(content.timesMs[0]!);
    const chunk = new McapChunkBuilder({});
    chunk.addMessage({
      channelId: STATE_CHANNEL + this.#limits.revisions - 1,
      sequence: content.frames[0]!,
      logTime,
      publishTime: logTime,
      data: this.#bytes.bytes(),
    });
    this.#output.chunk(chunk, this.#level);
    this.#spans.push(spanOf(content));
    this.#recent.add(content);
    const nowMs = content.timesMs[content.timesMs.length - 1]!;
    if (nowMs - this.#eventsSinceMs >= TEXT_MS) this.#flushEvents();
    if (nowMs - this.#previews.sinceMs >= TEXT_MS) this.#flushPreviews();
  }

  #writeStateChannel(): void {
    this.#hasStateChannel = true;
    const { schema } = this.#builder!.layout;
    const id = STATE_CHANNEL + this.#limits.revisions - 1;
    const data = revisionBytes(schema, this.#written);
    this.#written = { schema, hash: recordHash(data) };
    this.#output.channel(
      { id, name: "hindcast.State", encoding: SCHEMA_ENCODING, data },
      {
        id,
        schemaId: id,
        topic: STATE_TOPIC,
        messageEncoding: BLOCK_ENCODING,
        metadata: new Map([["schemaHash", this.#written.hash]]),
      },
    );
  }

  #flushEvents(): void {
    if (this.#events.length === 0) return;
    if (!this.#isStarted) this.#start(undefined);
    if (!this.#hasEventChannel) {
      this.#hasEventChannel = true;
      this.#writeJsonChannel(EVENT_CHANNEL, EVENT_TOPIC, "hindcast.Events", EVENT_SCHEMA);
    }
    const { frames, timesMs } = this.#builder ?? { frames: [], timesMs: [] };
    const waiting = this.#window?.frames ?? [];
    const timeline = {
      spans: this.#spans.slice(0, this.#spans.length - this.#recent.count),
      frames: [...this.#recent.frames, ...frames, ...waiting.map((frame) => frame.frame)],
      timesMs: [...this.#recent.timesMs, ...timesMs, ...waiting.map((frame) => frame.timeMs)],
      rateHz: this.#options.rateHz,
    };
    const chunk = this.#events.take(eventPlacer(timeline));
    this.#output.chunk(chunk, this.#level);
  }

  #preview(frame: StateFrame): void {
    this.#previews.add(frame);
    if (this.#previews.length >= TEXT_BYTES) this.#flushPreviews();
  }

  #flushPreviews(): void {
    if (this.#previews.length === 0) return;
    if (!this.#hasPreviewChannel) {
      this.#hasPreviewChannel = true;
      this.#writeJsonChannel(PREVIEW_CHANNEL, PREVIEW_TOPIC, "hindcast.Preview", PREVIEW_SCHEMA);
    }
    this.#output.chunk(this.#previews.take(), this.#level);
  }

  #writeJsonChannel(id: number, topic: string, name: string, schema: string): void {
    this.#output.channel(
      { id, name, encoding: "jsonschema", data: utf8(schema) },
      { id, schemaId: id, topic, messageEncoding: "json", metadata: new Map() },
    );
  }
}

function spanOf(content: BlockContent): BlockSpan {
  const { frames, timesMs } = content;
  return {
    firstFrame: frames[0]!,
    lastFrame: frames[frames.length - 1]!,
    frameCount: frames.length,
    firstTimeMs: timesMs[0]!,
    lastTimeMs: timesMs[timesMs.length - 1]!,
    minTimeMs: timesMs.reduce((min, timeMs) => Math.min(min, timeMs), Infinity),
  };
}
