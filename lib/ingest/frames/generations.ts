import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";
import type { ValueTable } from "../kinds/entity_values.ts";
import { SessionValue } from "./session_value.ts";

/** Entities whose generation is remembered, those that were seen last. */
const KEPT_MAX = 2 ** 20;

/** Value of a field by which the holders of one id are told apart, as each entity had it last. */
export class Generations {
  readonly #field: string;
  /** Values of the entities of a session, which are none of the next. */
  readonly values = new SessionValue(new Map<number, number | string>());

  #isMet = false;

  /** None so far. @param field dotted name of the field */
  constructor(field: string) {
    this.#field = field;
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
    const before = this.values.current.get(entity);
    return value !== undefined && before !== undefined && value !== before;
  }

  /** Remembers the value of an entity. */
  set(entity: number, value: number | string): void {
    if (this.values.current.get(entity) === value) return;
    if (this.values.current.size >= KEPT_MAX) {
      for (const oldest of this.values.current.keys()) {
        this.values.current.delete(oldest);
        break;
      }
    }
    this.values.current.set(entity, value);
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
