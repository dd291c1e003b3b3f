import { isSurelyExact, mayUnderflow } from "../rows/exact_number.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import { detached } from "./text_copies.ts";
import type { PlacedRow } from "./placed_containers.ts";
import type { KindShapes } from "./shape_facts.ts";
import type { TableRules } from "./table_rules.ts";

const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
// One separator throughout: "(0,5, -1,0)" is two numbers with a decimal comma, or none.
const VECTOR = new RegExp(`^\\((?:${NUMBER}(?:, ${NUMBER})+|${NUMBER}(?:,${NUMBER})+)\\)$`);
const LENGTH_MAX = 256;

/** A field of texts such as `(0.5, -1, 2)`. */
interface VectorField {
  /** The first of them. */
  readonly example: string;
  /** Fields of its numbers. */
  readonly places: readonly number[];
}

/** Table that takes the numbers. */
interface GrowingTable {
  readonly isDeclared: boolean;
  indexOf(name: string): number | undefined;
  grow(row: PlacedRow, name: string, category: ValueCategory, first?: unknown): number;
  putNumber(i: number, value: number, row: PlacedRow, given: Uint8Array): void;
  end(prefix: string, given: Uint8Array): boolean;
}

/** Numbers of a text such as `(0.5, -1, 2)`, as engines print vectors; undefined for other texts. */
export function vectorOf(text: string): number[] | undefined {
  if (text.charCodeAt(0) !== 0x28 || text.length > LENGTH_MAX || !VECTOR.test(text)) {
    return undefined;
  }
  if (mayUnderflow(text)) return undefined;
  const numbers = text.slice(1, -1).split(",").map(Number);
  return numbers.every(isSurelyExact) ? numbers : undefined;
}

/** The fields of a kind whose texts are vectors: `at` is held as `at.0`, `at.1` and so on. */
export class TextVectors {
  readonly #table: GrowingTable;
  readonly #shapes: KindShapes;
  readonly #rules: TableRules;
  readonly #fields = new Map<string, VectorField>();

  /** Of a table. */
  constructor(table: GrowingTable, shapes: KindShapes, rules: TableRules) {
    this.#table = table;
    this.#shapes = shapes;
    this.#rules = rules;
  }

  /** Names of the fields, with a text of each. */
  *examples(): Generator<readonly [name: string, example: string], void, void> {
    for (const [name, { example }] of this.#fields) yield [name, example];
  }

  /** Fields of the numbers of a vector; undefined when the name is that of none. */
  placesOf(name: string): readonly number[] | undefined {
    return this.#fields.get(name)?.places;
  }

  /**
   * Puts the numbers of a text of which no field has the name.
   *
   * @returns false when it is no vector of the field, whose values are texts then
   * @throws {RowFault} where a number does not fit
   */
  place(row: PlacedRow, name: string, text: string, given: Uint8Array): boolean {
    const known = this.#fields.get(name);
    const numbers = vectorOf(text);
    if (known !== undefined && numbers?.length !== known.places.length) {
      this.#forget(name, known);
      if (this.#rules.isSparse) this.#table.end(`${name}.`, given);
      return false;
    }
    if (numbers === undefined) return false;
    const places = known?.places ?? this.#define(row, name, text, numbers.length);
    if (places === undefined) return false;
    for (let i = 0; i < numbers.length; i++) {
      this.#table.putNumber(places[i]!, numbers[i]!, row, given);
    }
    return true;
  }

  #define(
    row: PlacedRow,
    name: string,
    text: string,
    length: number,
  ): readonly number[] | undefined {
    if (this.#shapes.texts.has(name)) return undefined;
    const table = this.#table;
    const names = Array.from({ length }, (_, i) => `${name}.${i}`);
    const isWhole = names.every((part) => table.indexOf(part) !== undefined) &&
      table.indexOf(`${name}.${length}`) === undefined;
    if (table.isDeclared && !isWhole) return undefined;
    const places = names.map((part) => table.indexOf(part) ?? table.grow(row, part, "number"));
    this.#fields.set(detached(name), { example: detached(text), places });
    this.#rules.undo.add(() => this.#fields.delete(name));
    return places;
  }

  #forget(name: string, known: VectorField): void {
    const { undo, facts } = this.#rules;
    this.#fields.delete(name);
    undo.add(() => this.#fields.set(name, known));
    undo.add(facts.addLate(this.#shapes.texts, name));
  }
}
