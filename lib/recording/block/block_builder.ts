import { shownValue } from "../../core/shown_value.ts";
import { FieldValueError } from "../../core/state/field_value_error.ts";
import { isFrame } from "../../core/time/frame.ts";
import { packerOf, type RowPacker } from "../../core/state/row_packer.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { EntityState, StateFrame } from "../../core/state/state.ts";
import { sameWords } from "../../core/state/words.ts";
import { finish, type Work } from "../queue/work.ts";
import { type BlockContent, textWords } from "./block_content.ts";
import { type EntitySlot, EntitySlots } from "./entity_slots.ts";
import { assertState } from "./handed_state.ts";
import { RowCheck } from "./row_check.ts";
import { TrackList } from "./track_list.ts";
import { WordArena } from "./word_arena.ts";

/** What a block takes besides what is in it, in bytes. */
const BLOCK_BYTES = 1 << 15;

/** What a frame takes besides its rows, in bytes. */
const FRAME_BYTES = 16;

/** What a word takes, in bytes: arrays are up to twice as long as what is in them. */
const WORD_BYTES = 8;

/** What a text takes, in bytes, for what it costs its pool: itself, its bytes, and two maps. */
const TEXT_BYTES_PER_COST = 3;

/** What rows of a kind are like. */
interface KindRows {
  readonly stride: number;
  /** First word of the padding. */
  readonly end: number;
  /** Words that hold numbers of texts. */
  readonly textWords: readonly number[];
  readonly check: RowCheck;
  /** True when a state without any field is one. */
  readonly mayBeEmpty: boolean;
}

/**
 * Collects frames until they fill a block. A frame goes in in two steps, so that one that does not
 * fit leaves the block as it was: {@linkcode BlockBuilder.stage} or
 * {@linkcode BlockBuilder.stageRows}, then {@linkcode BlockBuilder.commit}. Only values are kept.
 */
export class BlockBuilder {
  /** Layout of the rows. */
  readonly layout: SnapshotLayout;
  /** Frames so far. */
  readonly frames: number[] = [];
  /** Time of each frame in milliseconds. */
  readonly timesMs: number[] = [];
  /** Words of all rows so far. */
  wordCount = 0;
  readonly #packers: readonly RowPacker[];
  readonly #sharesStates: boolean;
  readonly #kinds: readonly KindRows[];
  readonly #tracks: TrackList;
  readonly #slots = new EntitySlots();
  #stagedEnd = 0;

  /**
   * Empty block.
   *
   * @param options `sharesStates`: true when a state never changes, so that the same object as at
   *   the frame before need not be packed
   */
  constructor(layout: SnapshotLayout, options: { readonly sharesStates?: boolean } = {}) {
    this.layout = layout;
    this.#tracks = new TrackList(layout);
    this.#sharesStates = options.sharesStates === true;
    this.#packers = layout.kinds.map(packerOf);
    this.#kinds = layout.kinds.map((row) => ({
      stride: row.stride,
      end: row.end,
      textWords: textWords(row),
      check: new RowCheck(row),
      mayBeEmpty: row.kind.fields.every(({ optional }) => optional),
    }));
  }

  /**
   * Packs a frame without adding it.
   *
   * @returns words of the rows that it would add
   * @throws {FieldValueError} when a value does not fit its field
   * @throws {RangeError} for a kind that the schema lacks, an id that occurs twice or is no u32
   */
  stage(frame: StateFrame): number {
    this.#begin();
    for (const state of frame.entities) {
      if (typeof state !== "object" || state === null) assertState(state, frame.frame);
      const slot = this.#slot(state.id, frame.frame);
      if (this.#sharesStates) slot.stagedState = state;
      if (slot.state === state && this.#isAlive(slot)) {
        slot.stagedKind = slot.track!.kind;
        continue;
      }
      const kind = this.#kind(state, frame.frame);
      const at = this.#reserve(kind);
      const { words } = this.#tracks;
      // Elsewhere what has no fields lacks one.
      if (this.#kinds[kind]!.mayBeEmpty) assertState(state, frame.frame);
      try {
        this.#packers[kind]!.pack(state.fields, words, at);
      } catch (error) {
        assertState(state, frame.frame);
        throw FieldValueError.of(state.id, error, frame.frame);
      }
      if (!this.#rests(slot, kind, words, at)) this.#stageRow(slot, kind, at);
    }
    return this.#stagedEnd - this.wordCount;
  }

  /**
   * Takes the rows of a snapshot of the same schema without adding them.
   *
   * @returns words of the rows that it would add
   * @throws {RangeError} for rows that the schema's types do not allow, a kind that it lacks, or a
   *   text that the snapshot's layout has given up
   */
  stageRows(snapshot: Snapshot): number {
    this.#begin();
    const { ids, kinds, rows, words } = snapshot;
    for (let i = 0; i < snapshot.count; i++) {
      const kind = kinds[i]!;
      const slot = this.#slot(ids[i]!, snapshot.frame);
      const hasTexts = (this.#kinds[kind]?.textWords.length ?? 0) > 0;
      if (!hasTexts && this.#rests(slot, kind, words, rows[i]!)) continue;
      const at = this.#reserve(kind);
      this.#copyRow(snapshot, rows[i]!, kind, at);
      // Texts have other numbers here.
      if (hasTexts && this.#rests(slot, kind, this.#tracks.words, at)) continue;
      this.#assertRow(slot.id, kind, at, snapshot.frame);
      this.#stageRow(slot, kind, at);
    }
    return this.#stagedEnd - this.wordCount;
  }

  /** Adds the frame that was staged last. */
  commit(frame: { readonly frame: number; readonly timeMs: number }): void {
    const position = this.frames.length;
    const { staged, count } = this.#slots;
    for (let i = 0; i < count; i++) {
      const slot = staged[i]!;
      const { stagedKind: kind, stagedRow: row } = slot;
      if (!this.#isAlive(slot) || slot.track!.kind !== kind) {
        slot.track = this.#tracks.spawn(slot.id, kind, position);
      }
      const track = slot.track!;
      if (row >= 0) this.#tracks.addSample(track, position, row);
      track.end = position + 1;
      slot.state = slot.stagedState;
    }
    this.#slots.commit();
    this.frames.push(frame.frame);
    this.timesMs.push(frame.timeMs);
    this.wordCount = this.#stagedEnd;
  }

  /** Memory that it takes at most, in bytes, which each frame adds to; 0 without frames. */
  get byteLength(): number {
    const frames = this.frames.length;
    if (frames === 0) return 0;
    const texts = TEXT_BYTES_PER_COST * this.layout.texts.cost;
    return BLOCK_BYTES + FRAME_BYTES * frames + WORD_BYTES * this.wordCount +
      this.#tracks.byteLength + texts;
  }

  /** What was collected; the builder is empty afterwards. */
  take(): BlockContent {
    return finish(this.takeInSlices(new WordArena()));
  }

  /** As {@linkcode BlockBuilder.take}, in slices; rows lie in words of an arena. */
  *takeInSlices(arena: WordArena): Work<BlockContent> {
    const content = {
      frames: Uint32Array.from(this.frames),
      timesMs: Float64Array.from(this.timesMs),
      kinds: yield* this.#tracks.take(arena),
    };
    this.frames.length = 0;
    this.timesMs.length = 0;
    this.wordCount = 0;
    this.#slots.clear();
    return content;
  }

  #begin(): void {
    this.#slots.begin();
    this.#stagedEnd = this.wordCount;
  }

  /** Slot of the next entity of the staged frame. */
  #slot(id: number, frame: number): EntitySlot {
    if (!isFrame(id)) {
      throw new RangeError(
        `Cannot record frame ${frame}: entity id is ${shownValue(id)}, expected 0 to 4294967295`,
      );
    }
    const slot = this.#slots.add(id);
    if (slot !== undefined) return slot;
    throw new RangeError(`Cannot record frame ${frame}: entity ${id} occurs twice in it`);
  }

  /** True when the staged frame goes on with the track of an entity. */
  #isAlive({ track }: EntitySlot): boolean {
    return track !== undefined && track.end === this.frames.length;
  }

  #kind(state: EntityState, frame: number): number {
    const kind = this.layout.kindIndex(state.kind);
    if (kind >= 0) return kind;
    throw new RangeError(
      `Cannot record entity ${state.id} of frame ${frame}: the schema has no kind ${
        shownValue(state.kind)
      }`,
    );
  }

  /** Room for a row after those that are staged; it is theirs only when it is staged. */
  #reserve(kind: number): number {
    const rows = this.#kinds[kind];
    if (rows === undefined) {
      throw new RangeError(`Cannot record kind ${kind}: the schema has ${this.#kinds.length}`);
    }
    const at = this.#stagedEnd;
    this.#tracks.reserve(at + rows.stride);
    return at;
  }

  /** Copies a row of a snapshot, with texts by their numbers here. */
  #copyRow(snapshot: Snapshot, from: number, kind: number, at: number): void {
    const { end, stride, textWords } = this.#kinds[kind]!;
    const { words } = this.#tracks;
    for (let w = 0; w < end; w++) words[at + w] = snapshot.words[from + w]!;
    for (let w = end; w < stride; w++) words[at + w] = 0;
    for (const w of textWords) {
      words[at + w] = this.layout.texts.number(snapshot.layout.texts.text(words[at + w]!));
    }
  }

  #assertRow(id: number, kind: number, at: number, frame: number): void {
    const { check, stride } = this.#kinds[kind]!;
    const fault = check.fault(this.#tracks.words, at, at + stride);
    if (fault === undefined) return;
    throw new RangeError(`Cannot record entity ${id} of frame ${frame}: ${fault}`);
  }

  /** True when an entity goes on with the words that a row holds. */
  #rests(slot: EntitySlot, kind: number, words: Int32Array, at: number): boolean {
    slot.stagedKind = kind;
    if (!this.#isAlive(slot) || slot.track!.kind !== kind) return false;
    return sameWords(this.#tracks.words, slot.track!.lastRow, words, at, this.#kinds[kind]!.end);
  }

  #stageRow(slot: EntitySlot, kind: number, at: number): void {
    slot.stagedRow = at;
    this.#stagedEnd = at + this.#kinds[kind]!.stride;
  }
}
