import { lastIndex } from "../core/time/bisect.ts";
import type { Frame } from "../core/time/frame.ts";
import type { BlockSpan } from "./block/block_table.ts";
import { FrameAxis } from "./frame_axis.ts";

/** Frames that a recording leaves out, both ends included. */
interface FrameGap {
  readonly from: Frame;
  readonly to: Frame;
}

/** Finds the blocks of a recording by their frames and times. */
export class BlockIndex {
  /** All frames of the blocks. */
  readonly axis: FrameAxis;
  /** Number of frames. */
  frameCount: number;
  readonly #blocks: readonly BlockSpan[];
  /** Smallest time of each block and all after it: ascending, whatever the times do. */
  readonly #laterMinMs: Float64Array;
  readonly #lost = new Set<number>();

  /** Index of blocks in the order of their frames. */
  constructor(blocks: readonly BlockSpan[]) {
    this.#blocks = blocks;
    this.axis = new FrameAxis(blocks[0]?.firstFrame, blocks.at(-1)?.lastFrame);
    this.frameCount = blocks.reduce((sum, block) => sum + block.frameCount, 0);
    this.#laterMinMs = new Float64Array(blocks.length);
    let min = Infinity;
    for (let i = blocks.length - 1; i >= 0; i--) {
      min = Math.min(min, blocks[i]!.minTimeMs);
      this.#laterMinMs[i] = min;
    }
  }

  /** Leaves the frames of a block out. */
  lose(index: number): void {
    if (this.#lost.has(index)) return;
    this.#lost.add(index);
    this.frameCount -= this.#blocks[index]!.frameCount;
  }

  /** Time from the first to the last frame in milliseconds. */
  get durationMs(): number {
    return (this.#blocks.at(-1)?.lastTimeMs ?? 0) - (this.#blocks[0]?.firstTimeMs ?? 0);
  }

  /** Number of frames between the first and the last that no block has. */
  get missingFrames(): number {
    return this.#blocks.length === 0 ? 0 : this.axis.span + 1 - this.frameCount;
  }

  /** The block between whose ends a frame lies; -1 when there is none. */
  around(frame: Frame): number {
    const offset = this.axis.offsetOf(frame);
    const index = lastIndex(-1, this.#blocks.length - 1, (i) => {
      return this.axis.offsetOf(this.#blocks[i]!.firstFrame) <= offset;
    });
    const block = this.#blocks[index];
    return block !== undefined && this.axis.offsetOf(block.lastFrame) >= offset ? index : -1;
  }

  /** The last block with a frame whose time is at most `timeMs`; -1 when all are later. */
  lastStartedBy(timeMs: number): number {
    const times = this.#laterMinMs;
    return lastIndex(-1, times.length - 1, (i) => times[i]! <= timeMs);
  }

  /** The blocks that may have a frame of a range, both ends included. */
  *within(from: Frame, to: Frame): Generator<number, void, void> {
    const { axis } = this;
    const first = axis.offsetOf(from);
    const last = axis.offsetOf(to);
    for (let i = 0; i < this.#blocks.length; i++) {
      const { firstFrame, lastFrame } = this.#blocks[i]!;
      if (axis.offsetOf(firstFrame) > last) return;
      if (axis.offsetOf(lastFrame) >= first) yield i;
    }
  }

  /**
   * Runs of frames that no block has.
   *
   * @param framesOf frames of a block that lacks some of its own; not asked for the others
   */
  async *gaps(
    framesOf: (index: number) => Promise<Uint32Array>,
  ): AsyncGenerator<FrameGap, void, void> {
    const { first, last } = this.axis;
    if (first === undefined || last === undefined) return;
    let before = (first - 1) >>> 0;
    for (let i = 0; i < this.#blocks.length; i++) {
      const { firstFrame, lastFrame, frameCount } = this.#blocks[i]!;
      const hasGaps = ((lastFrame - firstFrame) >>> 0) + 1 !== frameCount;
      const frames = hasGaps ? await framesOf(i) : undefined;
      // That it cannot be read may show right here.
      if (this.#lost.has(i)) continue;
      yield* gapBetween(before, firstFrame);
      for (let f = 1; f < (frames?.length ?? 0); f++) {
        yield* gapBetween(frames![f - 1]!, frames![f]!);
      }
      before = lastFrame;
    }
    yield* gapBetween(before, (last + 1) >>> 0);
  }
}

function* gapBetween(before: Frame, next: Frame): Generator<FrameGap, void, void> {
  if (((next - before) >>> 0) > 1) yield { from: (before + 1) >>> 0, to: (next - 1) >>> 0 };
}
