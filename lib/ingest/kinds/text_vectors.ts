import { BlankCells } from "../texts/blank_cells.ts";
import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import { mayBeVector, readVectorText, type VectorText } from "../../core/vector_text.ts";
import type { ValueCategory } from "../../schema/value_category.ts";
import { excerpt } from "../input/excerpt.ts";
import { isSurelyExact, mayUnderflow } from "../rows/exact_number.ts";
import { clash, type RowForm } from "../rows/flat_row.ts";
import { refuseMissing } from "./kind_faults.ts";
import type { TableField } from "./field_check.ts";
import type { RowOutline } from "./placed_containers.ts";
import type { KindShapes, OtherText } from "./shape_facts.ts";
import type { TableRules } from "./table_rules.ts";
import { detached } from "../texts/text_copies.ts";

/** A field of texts such as `(0.5, -1, 2)`. */
export interface VectorField {
  /** The first of them. */
  readonly example: string;
  /** Names of its numbers, joined by commas. */
  readonly names: string;
  /** Fields of its numbers. */
  readonly places: readonly number[];
  /** Texts that were taken for numbers. */
  count: number;
}

/** Texts of a field that lack a number, with the first of them. */
export interface BlankTexts extends OtherText {
  /** How many there are. */
  readonly count: number;
}

/** A field of texts some of which are vectors. */
export interface MixedTexts {
  /** Name of the field. */
  readonly name: string;
  /** Values that are vectors, of all values. */
  readonly vectors: number;
  readonly values: number;
  /** One that is, and the first that is not. */
  readonly example: string;
  readonly other: OtherText;
  /** True when those before that one were taken for numbers. */
  readonly hadNumbers: boolean;
}

/** Texts of a field that is none of numbers. */
interface TextCount {
  values: number;
  vectors: number;
  /** The first vector. */
  example: string;
  names: string;
}

/** Table that takes the numbers. */
interface GrowingTable {
  readonly name: string;
  readonly isDeclared: boolean;
  readonly fields: readonly TableField[];
  readonly textPlaces: readonly number[];
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
  indexOf(name: string): number | undefined;
  grow(row: RowOutline, name: string, category: ValueCategory, first?: unknown): number;
  putNumber(i: number, value: number, row: RowOutline, given: Uint8Array): void;
  end(prefix: string, given: Uint8Array, isEnded?: (rest: string) => boolean): boolean;
}

/**
 * Numbers of a text such as `(0.5, -1, 2)` or `X=0.5 Y=-1`, as engines print vectors; undefined for
 * other texts, and where a double holds another number than it spells.
 */
export function vectorOf(text: string): VectorText | undefined {
  const vector = readVectorText(text);
  if (vector === undefined || mayUnderflow(text)) return undefined;
  const isExact = vector.numbers.every((n) => isSurelyExact(n) || !Number.isFinite(n));
  return isExact ? vector : undefined;
}

/**
 * The fields of a kind whose texts are vectors: `at` is held as `at.0`, `at.1` and so on, or as
 * `at.X` where its numbers have names. One that is not finite is absent.
 */
export class TextVectors {
  /** Cells that say that there is no number. */
  readonly cells: BlankCells;
  /** Texts of JSON that say that a number is not finite. */
  readonly words: BlankCells;
  readonly #table: GrowingTable;
  readonly #shapes: KindShapes;
  readonly #rules: TableRules;
  readonly #fields = new Map<string, VectorField>();
  readonly #blanks = new Map<string, BlankTexts>();
  /** Fields that were numbers until another text came. */
  readonly #former = new Map<string, VectorField>();
  readonly #counts = new Array<TextCount | undefined>(MASK_FIELDS_MAX).fill(undefined);

  /** Of a table. */
  constructor(table: GrowingTable, shapes: KindShapes, rules: TableRules) {
    this.#table = table;
    this.#shapes = shapes;
    this.cells = new BlankCells(shapes, rules);
    this.words = new BlankCells(shapes, rules, "values");
    this.#rules = rules;
  }

  /** The fields. */
  get fields(): Iterable<readonly [name: string, field: VectorField]> {
    return this.#fields;
  }

  /** Fields of which some texts lack numbers. */
  get blanks(): Iterable<readonly [name: string, blanks: BlankTexts]> {
    return this.#blanks;
  }

  /** Fields that are texts, although many of those are vectors. */
  *mixed(): Generator<MixedTexts, void, void> {
    for (let i = 0; i < this.#table.fields.length; i++) {
      const { name, category } = this.#table.fields[i]!;
      const other = this.#shapes.others.get(name);
      if (category !== "text" || other === undefined) continue;
      const former = this.#former.get(name);
      const count = this.#counts[i];
      const before = former?.count ?? 0;
      const vectors = before + (count?.vectors ?? 0);
      const values = before + (count?.values ?? 0);
      if (vectors === 0 || (former === undefined && vectors * 2 < values)) continue;
      const hadNumbers = former !== undefined;
      yield {
        name,
        vectors,
        values,
        example: former?.example ?? count!.example,
        other,
        hadNumbers,
      };
    }
  }

  /** Fields of the numbers of a vector; undefined when the name is that of none. */
  fieldOf(name: string): VectorField | undefined {
    return this.#fields.get(name);
  }

  /**
   * Puts the numbers of a text of which no field has the name.
   *
   * @returns false when it is no vector of the field, whose values are texts then
   * @throws {RowFault} where a number does not fit
   */
  place(row: RowOutline, name: string, text: string, given: Uint8Array): boolean {
    if (this.blanksOf(row.form).isFirst(name, text, row.line)) return true;
    const known = this.#fields.get(name);
    const vector = vectorOf(text);
    if (known !== undefined && vector?.names !== known.names) {
      this.#forget(name, known);
      if (this.#rules.isSparse) this.#table.end(`${name}.`, given);
      return this.#leave(row, name, text);
    }
    if (vector === undefined) return this.#leave(row, name, text);
    const field = known ?? this.#define(row, name, text, vector.names);
    if (field === undefined) return this.#leave(row, name);
    const { numbers } = vector;
    let finite = 0;
    for (let i = 0; i < numbers.length; i++) {
      const place = field.places[i]!;
      if (Number.isFinite(numbers[i])) {
        this.#table.putNumber(place, numbers[i]!, row, given);
        finite++;
      } else this.#putAbsent(place, row, given);
    }
    if (finite === 0) field.count++;
    if (finite < numbers.length) this.#addBlank(row, name, text);
    return true;
  }

  /** Counts the vectors of a row that was placed. @param given which fields it has */
  count(given: Uint8Array): void {
    const { textPlaces, numbers, texts } = this.#table;
    if (this.#fields.size > 0) {
      for (const field of this.#fields.values()) {
        const isGiven = field.places.some((i) => given[i] !== 0 && !Number.isNaN(numbers[i]));
        if (isGiven) field.count++;
      }
    }
    for (let t = 0; t < textPlaces.length; t++) {
      const i = textPlaces[t]!;
      const number = numbers[i]!;
      if (given[i] === 0 || number !== number) continue;
      const count = this.#counts[i];
      if (count === undefined) continue;
      count.values++;
      if (mayBeVector(texts[i]!)) countVector(count, texts[i]!);
    }
  }

  /** Takes back what rows from here on are counted by. */
  held(): () => void {
    const fields = [...this.#fields.values()].map((field) => [field, field.count] as const);
    const texts = this.#table.textPlaces.map((i) => {
      const count = this.#counts[i];
      return [i, count && { ...count }] as const;
    });
    return () => {
      for (const [field, count] of fields) field.count = count;
      for (const [i, count] of texts) this.#counts[i] = count;
    };
  }

  /** Texts that say that there is no number, of rows of a form. */
  blanksOf(form: RowForm): BlankCells {
    return form === "cells" ? this.cells : this.words;
  }

  /** Leaves a text to the field of texts that it begins. @param other it, where it is no vector */
  #leave({ line }: RowOutline, name: string, other?: string): false {
    const { undo, watch } = this.#rules;
    const { isDeclared, fields } = this.#table;
    if (isDeclared || watch === undefined) return false;
    this.#counts[fields.length] = { values: 0, vectors: 0, example: "", names: "" };
    const { others } = this.#shapes;
    if (other === undefined || others.has(name)) return false;
    const key = detached(name);
    others.set(key, { text: detached(excerpt(other)), line });
    undo.add(() => others.delete(key));
    return false;
  }

  #define(row: RowOutline, name: string, text: string, names: string): VectorField | undefined {
    if (this.#shapes.texts.has(name)) return undefined;
    const table = this.#table;
    const own = names.split(",");
    const parts = own.map((part) => `${name}.${part}`);
    const isWhole = parts.every((part) => table.indexOf(part) !== undefined) &&
      table.indexOf(`${name}.${own.length}`) === undefined;
    if (table.isDeclared && !isWhole) return undefined;
    const places = parts.map((part) => table.indexOf(part) ?? table.grow(row, part, "number"));
    const field = { example: detached(text), names, places, count: 0 };
    const key = detached(name);
    this.#fields.set(key, field);
    this.#rules.undo.add(() => this.#fields.delete(key));
    return field;
  }

  #forget(name: string, known: VectorField): void {
    const { undo, facts } = this.#rules;
    this.#fields.delete(name);
    this.#former.set(name, known);
    undo.add(() => {
      this.#former.delete(name);
      this.#fields.set(name, known);
    });
    undo.add(facts.addLate(this.#shapes.texts, name));
  }

  #putAbsent(i: number, row: RowOutline, given: Uint8Array): void {
    const table = this.#table;
    const { name } = table.fields[i]!;
    if (given[i] !== 0) throw clash(row.path(name), name);
    if (!table.end(name, given, (rest) => rest === "")) refuseMissing(table, name, "dense");
  }

  #addBlank({ line }: RowOutline, name: string, text: string): void {
    const blanks = this.#blanks;
    const before = blanks.get(name);
    const first = before ?? { text: detached(excerpt(text)), line };
    const key = before === undefined ? detached(name) : name;
    blanks.set(key, { ...first, count: (before?.count ?? 0) + 1 });
    this.#rules.undo.add(() => before ? blanks.set(key, before) : blanks.delete(key));
  }
}

function countVector(count: TextCount, text: string): void {
  const names = vectorOf(text)?.names;
  if (names === undefined) return;
  if (count.vectors === 0) {
    count.names = names;
    count.example = detached(text);
  }
  if (names === count.names) count.vectors++;
}
