import { ByteReader } from "../core/bytes/bytes.ts";
import { assertFrame, type Frame } from "../core/time/frame.ts";
import type { RingAnswer } from "../core/time/ring.ts";
import type { Schema } from "../core/state/schema.ts";
import { Snapshot, SnapshotLayout } from "../core/state/snapshot.ts";
import type { StateEvent } from "../core/state/state.ts";
import { Block } from "./block/block.ts";
import { readBlock } from "./block/block_codec.ts";
import type { BlockContent } from "./block/block_content.ts";
import { readEventMessage } from "./events/event_message.ts";
import { inFileOrder, inFrameOrder } from "./events/event_order.ts";
import { type ChunkIndex, readMessage } from "./container/mcap_records.ts";
import { Section } from "./container/recording_error.ts";
import { type BlockEntry, readContents, type RecordingContents } from "./recording_contents.ts";
import { readChunk } from "./container/recording_parts.ts";
import { convertContent } from "./revision/revision.ts";
import type { RevisionChain } from "./revision/revision_chain.ts";
import type { RecordingSource } from "./container/sink.ts";

/** Frames that a recording leaves out, both ends included. */
export interface FrameGap {
  /** First frame that is missing. */
  readonly from: Frame;
  /** Last frame that is missing. */
  readonly to: Frame;
}

/** Frames to read, both ends included; all when left out. */
export interface FrameRange {
  /** First frame. */
  readonly from?: Frame;
  /** Last frame. */
  readonly to?: Frame;
}

/**
 * Reads a recording by its index: opening it reads the two ends of the file, a look-up one block.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource, RecordingReader, RecordingWriter } from "@hindcast/hindcast";
 *
 * const sink = new MemorySink();
 * const schema = { kinds: [{ name: "ball", fields: [{ name: "x", type: "i16" as const }] }] };
 * const writer = await RecordingWriter.open(sink, { schema, rateHz: 60 });
 * for (const frame of [0, 1, 3]) {
 *   const fields = { x: frame * 10 };
 *   await writer.write({ frame, timeMs: frame * 16, entities: [{ id: 7, kind: "ball", fields }] });
 * }
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * assert.equal(reader.frameCount, 3);
 * assert.deepEqual(await reader.at(2), { found: false, frame: 2, reason: "never" });
 * const xs = [];
 * for await (const snapshot of reader.snapshots()) xs.push(snapshot.entity(0).fields.x);
 * assert.deepEqual(xs, [0, 10, 30]);
 * ```
 */
export class RecordingReader {
  /** Version of the file format that the file was written in. */
  readonly format: number;
  /** Last revision of the schema, which holds the values of all earlier ones. */
  readonly schema: Schema;
  /** Layout of every snapshot that is read. */
  readonly layout: SnapshotLayout;
  /** Number of schema revisions. */
  readonly revisions: number;
  /** Frames per second that the source declared. */
  readonly declaredRateHz: number | undefined;
  /** Facts about the source that the writer was given. */
  readonly source: ReadonlyMap<string, string>;
  /** Blocks in the order of their frames. */
  readonly blocks: readonly BlockEntry[];
  /** Number of frames. */
  readonly frameCount: number;
  /** Number of events by name. */
  readonly eventCounts: ReadonlyMap<string, number>;
  /** Length of the file in bytes. */
  readonly bytes: number;
  readonly #source: RecordingSource;
  readonly #chunks: readonly ChunkIndex[];
  readonly #eventChunks: readonly ChunkIndex[];
  readonly #eventChannels: ReadonlySet<number>;
  readonly #revisions: RevisionChain;
  readonly #stateChannels: readonly number[];
  /** Smallest time of each block and all after it: ascending, whatever the times do. */
  readonly #laterMinMs: Float64Array;
  #cached: { index: number; block: Promise<Block> } | undefined;

  private constructor(
    source: RecordingSource,
    contents: RecordingContents,
    layout: SnapshotLayout,
  ) {
    this.format = contents.format;
    this.#source = source;
    this.#chunks = contents.stateChunks;
    this.#eventChunks = contents.eventChunks;
    this.#eventChannels = contents.eventChannels;
    this.#revisions = contents.revisions;
    this.#stateChannels = contents.stateChannels;
    this.layout = layout;
    this.schema = layout.schema;
    this.revisions = contents.revisions.count;
    this.declaredRateHz = contents.rateHz;
    this.source = contents.source;
    this.blocks = contents.blocks;
    this.frameCount = contents.blocks.reduce((sum, block) => sum + block.frameCount, 0);
    this.eventCounts = contents.eventCounts;
    this.bytes = source.size;
    this.#laterMinMs = new Float64Array(contents.blocks.length);
    let min = Infinity;
    for (let i = contents.blocks.length - 1; i >= 0; i--) {
      min = Math.min(min, contents.blocks[i]!.minTimeMs);
      this.#laterMinMs[i] = min;
    }
  }

  /**
   * Opens a recording.
   *
   * @param source bytes of the recording; it stays open
   * @throws {RecordingSyntaxError} when they are no whole recording
   */
  static async open(source: RecordingSource): Promise<RecordingReader> {
    const contents = await readContents(source);
    const section = new Section("schema", 0, source.name);
    const layout = section.parse(() => new SnapshotLayout(contents.revisions.schema));
    return new RecordingReader(source, contents, layout);
  }

  /** First frame; undefined in a recording without frames. */
  get firstFrame(): Frame | undefined {
    return this.blocks[0]?.firstFrame;
  }

  /** Last frame; undefined in a recording without frames. */
  get lastFrame(): Frame | undefined {
    return this.blocks.at(-1)?.lastFrame;
  }

  /** Time from the first to the last frame in milliseconds. */
  get durationMs(): number {
    return (this.blocks.at(-1)?.lastTimeMs ?? 0) - (this.blocks[0]?.firstTimeMs ?? 0);
  }

  /** Number of frames between the first and the last that the recording lacks. */
  get missingFrames(): number {
    return this.blocks.length === 0 ? 0 : this.#span() + 1 - this.frameCount;
  }

  /** Frames per second: declared, else their mean; undefined when no time passes. */
  get rateHz(): number | undefined {
    if (this.declaredRateHz !== undefined) return this.declaredRateHz;
    return this.durationMs > 0 ? (this.#span() * 1000) / this.durationMs : undefined;
  }

  /**
   * States at exactly that frame, or why there are none: `future` after the last frame, else
   * `never`. Decodes one block, which is kept for the next call.
   *
   * @throws {RangeError} when `frame` is no frame
   * @throws {RecordingSyntaxError} when the block is damaged
   */
  async at(frame: Frame): Promise<RingAnswer<Snapshot>> {
    assertFrame(frame);
    const block = await this.#blockWith(frame);
    const position = block?.find(frame) ?? -1;
    if (block !== undefined && position >= 0) {
      return { found: true, frame, state: block.read(position, new Snapshot(this.layout)) };
    }
    return { found: false, frame, reason: this.#isFuture(frame) ? "future" : "never" };
  }

  /**
   * Newest frame whose time is not after `timeMs`; undefined before the first.
   *
   * @throws {RangeError} when `timeMs` is not a number
   * @throws {RecordingSyntaxError} when the block is damaged
   */
  async frameAt(timeMs: number): Promise<Frame | undefined> {
    if (Number.isNaN(timeMs)) throw new RangeError("Time is NaN, expected milliseconds");
    const index = lastAtMost(this.#laterMinMs, timeMs);
    if (index < 0) return undefined;
    const block = await this.readBlock(index);
    for (let i = block.frameCount - 1; i >= 0; i--) {
      if (block.timesMs[i]! <= timeMs) return block.frames[i]!;
    }
    return undefined;
  }

  /**
   * Decodes a block, or gives the one that was decoded last.
   *
   * @param index position in `blocks`
   * @throws {RangeError} for another index
   * @throws {RecordingSyntaxError} when the block is damaged
   */
  readBlock(index: number): Promise<Block> {
    if (this.#cached?.index === index) return this.#cached.block;
    const block = this.#decodeBlock(index);
    this.#cached = { index, block };
    return block;
  }

  /**
   * A new snapshot of each frame, in order. For many frames {@linkcode RecordingReader.readBlock}
   * and {@linkcode Block.read} do the same without an allocation per frame.
   *
   * @throws {RangeError} when an end of the range is no frame
   * @throws {RecordingSyntaxError} when a block is damaged
   */
  async *snapshots(range: FrameRange = {}): AsyncGenerator<Snapshot, void, void> {
    const origin = this.firstFrame;
    if (origin === undefined) return;
    const { from = origin, to = this.lastFrame! } = range;
    assertFrame(from);
    assertFrame(to);
    const first = this.#offsetOf(from);
    const last = this.#offsetOf(to);
    for (const entry of this.blocks) {
      if (this.#offsetOf(entry.lastFrame) < first) continue;
      if (this.#offsetOf(entry.firstFrame) > last) return;
      const block = await this.readBlock(entry.index);
      for (let i = 0; i < block.frameCount; i++) {
        const offset = this.#offsetOf(block.frames[i]!);
        if (offset >= first && offset <= last) yield block.read(i, new Snapshot(this.layout));
      }
    }
  }

  /**
   * Runs of frames that the recording lacks. Only blocks with such a run are decoded.
   *
   * @throws {RecordingSyntaxError} when such a block is damaged
   */
  async *gaps(): AsyncGenerator<FrameGap, void, void> {
    let before: Frame | undefined;
    for (const entry of this.blocks) {
      const isWhole = ((entry.lastFrame - entry.firstFrame) >>> 0) + 1 === entry.frameCount;
      const frames = isWhole
        ? [entry.firstFrame, entry.lastFrame]
        : (await this.readBlock(entry.index)).frames;
      for (let i = 0; i < frames.length; i++) {
        const frame = frames[i]!;
        const isNext = isWhole && i === 1;
        if (before !== undefined && !isNext && ((frame - before) >>> 0) > 1) {
          yield { from: (before + 1) >>> 0, to: (frame - 1) >>> 0 };
        }
        before = frame;
      }
    }
  }

  /**
   * Events in the order in which they were written, or by `frame`: in the order of their frames,
   * and as written within a frame. An event that names only its time stands at the frame of it.
   *
   * @throws {RecordingSyntaxError} when a chunk of events is damaged
   */
  async *events(order: "written" | "frame" = "written"): AsyncGenerator<StateEvent, void, void> {
    const { length } = this.#eventChunks;
    const read = (index: number) => this.#eventMessages(index);
    const messages = order === "frame" ? inFrameOrder(length, read) : inFileOrder(length, read);
    for await (const { section, data } of messages) {
      yield* section.parse(() => readEventMessage(data));
    }
  }

  async #eventMessages(index: number) {
    const chunk = this.#eventChunks[index]!;
    const section = new Section("events", chunk.offset, this.#source.name);
    const input = new ByteReader(await readChunk(this.#source, chunk, section));
    const messages: { offset: number; data: Uint8Array; section: Section }[] = [];
    while (input.remaining > 0) {
      const { channel, sequence, data } = section.parse(() => readMessage(input));
      if (!this.#eventChannels.has(channel)) continue;
      messages.push({ offset: this.#offsetOf(sequence), data, section });
    }
    return messages;
  }

  async #decodeBlock(index: number): Promise<Block> {
    const entry = this.blocks[index];
    if (entry === undefined) {
      throw new RangeError(`Block is ${index}, the recording has ${this.blocks.length}`);
    }
    const section = new Section("block", entry.offset, this.#source.name);
    const raw = await readChunk(this.#source, this.#chunks[index]!, section);
    return section.parse(() => {
      const records = new ByteReader(raw);
      const message = readMessage(records);
      records.end();
      if (message.channel !== this.#stateChannels[entry.revision]) {
        records.refuse(`the block belongs to channel ${message.channel}`);
      }
      const block = new Block(this.#readContent(message.data, entry.revision), this.layout);
      const isSame = block.frameCount === entry.frameCount &&
        block.frames[0] === entry.firstFrame &&
        block.frames[block.frameCount - 1] === entry.lastFrame;
      if (!isSame) records.refuse("the block and the block table disagree");
      return block;
    });
  }

  #readContent(data: Uint8Array, revision: number): BlockContent {
    const input = new ByteReader(data);
    if (this.#revisions.isLast(revision)) return readBlock(input, this.layout);
    const rows = this.#revisions.earlier(revision);
    return convertContent(readBlock(input, rows.layout), rows, this.layout);
  }

  async #blockWith(frame: Frame): Promise<Block | undefined> {
    const offset = this.#offsetOf(frame);
    let low = 0;
    let high = this.blocks.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const entry = this.blocks[middle]!;
      if (this.#offsetOf(entry.firstFrame) > offset) high = middle - 1;
      else if (this.#offsetOf(entry.lastFrame) < offset) low = middle + 1;
      else return await this.readBlock(middle);
    }
    return undefined;
  }

  /** Frames from the first of the recording, which counts across 2^32; negative before it. */
  #offsetOf(frame: Frame): number {
    const first = this.firstFrame ?? 0;
    const offset = (frame - first) >>> 0;
    if (offset <= this.#span()) return offset;
    return this.#isFuture(frame) ? offset : offset - 2 ** 32;
  }

  #isFuture(frame: Frame): boolean {
    const first = this.firstFrame;
    const last = this.lastFrame;
    if (first === undefined || last === undefined) return true;
    if (first <= last) return frame > last;
    if (frame >= first || frame <= last) return false;
    return frame - last <= first - frame;
  }

  #span(): number {
    return this.blocks.length === 0 ? 0 : (this.lastFrame! - this.firstFrame!) >>> 0;
  }
}

/** Last position of an ascending list whose number is not above `limit`; -1 when there is none. */
function lastAtMost(numbers: Float64Array, limit: number): number {
  let low = -1;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle]! <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
