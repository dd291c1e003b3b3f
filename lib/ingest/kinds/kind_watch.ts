import { Binary32Facts } from "./binary32_facts.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import type { RowForm } from "../rows/flat_row.ts";
import { TextFacts } from "./text_facts.ts";

interface WatchedField {
  readonly index: number;
  readonly name: string;
  readonly facts: Binary32Facts | TextFacts;
}

/** Watches the values of a kind's fields for what they may be in disguise. */
export class KindWatch {
  readonly #all: WatchedField[] = [];
  /** Fields whose answer a later value can change. */
  #open: readonly WatchedField[] = [];
  readonly #budget: { left: number };

  /** Watch before the kind's first state. @param budget fields that may still be watched, in all */
  constructor(budget: { left: number }) {
    this.#budget = budget;
  }

  /**
   * Watches a field more; none above the budget, since each costs memory.
   *
   * @param first its first value
   */
  addField(
    index: number,
    name: string,
    category: ValueCategory,
    first: unknown,
    form: RowForm,
  ): void {
    const facts = category === "number"
      ? new Binary32Facts()
      : category === "text"
      ? TextFacts.of(first as string, form)
      : undefined;
    if (facts === undefined || this.#budget.left <= 0) return;
    this.#budget.left--;
    const field = { index, name, facts };
    this.#all.push(field);
    this.#open = [...this.#open, field];
  }

  /** Takes back the watch over a field that came last. */
  drop(index: number): void {
    if (this.#all.at(-1)?.index !== index) return;
    this.#all.pop();
    this.#open = this.#open.filter((field) => field.index !== index);
    this.#budget.left++;
  }

  /** Adds the values of a state, as its table has them. */
  add(numbers: Float64Array, texts: readonly string[]): void {
    const open = this.#open;
    let settled: Set<WatchedField> | undefined;
    for (let i = 0; i < open.length; i++) {
      const { index, facts } = open[i]!;
      const number = numbers[index]!;
      if (number !== number) continue;
      const isOpen = facts instanceof Binary32Facts ? facts.add(number) : facts.add(texts[index]!);
      if (!isOpen) (settled ??= new Set()).add(open[i]!);
    }
    if (settled !== undefined) this.#open = open.filter((field) => !settled.has(field));
  }

  /** Facts of every field that was watched, with its name. */
  *facts(): Generator<readonly [name: string, Binary32Facts | TextFacts], void, void> {
    for (const { name, facts } of this.#all) yield [name, facts];
  }
}
