import { ByteReader } from "../../core/bytes/bytes.ts";
import { readBlockHead } from "../block/block_codec.ts";
import { type BlockEntry, type BlockSpan, spanOf } from "../block/block_table.ts";
import type { ChunkIndex, McapMessage } from "../container/mcap_records.ts";
import type { DamageLog } from "./damage_log.ts";

/** A block as a chunk has it. */
interface FoundBlock {
  readonly chunk: ChunkIndex;
  /** Byte of its message in the records of the chunk. */
  readonly at: number;
  readonly channel: number;
  readonly span: BlockSpan;
}

/** Blocks that can be read, as a recording has them. */
export interface KeptBlocks {
  readonly entries: readonly BlockEntry[];
  readonly chunks: readonly ChunkIndex[];
  readonly messageAts: readonly number[];
}

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
    this.#found.push({ chunk, at, channel, span });
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
    const entries: BlockEntry[] = [];
    const chunks: ChunkIndex[] = [];
    const messageAts: number[] = [];
    let frames = 0;
    for (const { chunk, at, channel, span } of this.#found) {
      const { offset, length } = chunk;
      const revision = revisionOf.get(channel);
      const before = entries.at(-1);
      const step = before === undefined ? 0 : (span.firstFrame - before.lastFrame) >>> 0;
      const end = frames + step + ((span.lastFrame - span.firstFrame) >>> 0);
      const refuse = (problem: string) =>
        log.add({ section: "block", offset, problem }, chunk, "blocks");
      if (revision === undefined) {
        refuse(`the revision of its schema cannot be read: ${refusal(channel) ?? "it is lost"}`);
      } else if (before !== undefined && (step === 0 || end > 0xffffffff)) {
        refuse(`frame ${span.firstFrame} does not follow frame ${before.lastFrame}`);
      } else if (before !== undefined && revision < before.revision) {
        refuse(`its revision is ${revision}, after ${before.revision}`);
      } else {
        frames = end;
        entries.push({ ...span, index: entries.length, offset, length, revision });
        chunks.push(chunk);
        messageAts.push(at);
      }
    }
    return { entries, chunks, messageAts };
  }
}
