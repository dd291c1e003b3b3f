/** Time after which the frames of a block are forgotten but for its ends. */
const RECENT_MS = 5000;
/** Blocks that are kept at most, since times may stand still. */
const RECENT_BLOCKS = 64;

/** Frames of the last blocks, so that an event that comes late still finds its own. */
export class RecentBlocks {
  readonly #blocks: { readonly frames: Uint32Array; readonly timesMs: Float64Array }[] = [];

  /** Number of blocks. */
  get count(): number {
    return this.#blocks.length;
  }

  /** Adds a block that was written, and forgets those that ended 5 s before it began. */
  add(block: { readonly frames: Uint32Array; readonly timesMs: Float64Array }): void {
    this.#blocks.push({ frames: block.frames, timesMs: block.timesMs });
    const sinceMs = block.timesMs[0]! - RECENT_MS;
    const isOver = () =>
      this.#blocks.length > RECENT_BLOCKS || this.#blocks[0]!.timesMs.at(-1)! < sinceMs;
    while (isOver()) this.#blocks.shift();
  }

  /** All frames. */
  get frames(): number[] {
    return this.#blocks.flatMap(({ frames }) => [...frames]);
  }

  /** Their times in milliseconds. */
  get timesMs(): number[] {
    return this.#blocks.flatMap(({ timesMs }) => [...timesMs]);
  }
}
