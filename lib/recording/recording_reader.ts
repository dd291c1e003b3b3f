import type { ReadonlyEntityNames } from "../core/names/entity_names.ts";
import { assertFrame, type Frame } from "../core/time/frame.ts";
import type { RingAnswer } from "../core/time/ring.ts";
import type { Schema } from "../core/state/schema.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { StateEvent } from "../core/state/state.ts";
import type { Block } from "./block/block.ts";
import type { BlockContent } from "./block/block_content.ts";
import type { BlockEntry } from "./block/block_table.ts";
import { Section } from "./container/section.ts";
import type { RecordingSource } from "./container/sink.ts";
import type { PlacedEvent } from "./events/event_messages.ts";
import type { StateFacts } from "./facts/state_facts.ts";
import { readStoredBytes, readStoredFacts } from "./facts/stored_facts.ts";
import type { RecordingContents } from "./contents/recording_contents.ts";
import type { RecordingDamage } from "./contents/recording_damage.ts";
import type { DamageHandling } from "./recovery/open_contents.ts";
import { openNamed } from "./lost_ids.ts";
import { ReadableParts } from "./readable_parts.ts";
import { ringAnswer } from "./ring_answer.ts";

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
  /** True when it has the full state once a second as JSON, for viewers. */
  readonly hasPreviews: boolean;
  /** Length in bytes. */
  readonly bytes: number;
  readonly #source: RecordingSource;
  readonly #contents: RecordingContents;
  readonly #parts: ReadableParts;

  private constructor(
    source: RecordingSource,
    contents: RecordingContents,
    layout: SnapshotLayout,
    damage: DamageHandling,
  ) {
    this.#source = source;
    this.#contents = contents;
    this.#parts = new ReadableParts(source, contents, layout, damage);
    [this.layout, this.schema] = [layout, layout.schema];
    this.bytes = source.size;
    this.revisions = contents.revisions.count;
    ({ rateHz: this.declaredRateHz, source: this.source } = contents.facts);
    ({ replication: this.replication, rewind: this.rewind } = contents.facts);
    ({ format: this.format, names: this.names, blocks: this.blocks } = contents);
    this.hasPreviews = contents.hasPreviews;
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
    const contents = await openNamed(source, damage);
    const section = new Section("schema", contents.schemaOffset, source.name);
    const layout = section.parse(() => new SnapshotLayout(contents.revisions.schema));
    return new RecordingReader(source, contents, layout, damage);
  }

  /**
   * What of the file is left out; undefined when it is whole. A part whose CRC is right and which
   * does not decode shows when it is read, and counts from then on.
   */
  get damage(): RecordingDamage | undefined {
    return this.#parts.damage;
  }

  /** Number of frames. */
  get frameCount(): number {
    return this.#parts.index.frameCount;
  }

  /** Number of events by name. */
  get eventCounts(): ReadonlyMap<string, number> {
    return this.#parts.eventCounts;
  }

  /** First frame; undefined in a recording without frames. */
  get firstFrame(): Frame | undefined {
    return this.#parts.index.axis.first;
  }

  /** Last frame; undefined in a recording without frames. */
  get lastFrame(): Frame | undefined {
    return this.#parts.index.axis.last;
  }

  /** Time from the first to the last frame in milliseconds. */
  get durationMs(): number {
    return this.#parts.index.durationMs;
  }

  /** Number of frames between the first and the last that the recording lacks. */
  get missingFrames(): number {
    return this.#parts.index.missingFrames;
  }

  /** Frames per second: declared, else their mean; undefined when no time passes. */
  get rateHz(): number | undefined {
    if (this.declaredRateHz !== undefined) return this.declaredRateHz;
    const { durationMs } = this;
    return durationMs > 0 ? (this.#parts.index.axis.span * 1000) / durationMs : undefined;
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
    const index = this.#parts.index.around(frame);
    if (index >= 0) {
      const block = await this.readBlock(index);
      const position = block.find(frame);
      if (position >= 0) {
        return { found: true, frame, state: block.read(position, new Snapshot(this.layout)) };
      }
    }
    const isFuture = this.#parts.index.axis.isFuture(frame);
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
  atRing(
    frame: Frame,
    ring: { readonly size: number; readonly newest: Frame },
  ): Promise<RingAnswer<Snapshot>> {
    return ringAnswer(this, frame, ring);
  }

  /**
   * Newest frame whose time is not after `timeMs`; undefined before the first.
   *
   * @throws {RangeError} when `timeMs` is not a number
   * @throws {RecordingSyntaxError} when the block is damaged
   */
  async frameAt(timeMs: number): Promise<Frame | undefined> {
    if (Number.isNaN(timeMs)) throw new RangeError("Time is NaN, expected milliseconds");
    for (let index = this.#parts.index.lastStartedBy(timeMs); index >= 0; index--) {
      const { frames, timesMs } = await this.readBlock(index);
      const position = timesMs.findLastIndex((time) => time <= timeMs);
      if (position >= 0) return frames[position];
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
    return this.#parts.blocks.read(index);
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
    const { axis } = this.#parts.index;
    const first = axis.offsetOf(from);
    const last = axis.offsetOf(to);
    let before = new Snapshot(this.layout);
    for (const index of this.#parts.index.within(from, to)) {
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
    return this.#parts.index.gaps(async (index) => (await this.readBlock(index)).frames);
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
    return this.#parts.events(order);
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
    return this.#parts.blocks.content(index);
  }

  /** Frames from the first to another; negative before that. */
  offsetOf(frame: Frame): number {
    return this.#parts.index.axis.offsetOf(frame);
  }
}
