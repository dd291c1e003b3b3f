import type { ReadonlyEntityNames } from "../core/names/entity_names.ts";
import { assertFrame, type Frame } from "../core/time/frame.ts";
import { Ring, type RingAnswer } from "../core/time/ring.ts";
import type { Schema } from "../core/state/schema.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { StateEvent } from "../core/state/state.ts";
import type { Block } from "./block/block.ts";
import type { BlockContent } from "./block/block_content.ts";
import type { BlockEntry } from "./block/block_table.ts";
import { BlockIndex } from "./block_index.ts";
import { BlockReader } from "./block_reader.ts";
import { Section } from "./container/section.ts";
import type { RecordingSource } from "./container/sink.ts";
import { type PlacedEvent, readEvents } from "./events/event_messages.ts";
import type { StateFacts } from "./facts/state_facts.ts";
import { readStoredBytes, readStoredFacts } from "./facts/stored_facts.ts";
import type { RecordingContents } from "./contents/recording_contents.ts";
import type { RecordingDamage } from "./contents/recording_damage.ts";
import { type DamageHandling, openContents } from "./recovery/open_contents.ts";

/**
 * Reads a recording by its index: opening it reads the two ends of the file, a look-up one block.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
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
  /** Ids of the entities; where an entity has none, it is its own number. */
  readonly names: ReadonlyEntityNames;
  /** Frames per second that the source declared. */
  readonly declaredRateHz: number | undefined;
  /** Facts about the source that the writer was given. */
  readonly source: ReadonlyMap<string, string>;
  /** How the server replicates, by name. */
  readonly replication: ReadonlyMap<string, string>;
  /** How the server rewinds, by name; `readRewindFacts` of `./rewind` reads it. */
  readonly rewind: ReadonlyMap<string, string>;
  /** Blocks in the order of their frames. */
  readonly blocks: readonly BlockEntry[];
  /** Number of frames. */
  readonly frameCount: number;
  /** Number of events by name. */
  readonly eventCounts: ReadonlyMap<string, number>;
  /** True when it has the full state once a second as JSON, for viewers. */
  readonly hasPreviews: boolean;
  /** Length of the file in bytes. */
  readonly bytes: number;
  /** What of the file is left out; undefined when it is whole. */
  readonly damage: RecordingDamage | undefined;
  readonly #source: RecordingSource;
  readonly #contents: RecordingContents;
  readonly #index: BlockIndex;
  readonly #reader: BlockReader;

  private constructor(
    source: RecordingSource,
    contents: RecordingContents,
    layout: SnapshotLayout,
  ) {
    this.#source = source;
    this.#contents = contents;
    this.#index = new BlockIndex(contents.blocks);
    this.#reader = new BlockReader(source, contents, layout);
    this.layout = layout;
    this.schema = layout.schema;
    this.bytes = source.size;
    this.revisions = contents.revisions.count;
    this.damage = contents.damage;
    ({ rateHz: this.declaredRateHz, source: this.source } = contents.facts);
    ({ replication: this.replication, rewind: this.rewind } = contents.facts);
    ({ format: this.format, names: this.names, blocks: this.blocks } = contents);
    ({ eventCounts: this.eventCounts, hasPreviews: this.hasPreviews } = contents);
    this.frameCount = this.#index.frameCount;
  }

  /**
   * Opens a recording.
   *
   * @param source bytes of the recording; it stays open
   * @param options `damage`: `leave-out` reads what is whole of a file that is not
   * @throws {RecordingSyntaxError} when they are no whole recording, or nothing in it can be read
   */
  static async open(
    source: RecordingSource,
    { damage = "refuse" }: { readonly damage?: DamageHandling } = {},
  ): Promise<RecordingReader> {
    const contents = await openContents(source, damage);
    const section = new Section("schema", 0, source.name);
    const layout = section.parse(() => new SnapshotLayout(contents.revisions.schema));
    return new RecordingReader(source, contents, layout);
  }

  /** First frame; undefined in a recording without frames. */
  get firstFrame(): Frame | undefined {
    return this.#index.axis.first;
  }

  /** Last frame; undefined in a recording without frames. */
  get lastFrame(): Frame | undefined {
    return this.#index.axis.last;
  }

  /** Time from the first to the last frame in milliseconds. */
  get durationMs(): number {
    return this.#index.durationMs;
  }

  /** Number of frames between the first and the last that the recording lacks. */
  get missingFrames(): number {
    return this.#index.missingFrames;
  }

  /** Frames per second: declared, else their mean; undefined when no time passes. */
  get rateHz(): number | undefined {
    if (this.declaredRateHz !== undefined) return this.declaredRateHz;
    const { durationMs } = this;
    return durationMs > 0 ? (this.#index.axis.span * 1000) / durationMs : undefined;
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
    const index = this.#index.around(frame);
    if (index >= 0) {
      const block = await this.readBlock(index);
      const position = block.find(frame);
      if (position >= 0) {
        return { found: true, frame, state: block.read(position, new Snapshot(this.layout)) };
      }
    }
    const isFuture = this.#index.axis.isFuture(frame);
    return { found: false, frame, reason: isFuture ? "future" : "never" };
  }

  /**
   * States at a frame as a server's ring has them that was given every frame of the recording up to
   * one: `evicted` for a frame whose place a later one took.
   *
   * @param ring `size`: snapshots that the ring holds; `newest`: the frame that it was given last
   * @throws {RangeError} when the recording lacks `newest`, or the size is none
   * @throws {RecordingSyntaxError} when a block is damaged
   */
  async atRing(
    frame: Frame,
    { size, newest }: { readonly size: number; readonly newest: Frame },
  ): Promise<RingAnswer<Snapshot>> {
    const last = await this.at(newest);
    if (!last.found) throw new RangeError(`Cannot push frame ${newest}: it is not recorded`);
    const ring = new Ring<Snapshot>(size);
    // The ring knows by it what it has forgotten and what never was.
    const first = await this.at(this.firstFrame!);
    if (first.found) ring.push(first.frame, first.state);
    const from = Math.max(this.firstFrame!, newest - size + 1);
    for await (const snapshot of this.snapshots({ from, to: newest })) {
      ring.push(snapshot.frame, snapshot);
    }
    return ring.at(frame);
  }

  /**
   * Newest frame whose time is not after `timeMs`; undefined before the first.
   *
   * @throws {RangeError} when `timeMs` is not a number
   * @throws {RecordingSyntaxError} when the block is damaged
   */
  async frameAt(timeMs: number): Promise<Frame | undefined> {
    if (Number.isNaN(timeMs)) throw new RangeError("Time is NaN, expected milliseconds");
    const index = this.#index.lastStartedBy(timeMs);
    if (index < 0) return undefined;
    const block = await this.readBlock(index);
    return block.frames[block.timesMs.findLastIndex((time) => time <= timeMs)];
  }

  /**
   * Decodes a block, or gives the one that was decoded last.
   *
   * @param index position in `blocks`
   * @throws {RangeError} for another index
   * @throws {RecordingSyntaxError} when the block is damaged
   */
  readBlock(index: number): Promise<Block> {
    return this.#reader.read(index);
  }

  /**
   * A new snapshot of each frame, in order. For many frames {@linkcode RecordingReader.readBlock}
   * and {@linkcode Block.read} do the same without an allocation per frame.
   *
   * @param range first and last frame, both included; those of the recording when left out
   * @throws {RangeError} when an end of the range is no frame
   * @throws {RecordingSyntaxError} when a block is damaged
   */
  async *snapshots(
    range: { readonly from?: Frame; readonly to?: Frame } = {},
  ): AsyncGenerator<Snapshot, void, void> {
    const origin = this.firstFrame;
    if (origin === undefined) return;
    const { from = origin, to = this.lastFrame! } = range;
    assertFrame(from);
    assertFrame(to);
    const { axis } = this.#index;
    const first = axis.offsetOf(from);
    const last = axis.offsetOf(to);
    let before = new Snapshot(this.layout);
    for (const index of this.#index.within(from, to)) {
      const block = await this.readBlock(index);
      for (let i = 0; i < block.frameCount; i++) {
        const offset = axis.offsetOf(block.frames[i]!);
        if (offset < first || offset > last) continue;
        // Most are as large as the one before.
        before = block.read(i, new Snapshot(this.layout, before.count, before.wordCount));
        yield before;
      }
    }
  }

  /**
   * Runs of frames that the recording lacks, both ends included. Only blocks with such a run are
   * decoded.
   *
   * @throws {RecordingSyntaxError} when such a block is damaged
   */
  gaps(): AsyncGenerator<{ readonly from: Frame; readonly to: Frame }, void, void> {
    return this.#index.gaps(async (index) => (await this.readBlock(index)).frames);
  }

  /**
   * Events in the order in which they were written, or by `frame`: in the order of their frames,
   * and as written within a frame. An event that names only its time stands at the frame of it.
   *
   * @throws {RecordingSyntaxError} when a chunk of events is damaged
   */
  async *events(order: "written" | "frame" = "written"): AsyncGenerator<StateEvent, void, void> {
    for await (const { event } of this.placedEvents(order)) yield event;
  }

  /**
   * Events in the order of their frames, or as they were written, each with the place where it stands.
   *
   * @throws {RecordingSyntaxError} when a chunk of events is damaged
   */
  placedEvents(order: "written" | "frame" = "frame"): AsyncGenerator<PlacedEvent, void, void> {
    return readEvents(this.#source, this.#contents, order, (frame) => this.offsetOf(frame));
  }

  /** What the states hold, as the writer left it for these blocks.
   * @internal */
  async storedFacts(): Promise<StateFacts | undefined> {
    const { stateFacts: place, blockSeal } = this.#contents;
    const bytes = await readStoredBytes(this.#source, place);
    return bytes && readStoredFacts(bytes, blockSeal(), this.schema);
  }

  /** Decodes a block as tracks. Its texts are there until the next is decoded.
   * @internal */
  readTracks(index: number): Promise<BlockContent> {
    return this.#reader.content(index);
  }

  /** Frames from the first to another; negative before that. */
  offsetOf(frame: Frame): number {
    return this.#index.axis.offsetOf(frame);
  }
}
