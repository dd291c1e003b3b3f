import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";
import type { ValueTable } from "../kinds/entity_values.ts";

/** Entities whose generation is remembered, those that were seen last. */
const KEPT_MAX = 2 ** 20;

/** Value of a field by which the holders of one id are told apart, as each entity had it last. */
export class Generations {
  readonly #field: string;
  #values = new Map<number, number | string>();
  /** Those of the session that was left for one whose first row is not taken. */
  #left: Map<number, number | string> | undefined;

  #isMet = false;

  /** None so far. @param field dotted name of the field */
  constructor(field: string) {
    this.#field = field;
  }

  /** Leaves the entities of a session, which are none of the next. */
  restart(): void {
    this.#left ??= this.#values;
    this.#values = new Map();
  }

  /** Stays with a session of which a row was taken. */
  settle(): void {
    this.#left = undefined;
  }

  /** Goes back to the session before, since no row of another was taken. */
  unsettle(): void {
    this.#values = this.#left ?? this.#values;
    this.#left = undefined;
  }

  /** Value in the row at hand of a table; undefined where it has none. */
  read(table: ValueTable, given: Uint8Array): number | string | undefined {
    const i = table.indexOf(this.#field);
    if (i === undefined || given[i] !== 1) return undefined;
    this.#isMet = true;
    const number = table.numbers[i]!;
    if (number !== number) return undefined;
    // A number with a text is one that a double cannot hold.
    const text = table.texts[i]!;
    return text !== "" || table.fields[i]!.category === "text" ? text : number;
  }

  /** True when an entity had another value. */
  isOther(entity: number, value: number | string | undefined): boolean {
    const before = this.#values.get(entity);
    return value !== undefined && before !== undefined && value !== before;
  }

  /** Remembers the value of an entity. */
  set(entity: number, value: number | string): void {
    if (this.#values.get(entity) === value) return;
    if (this.#values.size >= KEPT_MAX) {
      for (const oldest of this.#values.keys()) {
        this.#values.delete(oldest);
        break;
      }
    }
    this.#values.set(entity, value);
  }

  /** Note on a field that no row has; undefined where one has it. */
  note(): InputNote | undefined {
    if (this.#isMet) return undefined;
    return {
      code: "unused-generation-key",
      problem: `no row has ${excerpt(this.#field)}, so that no id comes to another entity by it`,
      remedy: remedy`give ${optionKey("generationKey")} a field as rows have it`,
    };
  }
}
