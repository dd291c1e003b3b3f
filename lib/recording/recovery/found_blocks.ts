import { ByteReader } from "../../core/bytes/bytes.ts";
import { readBlockHead } from "../block/block_codec.ts";
import { type BlockEntry, type BlockSpan, spanOf } from "../block/block_table.ts";
import type { ChunkIndex, McapMessage } from "../container/mcap_records.ts";
import { checksum } from "../container/zstd.ts";
import type { DamageLog } from "./damage_log.ts";
import { longestChain } from "./longest_chain.ts";

/** A block as a chunk has it. */
interface FoundBlock {
  readonly chunk: ChunkIndex;
  /** Byte of its message in the records of the chunk. */
  readonly at: number;
  readonly channel: number;
  readonly span: BlockSpan;
  /** CRC-32 of its data. */
  readonly crc: number;
}

/** Blocks that can be read, as a recording has them. */
export interface KeptBlocks {
  readonly entries: readonly BlockEntry[];
  readonly chunks: readonly ChunkIndex[];
  readonly messageAts: readonly number[];
}

/** Section of the fault that something is which is there twice. */
export const DUPLICATE = "duplicate";

/** Blocks as they are found, of which those count that go forward. */
export class FoundBlocks {
  readonly #found: FoundBlock[] = [];

  /** Number of blocks. */
  get count(): number {
    return this.#found.length;
  }

  /** Takes a block of a chunk. @throws {ByteSyntaxError} when it does not begin as one */
  add(chunk: ChunkIndex, at: number, { channel, data }: McapMessage): void {
    const span = spanOf(readBlockHead(new ByteReader(data)));
    this.#found.push({ chunk, at, channel, span, crc: checksum(data) });
  }

  /**
   * Blocks whose revision is known and that follow each other: frames go forward and around 2^32 at
   * most once, revisions do not go back.
   *
   * @param revisions channel of each revision
   * @param refusal why a channel is not known
   */
  keep(
    revisions: readonly number[],
    refusal: (channel: number) => string | undefined,
    log: DamageLog,
  ): KeptBlocks {
    const revisionOf = new Map(revisions.map((channel, revision) => [channel, revision]));
    const known: RevisedBlock[] = [];
    for (const block of this.#found) {
      const revision = revisionOf.get(block.channel);
      if (revision !== undefined) known.push({ ...block, revision });
      else {
        const why = refusal(block.channel) ?? "it is lost";
        refuse(block, `the revision of its schema cannot be read: ${why}`, log);
      }
    }
    const { kept, refused } = sequence(known);
    const copies = new Set(kept.map(contentOf));
    for (const { block, problem } of refused) {
      const { chunk, span: { firstFrame, lastFrame } } = block;
      if (!copies.has(contentOf(block))) refuse(block, problem, log);
      else {
        const again = `frames ${firstFrame} to ${lastFrame} stand elsewhere as well`;
        log.add({ section: DUPLICATE, offset: chunk.offset, problem: again }, chunk, "nothing");
      }
    }
    return {
      entries: kept.map(({ chunk: { offset, length }, revision, span }, index) => {
        return { ...span, index, offset, length, revision };
      }),
      chunks: kept.map(({ chunk }) => chunk),
      messageAts: kept.map(({ at }) => at),
    };
  }
}

interface RevisedBlock extends FoundBlock {
  readonly revision: number;
}

/** Blocks of which each follows the one before, and the others with what is wrong. */
interface Sequence {
  readonly kept: readonly RevisedBlock[];
  readonly refused: readonly { readonly block: RevisedBlock; readonly problem: string }[];
}

/** Blocks that follow each other: as they come, or where that keeps more, without those ahead. */
function sequence(blocks: readonly RevisedBlock[]): Sequence {
  const asTheyCome = following(blocks);
  if (asTheyCome.refused.length === 0) return asTheyCome;
  const origin = blocks[0]!.span.firstFrame;
  const runs = blocks.map(({ span: { firstFrame, frameCount, lastFrame } }) => {
    const first = (firstFrame - origin) | 0;
    return { first, last: first + ((lastFrame - firstFrame) >>> 0), frames: frameCount };
  });
  const chain = new Set(longestChain(runs).map((index) => blocks[index]!));
  const chained = following(blocks.filter((block) => chain.has(block)));
  if (framesOf(chained) <= framesOf(asTheyCome)) return asTheyCome;
  const problem = "it does not lie in the order of frames";
  const others = blocks.filter((block) => !chain.has(block)).map((block) => ({ block, problem }));
  return { kept: chained.kept, refused: [...chained.refused, ...others] };
}

function following(blocks: readonly RevisedBlock[]): Sequence {
  const kept: RevisedBlock[] = [];
  const refused: { block: RevisedBlock; problem: string }[] = [];
  let frames = 0;
  for (const block of blocks) {
    const { revision, span } = block;
    const before = kept.at(-1);
    const step = before === undefined ? 0 : (span.firstFrame - before.span.lastFrame) >>> 0;
    const end = frames + step + ((span.lastFrame - span.firstFrame) >>> 0);
    if (before !== undefined && (step === 0 || end > 0xffffffff)) {
      const problem = `frame ${span.firstFrame} does not follow frame ${before.span.lastFrame}`;
      refused.push({ block, problem });
    } else if (before !== undefined && revision < before.revision) {
      refused.push({ block, problem: `its revision is ${revision}, after ${before.revision}` });
    } else {
      frames = end;
      kept.push(block);
    }
  }
  return { kept, refused };
}

function framesOf({ kept }: Sequence): number {
  return kept.reduce((sum, { span }) => sum + span.frameCount, 0);
}

/** What two blocks that hold the same have in common. */
function contentOf({ channel, crc, span }: FoundBlock): string {
  return `${channel} ${span.firstFrame} ${span.lastFrame} ${crc}`;
}

function refuse({ chunk }: FoundBlock, problem: string, log: DamageLog): void {
  log.add({ section: "block", offset: chunk.offset, problem }, chunk, "blocks");
}
