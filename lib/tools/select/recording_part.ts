import type { EntityId } from "../../core/names/entity_names.ts";
import { FrameObjects } from "../../core/state/frame_objects.ts";
import type { Schema } from "../../core/state/schema.ts";
import { setOwn } from "../../core/state/set_own.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { EntityState, FieldValues, StateFrame } from "../../core/state/state.ts";
import type { Block } from "../../recording/block/block.ts";
import type { PlacedEvent } from "../../recording/events/event_messages.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import { IdSelection } from "./id_selection.ts";
import { refuseUnselectable, selectedSchema } from "./selected_schema.ts";
import type { Selection } from "./selection.ts";

/** A frame of a recording, and where it stands. */
export interface PlacedFrame {
  /** Frames since the first of the recording. */
  readonly offset: number;
  /** Its states; one that did not change since the frame before is the same object. */
  readonly frame: StateFrame;
}

/**
 * A block with frames of a span.
 *
 * @internal
 */
export interface PlacedBlock {
  /** Index among the blocks of the recording. */
  readonly index: number;
  /** The block, with all its frames and states. */
  readonly block: Block;
  /** Position of the first frame of the span. */
  readonly start: number;
  /** Position after the last frame of the span. */
  readonly end: number;
}

/**
 * A part of a recording: frames of a span with the entities, kinds and fields of a selection, and
 * the events that stand in the span. Every frame of the span is there, also one in which nothing is
 * left. Memory holds a block.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { RecordingPart, RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * for (let frame = 0; frame < 5; frame++) {
 *   const entities = [3, 7].map((id) => ({ id, kind: "ship", fields: { x: id * frame } }));
 *   await writer.write({ frame, timeMs: frame * 16, entities });
 * }
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const part = RecordingPart.of(reader, { from: 2, to: 3, ids: [7] });
 * const xs = [];
 * for await (const { frame } of part.frames()) xs.push(frame.entities[0].fields.x);
 * assert.deepEqual(xs, [14, 21]);
 * ```
 */
export class RecordingPart {
  /** Recording that it is a part of. */
  readonly reader: RecordingReader;
  /** Kinds and fields of its states. */
  readonly schema: Schema;
  readonly #selection: Selection;
  readonly #first: number;
  readonly #last: number;
  readonly #ids: IdSelection | undefined;

  private constructor(reader: RecordingReader, selection: Selection) {
    this.reader = reader;
    this.#selection = selection;
    this.schema = selectedSchema(reader.schema, selection);
    const { from, to, ids } = selection;
    this.#first = from === undefined ? -Infinity : reader.offsetOf(from);
    this.#last = to === undefined ? Infinity : reader.offsetOf(to);
    this.#ids = ids === undefined ? undefined : new IdSelection(ids, reader.names);
  }

  /**
   * Part of a recording, all of it without a selection.
   *
   * @throws {RangeError} for a kind or field that the recording lacks, and for a span that ends
   *   before it starts or lies outside of the recording
   */
  static of(reader: RecordingReader, selection: Selection = {}): RecordingPart {
    const { from, to } = selection;
    refuseUnselectable([reader.schema], selection);
    const part = new RecordingPart(reader, selection);
    const { firstFrame, lastFrame } = reader;
    if (part.#first > part.#last) {
      throw new RangeError(`Frames ${from} to ${to} are none: the span ends before it starts`);
    }
    const span = lastFrame === undefined ? -1 : reader.offsetOf(lastFrame);
    const isOutside = part.#first > span || part.#last < 0;
    if (isOutside && selection.events !== "only") {
      const has = firstFrame === undefined ? "no frames" : `frames ${firstFrame} to ${lastFrame}`;
      throw new RangeError(
        `The span ${from ?? "start"} to ${to ?? "end"} holds no frame: the recording has ${has}`,
      );
    }
    return part;
  }

  /**
   * What a recording has of a selection, which may be nothing: kinds, fields and frames that it
   * lacks are no error.
   *
   * @internal
   */
  static overlap(reader: RecordingReader, selection: Selection): RecordingPart {
    return new RecordingPart(reader, selection);
  }

  /** True when the states are those of the recording, with all fields of all kinds. */
  get hasWholeSchema(): boolean {
    return this.schema === this.reader.schema;
  }

  /** True when it has events alone, and no frames. */
  get isOfEvents(): boolean {
    return this.#selection.events === "only";
  }

  /** Frames of the span if none is missing, for a bar of progress. */
  get frameCount(): number {
    const { reader } = this;
    if (reader.lastFrame === undefined || this.isOfEvents) return 0;
    const last = Math.min(this.#last, reader.offsetOf(reader.lastFrame));
    const span = last - Math.max(this.#first, 0) + 1;
    return Math.max(0, Math.min(span, reader.frameCount));
  }

  /** Ids of selected entities that no frame had which was read so far. */
  get unseenIds(): EntityId[] {
    return this.#ids?.unseen ?? [];
  }

  /**
   * Frames of the span in order.
   *
   * @throws {RecordingSyntaxError} when a block is damaged
   */
  async *frames(): AsyncGenerator<PlacedFrame, void, void> {
    const { reader } = this;
    const objects = new FrameObjects(reader.layout);
    const snapshot = new Snapshot(reader.layout);
    const select = this.#selector();
    for await (const { block, start, end } of this.blocks()) {
      for (let i = start; i < end; i++) {
        const frame = objects.next(block.read(i, snapshot));
        const offset = reader.offsetOf(frame.frame);
        yield { offset, frame: select === undefined ? frame : select(frame) };
      }
    }
  }

  /**
   * Blocks with frames of the span in order, whatever states are selected.
   *
   * @throws {RecordingSyntaxError} when a block is damaged
   *
   * @internal
   */
  async *blocks(): AsyncGenerator<PlacedBlock, void, void> {
    const { reader } = this;
    if (this.isOfEvents) return;
    for (let index = 0; index < reader.blocks.length; index++) {
      const entry = reader.blocks[index]!;
      if (reader.offsetOf(entry.firstFrame) > this.#last) return;
      if (reader.offsetOf(entry.lastFrame) < this.#first) continue;
      const block = await reader.readBlock(index);
      const offsetAt = (i: number) => reader.offsetOf(block.frames[i]!);
      let start = 0;
      let end = block.frameCount;
      while (start < end && offsetAt(start) < this.#first) start++;
      while (end > start && offsetAt(end - 1) > this.#last) end--;
      if (start < end) yield { index, block, start, end };
    }
  }

  /** True when a frame lies in the span, by its frames since the first of the recording. @internal */
  spans(offset: number): boolean {
    return offset >= this.#first && offset <= this.#last;
  }

  /**
   * Events that stand in the span, in the order of their frames.
   *
   * @throws {RecordingSyntaxError} when a chunk of events is damaged
   */
  async *events(): AsyncGenerator<PlacedEvent, void, void> {
    if (this.#selection.events === "none") return;
    for await (const placed of this.reader.placedEvents()) {
      if (placed.offset > this.#last) return;
      if (this.spans(placed.offset)) yield placed;
    }
  }

  /**
   * Frames and events in one order: a frame, then the events that stand at it and after it up to the
   * next; those that stand before the first frame come first.
   *
   * @throws {RecordingSyntaxError} when a block or a chunk of events is damaged
   */
  async *timeline(): AsyncGenerator<PlacedFrame | PlacedEvent, void, void> {
    const events = this.events();
    try {
      let event = await events.next();
      for await (const frame of this.frames()) {
        for (; !event.done && event.value.offset < frame.offset; event = await events.next()) {
          yield event.value;
        }
        yield frame;
      }
      for (; !event.done; event = await events.next()) yield event.value;
    } finally {
      await events.return();
    }
  }

  /** True when no entities are named, so that all are taken. @internal */
  get takesAllIds(): boolean {
    return this.#ids === undefined;
  }

  /** True for a selected entity, which counts as seen from now on. @internal */
  takes(entity: number, kind: string): boolean {
    return this.#ids === undefined || this.#ids.takes(entity, kind);
  }

  /** What leaves out of a frame what is not selected; undefined when that is nothing. */
  #selector(): ((frame: StateFrame) => StateFrame) | undefined {
    if (this.#ids === undefined && this.hasWholeSchema) return undefined;
    const fields = new Map(
      this.schema.kinds.map((kind) => [kind.name, kind.fields.map(({ name }) => name)]),
    );
    const cuts = new Map(this.reader.schema.kinds.map((kind) => {
      const names = fields.get(kind.name);
      return [kind.name, names !== undefined && names.length < kind.fields.length];
    }));
    // A state that did not change stays the same object here as well.
    const narrowed = new WeakMap<EntityState, EntityState>();
    const narrow = (state: EntityState): EntityState => {
      if (!cuts.get(state.kind)) return state;
      let less = narrowed.get(state);
      if (less === undefined) {
        less = { ...state, fields: someOf(state.fields, fields.get(state.kind)!) };
        narrowed.set(state, less);
      }
      return less;
    };
    return (frame) => ({
      ...frame,
      entities: frame.entities.filter((state) =>
        fields.has(state.kind) && this.takes(state.id, state.kind)
      )
        .map(narrow),
    });
  }
}

function someOf(fields: FieldValues, names: readonly string[]): FieldValues {
  const some: Record<string, FieldValues[string]> = {};
  for (const name of names) {
    if (Object.hasOwn(fields, name)) setOwn(some, name, fields[name]!);
  }
  return some;
}
