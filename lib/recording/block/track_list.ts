import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { BLOCK_WORDS_MAX } from "../container/format.ts";
import type { KindTracks } from "./block_content.ts";

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
  /** Number of its samples. */
  sampleCount: number;
}

/** Tracks of a block with their samples, and the rows that the samples refer to. */
export class TrackList {
  /** Words of all rows. */
  words: Int32Array = new Int32Array(1024);
  readonly #layout: SnapshotLayout;
  #tracks: Track[] = [];
  #samplePositions: number[] = [];
  #sampleRows: number[] = [];
  /** Next sample of the same track. */
  #nextSamples: number[] = [];

  /** No tracks yet; rows are of a layout. */
  constructor(layout: SnapshotLayout) {
    this.#layout = layout;
  }

  /** Makes room for a row of zeros. @throws {RangeError} when a block cannot hold it */
  clearRow(at: number, stride: number): void {
    const end = at + stride;
    if (end > BLOCK_WORDS_MAX) {
      throw new RangeError(`Cannot record a frame of more than ${BLOCK_WORDS_MAX * 4} bytes`);
    }
    if (end > this.words.length) {
      const larger = new Int32Array(Math.max(end, this.words.length * 2));
      larger.set(this.words);
      this.words = larger;
    }
    this.words.fill(0, at, end);
  }

  /** Begins a track. */
  spawn(id: number, kind: number, birth: number): Track {
    const track = { id, kind, birth, end: birth, firstSample: -1, lastSample: -1, sampleCount: 0 };
    this.#tracks.push(track);
    return track;
  }

  /** Adds a row to a track. */
  addSample(track: Track, position: number, row: number): void {
    const sample = this.#sampleRows.length;
    this.#sampleRows.push(row);
    this.#samplePositions.push(position);
    this.#nextSamples.push(-1);
    if (track.sampleCount === 0) track.firstSample = sample;
    else this.#nextSamples[track.lastSample] = sample;
    track.lastSample = sample;
    track.sampleCount++;
  }

  /** True when a row holds the words of a track's last one. */
  isLastRow(track: Track, at: number, stride: number): boolean {
    const { words } = this;
    const last = this.#sampleRows[track.lastSample]!;
    for (let w = 0; w < stride; w++) if (words[last + w] !== words[at + w]) return false;
    return true;
  }

  /** Everything by kind; the list is empty afterwards. */
  take(): KindTracks[] {
    const tracks = this.#tracks.sort((a, b) => a.kind - b.kind || a.id - b.id || a.birth - b.birth);
    const kinds: KindTracks[] = [];
    for (let start = 0, end = 0; start < tracks.length; start = end) {
      while (end < tracks.length && tracks[end]!.kind === tracks[start]!.kind) end++;
      kinds.push(this.#takeKind(tracks.slice(start, end)));
    }
    this.#tracks = [];
    this.#samplePositions = [];
    this.#sampleRows = [];
    this.#nextSamples = [];
    return kinds;
  }

  #takeKind(tracks: readonly Track[]): KindTracks {
    const { stride } = this.#layout.kinds[tracks[0]!.kind]!;
    const count = tracks.reduce((sum, track) => sum + track.sampleCount, 0);
    const positions = new Int32Array(count);
    const rows = new Int32Array(count * stride);
    let next = 0;
    for (const track of tracks) {
      let sample = track.firstSample;
      for (let s = 0; s < track.sampleCount; s++) {
        const row = this.#sampleRows[sample]!;
        for (let w = 0; w < stride; w++) rows[next * stride + w] = this.words[row + w]!;
        positions[next++] = this.#samplePositions[sample]!;
        sample = this.#nextSamples[sample]!;
      }
    }
    return {
      kind: tracks[0]!.kind,
      ids: Uint32Array.from(tracks, (track) => track.id),
      births: Int32Array.from(tracks, (track) => track.birth),
      spans: Int32Array.from(tracks, (track) => track.end - track.birth),
      sampleCounts: Int32Array.from(tracks, (track) => track.sampleCount),
      positions,
      rows,
    };
  }
}
