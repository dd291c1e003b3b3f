import type { LostFrames } from "../contents/recording_damage.ts";
import type { BlockEntry } from "../block/block_table.ts";
import type { BlockTable } from "../block/block_table.ts";

/**
 * Frames that a block table has and no block; undefined where the table is of other blocks.
 *
 * @param blocks blocks that are read, in their order
 */
export function lostByTable(
  table: BlockTable,
  blocks: readonly BlockEntry[],
): LostFrames[] | undefined {
  const lost: LostFrames[] = [];
  let next = 0;
  let isAfterLost = false;
  for (let i = 0; i < table.firstFrames.length; i++) {
    const from = table.firstFrames[i]!;
    const to = (from + table.lengths[i]!) >>> 0;
    const frames = table.frameCounts[i]!;
    const block = blocks[next];
    const isRead = block?.firstFrame === from && block.lastFrame === to;
    if (isRead) next++;
    else {
      const known = { from, to, frames };
      const before = lost.at(-1);
      if (isAfterLost && before?.known !== undefined) {
        const more = { from: before.known.from, to, frames: before.known.frames + frames };
        lost[lost.length - 1] = { ...before, known: more };
      } else {
        lost.push({ known, after: blocks[next - 1]?.lastFrame, before: block?.firstFrame });
      }
    }
    isAfterLost = !isRead;
  }
  return next === blocks.length ? lost : undefined;
}

/**
 * Places between blocks at which frames may be lost: a fault lies there, and frames are missing.
 *
 * @param blocks blocks that are read, in their order
 * @param offsets bytes of the file at which blocks may have been
 */
export function lostByPlace(
  blocks: readonly BlockEntry[],
  offsets: readonly number[],
): LostFrames[] {
  const lost: LostFrames[] = [];
  const sorted = [...offsets].sort((a, b) => a - b);
  let next = 0;
  let last = -1;
  for (const offset of sorted) {
    while (next < blocks.length && blocks[next]!.offset < offset) next++;
    const after = blocks[next - 1]?.lastFrame;
    const before = blocks[next]?.firstFrame;
    const isNext = after !== undefined && before !== undefined && ((before - after) >>> 0) === 1;
    if (isNext || last === next) continue;
    last = next;
    lost.push({ known: undefined, after, before });
  }
  return lost;
}
