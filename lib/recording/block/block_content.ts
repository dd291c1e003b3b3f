import type { RowLayout } from "../../core/state/row_layout.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";

/**
 * Tracks of one kind in a block. A track is the life of one entity within the block, from the
 * frame of its spawn to that of its despawn; a sample is a row that holds until the next sample
 * of its track.
 */
export interface KindTracks {
  /** Index of the kind in the schema. */
  readonly kind: number;
  /** Entity of each track, ascending; an entity that came back has several, in order of time. */
  readonly ids: Uint32Array;
  /** Position in the block of each track's first frame. */
  readonly births: Int32Array;
  /** Number of frames of the block, 1 or more, that each track lasts. */
  readonly spans: Int32Array;
  /** Number of samples of each track, 1 or more. */
  readonly sampleCounts: Int32Array;
  /** Position in the block of each sample's frame, track after track. */
  readonly positions: Int32Array;
  /** Row of each sample, `stride` words each. */
  readonly rows: Int32Array;
}

/** What a block holds: the form between the rows of snapshots and the bytes of the file. */
export interface BlockContent {
  /** Frame at each position, in order, 1 to 4096 of them. */
  readonly frames: Uint32Array;
  /** Time of each frame in milliseconds. */
  readonly timesMs: Float64Array;
  /** Kinds that have tracks, in ascending order of their index. */
  readonly kinds: readonly KindTracks[];
}

/** Words of a row that hold the number of a text, counted from its start. */
export function textWords({ kind, wordOf }: RowLayout): number[] {
  return kind.fields.flatMap(({ type }, i) => type === "text" ? [wordOf[i]!] : []);
}

/** First sample of each track, and the number of all samples at the end. */
export function trackStarts(sampleCounts: Int32Array): Int32Array {
  const starts = new Int32Array(sampleCounts.length + 1);
  for (let t = 0; t < sampleCounts.length; t++) starts[t + 1] = starts[t]! + sampleCounts[t]!;
  return starts;
}

/** Layout of a kind by its index. @throws {RangeError} when the schema has no such kind */
export function kindLayout(layout: SnapshotLayout, kind: number): RowLayout {
  const row = layout.kinds[kind];
  if (row === undefined) {
    throw new RangeError(`Kind is ${kind}, the schema has ${layout.kinds.length}`);
  }
  return row;
}
