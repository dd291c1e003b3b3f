import { isFrame } from "../../core/time/frame.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { EntityState, StateFrame } from "../../core/state/state.ts";
import { type BlockContent, textWords, usedWords } from "./block_content.ts";
import { assertRow } from "./snapshot_row.ts";
import { type Track, TrackList } from "./track_list.ts";

/** What is known of an id: its track, and what the staged frame does to it. */
interface Slot {
  track: Track | undefined;
  /** State that is known not to change; undefined when there is none. */
  state: EntityState | undefined;
  stage: number;
  stagedState: EntityState | undefined;
  stagedKind: number;
  /** First word of the staged row; -1 when the state did not change. */
  stagedRow: number;
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
  readonly #sharesStates: boolean;
  readonly #usedWords: readonly number[];
  /** Words that hold numbers of texts, by kind. */
  readonly #textWords: readonly (readonly number[])[];
  readonly #tracks: TrackList;
  #slots = new Map<number, Slot>();
  #staged: Slot[] = [];
  #stagedIds: number[] = [];
  #stagedEnd = 0;
  #stage = 0;

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
    this.#usedWords = layout.kinds.map(usedWords);
    this.#textWords = layout.kinds.map(textWords);
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
      const slot = this.#slot(state.id, frame.frame);
      if (this.#sharesStates) slot.stagedState = state;
      const track = this.#living(slot);
      if (track !== undefined && slot.state === state) {
        slot.stagedKind = track.kind;
        continue;
      }
      const kind = this.#kind(state, frame.frame);
      const at = this.#reserve(kind);
      this.layout.kinds[kind]!.pack(state.fields, this.#tracks.words, at);
      this.#stageRow(slot, kind, at);
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
    for (let i = 0; i < snapshot.count; i++) {
      const id = snapshot.ids[i]!;
      const kind = snapshot.kinds[i]!;
      const slot = this.#slot(id, snapshot.frame);
      const at = this.#reserve(kind);
      const from = snapshot.rows[i]!;
      const { words } = this.#tracks;
      for (let w = 0; w < this.#usedWords[kind]!; w++) words[at + w] = snapshot.words[from + w]!;
      for (const w of this.#textWords[kind]!) {
        words[at + w] = this.layout.texts.number(snapshot.layout.texts.text(words[at + w]!));
      }
      if (!this.#stageRow(slot, kind, at)) {
        assertRow(words, at, this.layout.kinds[kind]!, id, snapshot.frame);
      }
    }
    return this.#stagedEnd - this.wordCount;
  }

  /** Adds the frame that was staged last. */
  commit(frame: { readonly frame: number; readonly timeMs: number }): void {
    const position = this.frames.length;
    this.frames.push(frame.frame);
    this.timesMs.push(frame.timeMs);
    this.wordCount = this.#stagedEnd;
    for (let i = 0; i < this.#staged.length; i++) {
      const slot = this.#staged[i]!;
      const isAlive = slot.track?.end === position && slot.track.kind === slot.stagedKind;
      if (!isAlive) slot.track = this.#tracks.spawn(this.#stagedIds[i]!, slot.stagedKind, position);
      const track = slot.track!;
      if (slot.stagedRow >= 0) this.#tracks.addSample(track, position, slot.stagedRow);
      track.end = position + 1;
      slot.state = slot.stagedState;
    }
  }

  /** What was collected; the builder is empty afterwards. */
  take(): BlockContent {
    const content = {
      frames: Uint32Array.from(this.frames),
      timesMs: Float64Array.from(this.timesMs),
      kinds: this.#tracks.take(),
    };
    this.frames.length = 0;
    this.timesMs.length = 0;
    this.wordCount = 0;
    this.#slots = new Map();
    this.#staged.length = 0;
    return content;
  }

  #begin(): void {
    this.#stage++;
    this.#staged.length = 0;
    this.#stagedIds.length = 0;
    this.#stagedEnd = this.wordCount;
  }

  /** Slot of an entity of the staged frame. */
  #slot(id: number, frame: number): Slot {
    let slot = this.#slots.get(id);
    if (slot?.stage === this.#stage) {
      throw new RangeError(`Cannot record frame ${frame}: entity ${id} occurs twice in it`);
    }
    if (slot === undefined) {
      if (!isFrame(id)) {
        throw new RangeError(
          `Cannot record frame ${frame}: entity id is ${id}, expected 0 to 4294967295`,
        );
      }
      slot = {
        track: undefined,
        state: undefined,
        stage: 0,
        stagedState: undefined,
        stagedKind: 0,
        stagedRow: -1,
      };
      this.#slots.set(id, slot);
    }
    slot.stage = this.#stage;
    slot.stagedState = undefined;
    slot.stagedRow = -1;
    this.#staged.push(slot);
    this.#stagedIds.push(id);
    return slot;
  }

  /** Track that the staged frame goes on with. */
  #living(slot: Slot): Track | undefined {
    return slot.track?.end === this.frames.length ? slot.track : undefined;
  }

  #kind(state: EntityState, frame: number): number {
    const kind = this.layout.kindIndex(state.kind);
    if (kind >= 0) return kind;
    throw new RangeError(
      `Cannot record entity ${state.id} of frame ${frame}: the schema has no kind ${
        JSON.stringify(state.kind)
      }`,
    );
  }

  /** Room for a row of zeros after those that are staged; it is theirs only when it is staged. */
  #reserve(kind: number): number {
    const row = this.layout.kinds[kind];
    if (row === undefined) {
      throw new RangeError(
        `Cannot record kind ${kind}: the schema has ${this.layout.kinds.length}`,
      );
    }
    const at = this.#stagedEnd;
    this.#tracks.clearRow(at, row.stride);
    return at;
  }

  /** Stages a row of an entity. @returns true when it holds what the entity held before */
  #stageRow(slot: Slot, kind: number, at: number): boolean {
    const { stride } = this.layout.kinds[kind]!;
    const track = this.#living(slot);
    slot.stagedKind = kind;
    if (track?.kind === kind && this.#tracks.isLastRow(track, at, stride)) return true;
    slot.stagedRow = at;
    this.#stagedEnd = at + stride;
    return false;
  }
}
