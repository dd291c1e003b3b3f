import { grown } from "../../core/state/words.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { BLOCK_WORDS_MAX } from "../container/format.ts";
import type { Work } from "../queue/work.ts";
import type { KindTracks } from "./block_content.ts";
import type { WordArena } from "./word_arena.ts";

/** What a track takes besides its samples, in bytes, with the slot of its entity. */
const TRACK_BYTES = 300;

/** What a sample takes besides its words, in bytes, with as much for what has room to grow. */
const SAMPLE_BYTES = 24;

/** Words that are copied in one go. */
const SLICE_WORDS = 1 << 15;

/** Life of one entity within a block, so far. */
export interface Track {
  /** Entity. */
  readonly id: number;
  /** Index of its kind. */
  readonly kind: number;
  /** Position of its first frame. */
  readonly birth: number;
  /** Position after its last frame. */
  end: number;
  /** First of its samples; -1 before there is one. */
  firstSample: number;
  /** Last of its samples. */
  lastSample: number;
  /** First word of the row of its last sample. */
  lastRow: number;
  /** Number of its samples. */
  sampleCount: number;
}

/** Tracks of a block with their samples, and the rows that the samples refer to. */
export class TrackList {
  /** Words of all rows. */
  words: Int32Array = new Int32Array(1024);
  readonly #layout: SnapshotLayout;
  #tracks: Track[] = [];
  #sampleCount = 0;
  // By sample: position of its frame, first word of its row, next sample of the same track.
  #positions = new Int32Array(256);
  #rows = new Int32Array(256);
  #nexts = new Int32Array(256);

  /** No tracks yet; rows are of a layout. */
  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
  }

  /** Makes room for words up to an end. @throws {RangeError} when a block cannot hold them */
  reserve(end: number): void {
    if (end > BLOCK_WORDS_MAX) {
      throw new RangeError(`Cannot record a frame of more than ${BLOCK_WORDS_MAX * 4} bytes`);
    }
    if (end <= this.words.length) return;
    this.words = grown(this.words, new Int32Array(Math.max(end, this.words.length * 2)));
  }

  /** Begins a track. */
  spawn(id: number, kind: number, birth: number): Track {
    const track = {
      id,
      kind,
      birth,
      end: birth,
      firstSample: -1,
      lastSample: -1,
      lastRow: -1,
      sampleCount: 0,
    };
    this.#tracks.push(track);
    return track;
  }

  /** Adds a row to a track. */
  addSample(track: Track, position: number, row: number): void {
    const sample = this.#sampleCount++;
    if (sample === this.#rows.length) {
      this.#positions = grown(this.#positions, new Int32Array(sample * 2));
      this.#rows = grown(this.#rows, new Int32Array(sample * 2));
      this.#nexts = grown(this.#nexts, new Int32Array(sample * 2));
    }
    this.#positions[sample] = position;
    this.#rows[sample] = row;
    if (track.sampleCount === 0) track.firstSample = sample;
    else this.#nexts[track.lastSample] = sample;
    track.lastSample = sample;
    track.lastRow = row;
    track.sampleCount++;
  }

  /** Memory that it takes besides the words, in bytes. */
  get byteLength(): number {
    return SAMPLE_BYTES * this.#sampleCount + TRACK_BYTES * this.#tracks.length;
  }

  /** Everything by kind, in words of an arena; the list is empty afterwards. */
  *take(arena: WordArena): Work<KindTracks[]> {
    const tracks = this.#tracks.sort((a, b) => a.kind - b.kind || a.id - b.id || a.birth - b.birth);
    const kinds: KindTracks[] = [];
    for (let start = 0, end = 0; start < tracks.length; start = end) {
      while (end < tracks.length && tracks[end]!.kind === tracks[start]!.kind) end++;
      yield;
      kinds.push(yield* this.#takeKind(tracks.slice(start, end), arena));
    }
    this.#tracks = [];
    this.#sampleCount = 0;
    return kinds;
  }

  *#takeKind(tracks: readonly Track[], arena: WordArena): Work<KindTracks> {
    const { kind } = tracks[0]!;
    const { stride } = this.#layout.kinds[kind]!;
    const count = tracks.length;
    const ids = new Uint32Array(count);
    const births = new Int32Array(count);
    const spans = new Int32Array(count);
    const sampleCounts = new Int32Array(count);
    let samples = 0;
    for (let t = 0; t < count; t++) {
      const { id, birth, end, sampleCount } = tracks[t]!;
      ids[t] = id;
      births[t] = birth;
      spans[t] = end - birth;
      sampleCounts[t] = sampleCount;
      samples += sampleCount;
    }
    const positions = arena.take(samples);
    const rows = arena.take(samples * stride);
    let next = 0;
    let left = 0;
    for (const track of tracks) {
      if (left <= 0) {
        yield;
        left = SLICE_WORDS;
      }
      next = this.#copyTrack(track, stride, next, positions, rows);
      left -= track.sampleCount * stride;
    }
    return { kind, ids, births, spans, sampleCounts, positions, rows };
  }

  /** Copies the samples of a track to a place. @returns the place behind them */
  #copyTrack(
    { firstSample, sampleCount }: Track,
    stride: number,
    place: number,
    positions: Int32Array,
    rows: Int32Array,
  ): number {
    const { words } = this;
    let sample = firstSample;
    for (let next = place; next < place + sampleCount; next++) {
      const from = this.#rows[sample]!;
      const to = next * stride;
      for (let w = 0; w < stride; w++) rows[to + w] = words[from + w]!;
      positions[next] = this.#positions[sample]!;
      sample = this.#nexts[sample]!;
    }
    return place + sampleCount;
  }
}
