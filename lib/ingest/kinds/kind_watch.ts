import { Binary32Facts } from "./binary32_facts.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import type { RowForm } from "../rows/flat_row.ts";
import { TextFacts } from "./text_facts.ts";

/** A field as far as it is watched. */
interface NamedField {
  readonly name: string;
  readonly category: ValueCategory;
}

interface WatchedField {
  readonly index: number;
  readonly facts: Binary32Facts | TextFacts;
}

/** Watches the values of a kind's fields for what they may be in disguise. */
export class KindWatch {
  readonly #fields: readonly NamedField[];
  readonly #all: readonly WatchedField[];
  /** Fields whose answer a later value can change. */
  #open: readonly WatchedField[];

  /**
   * Watch before the kind's first state.
   *
   * @param first values of the kind's first row, by field
   */
  constructor(fields: readonly NamedField[], first: readonly unknown[], form: RowForm) {
    this.#fields = fields;
    this.#all = fields.flatMap(({ category }, index) => {
      const facts = category === "number"
        ? new Binary32Facts()
        : category === "text"
        ? TextFacts.of(first[index] as string, form)
        : undefined;
      return facts === undefined ? [] : [{ index, facts }];
    });
    this.#open = this.#all;
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
    for (const { index, facts } of this.#all) yield [this.#fields[index]!.name, facts];
  }
}
