import type { FrameRun } from "../block/frame_run.ts";

/** Time after which the frames of a block are forgotten but for its ends. */
const RECENT_MS = 5000;
/** Blocks that are kept at most, since times may stand still. */
const RECENT_BLOCKS = 64;

/** Frames of the last blocks, so that an event that comes late still finds its own. */
export class RecentBlocks {
  /** The blocks. */
  readonly blocks: FrameRun[] = [];

  /** Adds a block that is complete, and forgets those that ended 5 s before it began. */
  add(block: FrameRun): void {
    const { blocks } = this;
    blocks.push(block);
    const sinceMs = block.timesMs[0]! - RECENT_MS;
    while (blocks.length > RECENT_BLOCKS || lastTimeMs(blocks[0]!) < sinceMs) blocks.shift();
  }
}

function lastTimeMs({ timesMs }: FrameRun): number {
  return timesMs[timesMs.length - 1]!;
}
