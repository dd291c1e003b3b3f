import type { DistinctBudget } from "./infer_distinct.ts";
import { NAMES_MAX } from "../core/state/schema.ts";

/** New texts below which a field is not judged: too few to tell. */
const NEW_MIN = 4;
/** New texts that tell even of a field that seldom changes; a set of names is mostly smaller. */
const NEW_SURE = 16;

/** Texts of a field, and whether they repeat: what tells a table of names from free text. */
export class TextRepetition {
  /** False once there were more texts than are kept. */
  isExact: boolean = true;
  /** Number of distinct texts; at least so many when that is not exact. */
  distinct: number = 0;
  #list: Set<string> = new Set();
  readonly #budget: DistinctBudget;
  #firstFrame: number | undefined;
  #comings = 0;
  #news = 0;

  /** No texts yet; the budget is in eights of characters. */
  constructor(budget: DistinctBudget) {
    this.#budget = budget;
  }

  /** True when the budget ended the count, and not the most that is listed. */
  get isCut(): boolean {
    return !this.isExact && this.distinct <= NAMES_MAX;
  }

  /** Distinct texts in the order of their first coming; empty when there were too many to keep. */
  get list(): ReadonlySet<string> {
    return this.#list;
  }

  /**
   * True when texts hardly repeat: of those that came after the first frame at least half were new,
   * and they were many, or came with at least every fourth state; or they are too many to list.
   *
   * @param states states seen with the field
   */
  isRare(states: number): boolean {
    if (!this.isExact) return true;
    const isMuch = this.#news >= NEW_SURE ||
      (this.#news >= NEW_MIN && this.#comings * 4 >= states);
    return isMuch && this.#news * 2 >= this.#comings;
  }

  /** Adds a text that an entity did not have in the frame before. */
  add(text: string, frame: number): void {
    const isNew = this.isExact && !this.#list.has(text);
    this.#firstFrame ??= frame;
    // What is there from the start says nothing about what comes.
    if (frame !== this.#firstFrame) {
      this.#comings++;
      if (isNew) this.#news++;
    }
    if (isNew) this.#keep(text);
  }

  #keep(text: string): void {
    this.distinct++;
    this.#budget.remaining -= 1 + (text.length >> 3);
    if (this.#list.size < NAMES_MAX && this.#budget.remaining >= 0) {
      this.#list.add(text);
      return;
    }
    this.isExact = false;
    for (const kept of this.#list) this.#budget.remaining += 1 + (kept.length >> 3);
    this.#budget.remaining += 1 + (text.length >> 3);
    this.#list = new Set();
  }
}
