import { checksum } from "../container/zstd.ts";
import type { ChunkIndex } from "../container/mcap_records.ts";

/** Events of a chunk that equals an earlier one. */
export interface RepeatedEvents {
  readonly chunk: ChunkIndex;
  /** Number of its events by name. */
  readonly counts: ReadonlyMap<string, number>;
  /** True when blocks lie between the two. */
  readonly isApart: boolean;
}

/** Chunks as they were met, by which one is known that is there again. */
export class MetChunks {
  /** Number of blocks that were met before each chunk, by what it holds. */
  readonly #blocks = new Map<string, number>();

  /**
   * Takes a chunk.
   *
   * @param blocks number of blocks that were met before
   * @returns number of blocks that were met before one that held the same; undefined for the first
   */
  add(raw: Uint8Array, blocks: number): number | undefined {
    const key = `${raw.length} ${checksum(raw)}`;
    const before = this.#blocks.get(key);
    if (before === undefined) this.#blocks.set(key, blocks);
    return before;
  }
}

/**
 * Chunks whose events are there twice, among those that equal an earlier one: such a chunk may be
 * what was written, as of a world that stands still. The number of events tells, where it is known;
 * else that frames lie between.
 *
 * @param found number of events by name, of all chunks; those that are there twice are taken off
 * @param expected number of events by name that the writer counted
 */
export function takeRepeated(
  repeats: readonly RepeatedEvents[],
  found: Map<string, number>,
  expected: ReadonlyMap<string, number> | undefined,
): ChunkIndex[] {
  const taken: ChunkIndex[] = [];
  for (const { chunk, counts, isApart } of repeats) {
    const isTooMany = expected === undefined
      ? isApart
      : [...counts].every(([name, count]) => found.get(name)! - count >= (expected.get(name) ?? 0));
    if (!isTooMany) continue;
    taken.push(chunk);
    for (const [name, count] of counts) {
      const rest = found.get(name)! - count;
      if (rest > 0) found.set(name, rest);
      else found.delete(name);
    }
  }
  return taken;
}
