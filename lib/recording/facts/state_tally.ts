import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { DistinctBudget } from "../../schema/infer_distinct.ts";
import type { BlockContent } from "../block/block_content.ts";
import { finish, type Work } from "../queue/work.ts";
import { KindTally } from "./kind_tally.ts";
import { RecentWords } from "./recent_words.ts";
import type { StateFacts } from "./state_facts.ts";

/** Memory that counting may take. */
export interface FactsBudget {
  /** Distinct numbers that are kept at a time, 16 to 32 bytes each. */
  readonly numbers: number;
  /** Distinct texts that are kept at a time, in eights of characters. */
  readonly texts: number;
}

/** Collects what the states of a recording hold, block by block in the order of the frames. */
export class StateTally {
  /** False once memory did not suffice to count all that is to be counted. */
  isWhole = true;
  readonly #numbers: DistinctBudget;
  readonly #texts: DistinctBudget;
  readonly #kinds = new Map<string, KindTally>();
  readonly #recent = new RecentWords();
  #gaps = 0;
  #lastFrame: number | undefined;

  /** Nothing yet. */
  constructor({ numbers, texts }: FactsBudget) {
    this.#numbers = new DistinctBudget(numbers);
    this.#texts = new DistinctBudget(texts);
  }

  /** Adds a block. @param layout layout of its rows, of whatever revision */
  add(content: BlockContent, layout: SnapshotLayout): void {
    finish(this.addInSlices(content, layout));
  }

  /** As {@linkcode StateTally.add}, in slices. */
  *addInSlices({ frames, kinds }: BlockContent, layout: SnapshotLayout): Work {
    for (const frame of frames) {
      const step = this.#lastFrame === undefined ? 1 : (frame - this.#lastFrame) >>> 0;
      if (step > 1) this.#gaps++;
      this.#lastFrame = frame;
    }
    for (const tracks of kinds) {
      const rows = layout.kinds[tracks.kind]!;
      const { name } = rows.kind;
      let kind = this.#kinds.get(name);
      if (kind === undefined) {
        kind = new KindTally(name, this.#numbers, this.#texts);
        this.#kinds.set(name, kind);
      }
      yield* kind.add(tracks, rows, this.#recent);
      if (kind.isCut) this.isWhole = false;
    }
  }

  /** What was there. */
  facts(): StateFacts {
    return { gaps: this.#gaps, kinds: Array.from(this.#kinds.values(), (kind) => kind.facts()) };
  }
}
