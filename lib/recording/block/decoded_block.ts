import { lastIndex } from "../../core/time/bisect.ts";
import type { Frame } from "../../core/time/frame.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { Block } from "./block.ts";
import { trackStarts } from "./block_content.ts";
import type { BlockContent } from "./block_content.ts";

/** A block in memory: tracks of all kinds in one list, which is walked for each frame. */
export class DecodedBlock implements Block {
  /** Layout of the rows. */
  readonly layout: SnapshotLayout;
  /** Frame at each position. */
  readonly frames: Uint32Array;
  /** Time of each frame in milliseconds. */
  readonly timesMs: Float64Array;
  // Tracks of all kinds, by id and then by time.
  readonly #ids: Uint32Array;
  readonly #kinds: Uint16Array;
  readonly #births: Int32Array;
  readonly #ends: Int32Array;
  readonly #firsts: Int32Array;
  readonly #lasts: Int32Array;
  /** Sample that each track was read at last. */
  readonly #cursors: Int32Array;
  readonly #rows: Int32Array;
  readonly #positions: Int32Array;
  readonly #words: Int32Array;

  /**
   * Block of decoded content.
   *
   * @param layout layout of the rows in `content`
   * @throws {RangeError} when an entity would be there twice at a frame
   */
  constructor(content: BlockContent, layout: SnapshotLayout) {
    this.layout = layout;
    this.frames = content.frames;
    this.timesMs = content.timesMs;
    const order = tracksById(content);
    const count = order.length;
    this.#ids = new Uint32Array(count);
    this.#kinds = new Uint16Array(count);
    this.#births = new Int32Array(count);
    this.#ends = new Int32Array(count);
    this.#firsts = new Int32Array(count);
    this.#lasts = new Int32Array(count);
    this.#rows = new Int32Array(count);
    const samples = content.kinds.reduce((sum, kind) => sum + kind.positions.length, 0);
    const words = content.kinds.reduce((sum, kind) => sum + kind.rows.length, 0);
    this.#positions = new Int32Array(samples);
    this.#words = new Int32Array(words);
    const bases = placeKinds(content, this.#positions, this.#words);
    order.forEach(({ k, t }, i) => {
      const kind = content.kinds[k]!;
      const base = bases[k]!;
      this.#ids[i] = kind.ids[t]!;
      this.#kinds[i] = kind.kind;
      this.#births[i] = kind.births[t]!;
      this.#ends[i] = kind.births[t]! + kind.spans[t]!;
      this.#firsts[i] = base.sample + base.starts[t]!;
      this.#lasts[i] = base.sample + base.starts[t + 1]! - 1;
      this.#rows[i] = base.word + base.starts[t]! * layout.kinds[kind.kind]!.stride;
      if (i > 0 && this.#ids[i] === this.#ids[i - 1] && this.#births[i]! < this.#ends[i - 1]!) {
        throw new RangeError(`entity ${this.#ids[i]} is there twice at a frame`);
      }
    });
    this.#cursors = this.#firsts.slice();
  }

  /** Number of frames. */
  get frameCount(): number {
    return this.frames.length;
  }

  /** Position of a frame in the block, or -1. */
  find(frame: Frame): number {
    const { frames } = this;
    const first = frames[0]!;
    const wanted = (frame - first) >>> 0;
    const position = lastIndex(0, frames.length - 1, (i) => ((frames[i]! - first) >>> 0) <= wanted);
    return frames[position] === frame ? position : -1;
  }

  /** Fills a snapshot with the states of a frame. */
  read(position: number, into: Snapshot): Snapshot {
    if (!(position >= 0 && position < this.frames.length)) {
      throw new RangeError(`Position is ${position}, the block has ${this.frames.length} frames`);
    }
    if (into.layout !== this.layout) {
      throw new RangeError("The snapshot has another layout than the recording");
    }
    into.clear(this.frames[position]!, this.timesMs[position]!);
    const ids = this.#ids;
    const births = this.#births;
    const ends = this.#ends;
    for (let t = 0; t < ids.length; t++) {
      if (births[t]! > position || ends[t]! <= position) continue;
      const kind = this.#kinds[t]!;
      const { stride } = this.layout.kinds[kind]!;
      const row = this.#rows[t]! + (this.#seek(t, position) - this.#firsts[t]!) * stride;
      into.addRow(ids[t]!, kind, this.#words, row);
    }
    return into;
  }

  /** Newest sample of a track at a position. */
  #seek(track: number, position: number): number {
    const positions = this.#positions;
    const last = this.#lasts[track]!;
    let sample = this.#cursors[track]!;
    if (positions[sample]! > position) sample = this.#firsts[track]!;
    while (sample < last && positions[sample + 1]! <= position) sample++;
    this.#cursors[track] = sample;
    return sample;
  }
}

function tracksById(content: BlockContent): { k: number; t: number }[] {
  const order: { k: number; t: number }[] = [];
  content.kinds.forEach((kind, k) => kind.ids.forEach((_, t) => order.push({ k, t })));
  return order.sort((a, b) => {
    const one = content.kinds[a.k]!;
    const other = content.kinds[b.k]!;
    return one.ids[a.t]! - other.ids[b.t]! || one.births[a.t]! - other.births[b.t]!;
  });
}

function placeKinds(
  content: BlockContent,
  positions: Int32Array,
  words: Int32Array,
): { sample: number; word: number; starts: Int32Array }[] {
  let sample = 0;
  let word = 0;
  return content.kinds.map((kind) => {
    const base = { sample, word, starts: trackStarts(kind.sampleCounts) };
    positions.set(kind.positions, sample);
    words.set(kind.rows, word);
    sample += kind.positions.length;
    word += kind.rows.length;
    return base;
  });
}
