import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import { RowLayout } from "../../core/state/row_layout.ts";
import type { FieldValue, Kind } from "../../core/state/schema.ts";
import { closedKind } from "../../schema/open_enum.ts";
import { isTextual, type ValueCategory } from "../../schema/value_category.ts";
import type { Density } from "../input/density.ts";
import { clash, type FlatRow } from "../rows/flat_row.ts";
import { FieldCheck, type KindRules, type TableField } from "./field_check.ts";
import { FieldMarks } from "./field_marks.ts";
import { type EntityValues, valueOf, type ValueTable } from "./entity_values.ts";
import { refuseExtra, refuseFieldCount, refuseLongName, refuseMissing } from "./kind_faults.ts";
import type { KindWatch } from "./kind_watch.ts";
import { PlacedContainers, type RowOutline } from "./placed_containers.ts";
import { categoryByFacts, categoryOfValue, declaredField, rowField } from "./table_fields.ts";
import type { TableRules } from "./table_rules.ts";
import { TextVectors } from "./text_vectors.ts";
import { Variants } from "./variants.ts";

/** Numbers of a row that are no fields, behind the places of the fields. */
export const HEAD_NUMBERS = 3;
/** Fields by which the room in entities grows, so that few of them move. */
const ROOM_STEP = 4;
/** Integers from here on are held by their digits. */
const EXACT_BELOW = 2n ** 53n;

/**
 * Field set of one kind: checks rows against it, and has the values of the row at hand in the order
 * of its fields. Unless a schema declares it, a row may bring new fields, and lack any.
 */
export class KindTable implements ValueTable {
  /** Name of the kind. */
  readonly name: string;
  /** Watches the values for notes; undefined when nobody asked for notes. */
  readonly watch: KindWatch | undefined;
  /** The fields. */
  readonly fields: TableField[] = [];
  /** Indexes of the fields that are texts, ascending. */
  readonly textPlaces: number[] = [];
  /** 1 for a field that has texts. */
  readonly hasText: Uint8Array = new Uint8Array(MASK_FIELDS_MAX);
  /** Values of the row at hand; behind them is room for numbers of it that are no fields. */
  readonly numbers: Float64Array = new Float64Array(MASK_FIELDS_MAX + HEAD_NUMBERS).fill(NaN);
  /** Its texts; empty where there is none. */
  readonly texts: string[] = new Array<string>(MASK_FIELDS_MAX).fill("");
  /** Fields that entities have to have room for, at least one. */
  room = 1;
  /** Another number whenever fields come, go, or change. */
  version = 0;
  /** Entities that began, some of them again. */
  entities = 0;
  /** True when a schema says what the fields are. */
  readonly isDeclared: boolean;
  /** Lists and empty objects of its rows. */
  readonly containers: PlacedContainers;
  /** Texts that are vectors. */
  readonly vectors: TextVectors;
  /** What ends what in sparse rows. */
  readonly variants: Variants;
  readonly #rules: KindRules;
  readonly #shared: TableRules;
  readonly #checks: FieldCheck[] = [];
  readonly #indexes = new Map<string, number>();
  /** Which fields the row has, absent ones included. */
  readonly #given = new Uint8Array(MASK_FIELDS_MAX);
  /** What its rows told of the fields beside their values. */
  readonly marks: FieldMarks;
  #rows = 0;
  /** False once a field of the row at hand was made absent. */
  #isWhole = true;

  /** Table of a kind. @param declared its kind of a schema; undefined without a schema */
  constructor(name: string, shared: TableRules, declared?: Kind) {
    this.name = name;
    this.isDeclared = declared !== undefined;
    this.watch = this.isDeclared ? undefined : shared.watch?.();
    // An enum without values is open: it has nothing to check against.
    const layout = declared && new RowLayout(closedKind(declared));
    this.#rules = {
      kind: name,
      budget: shared.budget,
      copies: shared.copies,
      blanks: (form) => this.vectors.blanksOf(form),
      widen: (i) => this.#widen(i),
      renumber: (i, value) => this.#renumber(i, value),
      isOnce: shared.facts.isOnce,
      layout,
      scratch: new Int32Array(layout?.stride ?? 0),
    };
    this.#shared = shared;
    this.marks = new FieldMarks(shared.undo);
    const shapes = shared.facts.of(name);
    this.containers = new PlacedContainers(this, shapes, shared);
    this.vectors = new TextVectors(this, shapes, shared);
    this.variants = new Variants(this, shapes, shared);
    for (const field of declared?.fields ?? []) this.#add(declaredField(field));
  }

  /** Index of a field; undefined when there is none of the name. */
  indexOf(name: string): number | undefined {
    return this.#indexes.get(name);
  }

  /**
   * Takes the values of a row.
   *
   * @returns which fields the row has, valid until the next row
   * @throws {RowFault} when the row does not fit
   */
  place(row: FlatRow): Uint8Array {
    const { names, count } = row;
    const { fields } = this;
    const given = this.#given.fill(0);
    for (let r = 0; r < count; r++) {
      const name = names[r]!;
      // Rows of a stream mostly have their keys in the same order.
      let i = r;
      if (r >= fields.length || fields[r]!.name !== name) {
        i = this.#indexes.get(name) ?? this.#placeNew(row, r, given);
        if (i < 0) continue;
      }
      if (given[i] !== 0) throw clash(row.path(name), name);
      const value = this.#checks[i]!.read(row, r);
      given[i] = 1;
      if (value === null) this.clear(i);
      else this.#put(i, value);
    }
    this.containers.place(row, given);
    this.variants.end(names, count, row.containers, given);
    return given;
  }

  /**
   * True when the values that were put in by others fit the fields, as those of a row that is taken
   * do; false where the row has to be looked at as a whole.
   */
  admits(given: Uint8Array): boolean {
    if (!this.isDeclared) return true;
    for (let i = 0; i < this.fields.length; i++) {
      const number = this.numbers[i]!;
      if (given[i] === 0 || number !== number) continue;
      const value = valueOf(this.fields[i]!.category, number, this.texts[i]!);
      const kept = this.#checks[i]!.kept(value);
      if (kept === undefined) return false;
      if (kept !== value) this.#put(i, kept);
    }
    return true;
  }

  /** Makes a field of the row at hand absent. */
  clear(i: number): void {
    this.#isWhole = false;
    this.numbers[i] = NaN;
    this.texts[i] = "";
  }

  /** Puts a number that the row says in another way. @throws {RowFault} where it does not fit */
  putNumber(i: number, value: number, row: RowOutline, given: Uint8Array): void {
    if (given[i] !== 0) throw clash(row.path(this.fields[i]!.name), this.fields[i]!.name);
    this.#put(i, this.#checks[i]!.takeNumber(value, row));
    given[i] = 1;
  }

  /**
   * Completes the row at hand by what it lacks.
   *
   * @param given which fields it has
   * @param before the same entity as it was at the frame before, of this kind
   * @param density sparse when a field that the row lacks keeps its value of `before`
   * @returns true when it changes nothing
   * @throws {RowFault} when it lacks what it has to have
   */
  complete(given: Uint8Array, before: EntityValues | undefined, density: Density): boolean {
    before?.fit();
    for (let i = 0, count = this.fields.length; i < count; i++) {
      if (given[i] !== 0) continue;
      this.clear(i);
      if (density === "sparse" && before !== undefined) {
        this.numbers[i] = before.numbers[before.at + i]!;
        if (before.texts.length > 0) this.texts[i] = before.texts[before.at + i]!;
      } else if (!this.fields[i]!.isOptional) refuseMissing(this, this.fields[i]!.name, density);
    }
    if (before !== undefined) this.containers.placeKept(given);
    this.#rows++;
    if (this.watch !== undefined) this.vectors.count(given);
    const isWhole = this.#isWhole;
    this.#isWhole = true;
    if (before?.isRepeated() === true) return true;
    if (!this.isDeclared) this.marks.look(this, isWhole);
    this.watch?.add(this.numbers, this.texts);
    return false;
  }

  /**
   * Adds a field that a row brings.
   *
   * @param first its first value, for notes
   * @throws {RowFault} when it has too long a name, or there are too many
   */
  grow(row: RowOutline, name: string, category: ValueCategory, first?: unknown): number {
    refuseLongName(row, name, "a field");
    if (this.fields.length >= MASK_FIELDS_MAX) refuseFieldCount(this, row);
    const own = categoryByFacts(name, category, first, this.#shared.facts.of(this.name));
    const i = this.#add(rowField(name, own, row.line));
    this.marks.add(i, this.#rows > 0, this.fields[i]!.category);
    this.watch?.addField(i, name, own, first, row.form);
    this.#shared.undo.add(() => this.#shrink(i));
    return i;
  }

  /**
   * Makes fields inside an object or a list absent, because the row says that they are.
   *
   * @param isEnded tells for the rest of a name whether the field is one of them
   * @returns false when one of them has to be there
   */
  end(prefix: string, given: Uint8Array, isEnded?: (rest: string) => boolean): boolean {
    for (let i = 0; i < this.fields.length; i++) {
      const { name, isOptional } = this.fields[i]!;
      if (given[i] !== 0 || !name.startsWith(prefix)) continue;
      if (isEnded?.(name.slice(prefix.length)) === false) continue;
      if (!isOptional) return false;
      given[i] = 1;
      this.clear(i);
    }
    return true;
  }

  /** Place of a value whose name is no field's; -1 where there is none to put. */
  #placeNew(row: FlatRow, r: number, given: Uint8Array): number {
    const name = row.names[r]!;
    const value = row.values[r];
    if (value === null) {
      // A field that is null in all rows is in no schema, and loses nothing.
      if (!this.end(`${name}.`, given)) refuseExtra(this, row, name);
      return -1;
    }
    if (typeof value === "string" && this.vectors.place(row, name, value, given)) return -1;
    if (this.isDeclared) refuseExtra(this, row, name);
    return this.grow(row, name, categoryOfValue(row, r), value);
  }

  #add(field: TableField): number {
    const i = this.fields.push(field) - 1;
    this.#indexes.set(field.name, i);
    this.#checks.push(new FieldCheck(field, i, this.#rules));
    this.hasText[i] = isTextual(field.category) ? 1 : 0;
    if (this.hasText[i] !== 0) this.textPlaces.push(i);
    const step = this.#rows === 0 ? 1 : ROOM_STEP;
    this.room = Math.max(this.room, Math.ceil((i + 1) / step) * step);
    this.version++;
    return i;
  }

  /** Takes back the last field. */
  #shrink(i: number): void {
    this.#indexes.delete(this.fields.pop()!.name);
    this.#checks.pop();
    if (this.textPlaces.at(-1) === i) this.textPlaces.pop();
    this.clear(i);
    this.watch?.drop(i);
    this.version++;
  }

  /** Makes a field of numbers one of 64-bit integers. @returns false when it had what is none */
  #widen(i: number): boolean {
    const { undo, facts } = this.#shared;
    const { doubles, wide } = facts.of(this.name);
    if (!this.marks.isNatural(i) || doubles.has(this.fields[i]!.name)) return false;
    if (this.marks.isSeen(i)) undo.add(facts.addLate(wide, this.fields[i]!.name));
    this.marks.widen(i);
    this.#setCategory(i, "integer64");
    undo.add(() => this.#setCategory(i, "number"));
    return true;
  }

  /** Lets the next reading take a field for numbers of another type, if it can be. */
  #renumber(i: number, value?: number): string | undefined {
    const { doubles, wide, blanks } = this.#shared.facts.of(this.name);
    const type = this.marks.typeBeside(value, i);
    const late = type && { "f64": doubles, "u64": wide, "an optional f64": blanks }[type];
    if (late !== undefined) this.#shared.facts.addLate(late, this.fields[i]!.name);
    return type;
  }

  #setCategory(i: number, category: ValueCategory): void {
    const field = this.fields[i] = { ...this.fields[i]!, category };
    this.#checks[i] = new FieldCheck(field, i, this.#rules);
    this.hasText[i] = isTextual(category) ? 1 : 0;
    const places = this.fields.flatMap((_, f) => this.hasText[f] === 0 ? [] : [f]);
    this.textPlaces.splice(0, Infinity, ...places);
    this.texts[i] = "";
    this.version++;
  }

  #put(i: number, value: FieldValue): void {
    this.numbers[i] = typeof value === "string" ? 0 : Number(value);
    if (typeof value === "string") this.texts[i] = value;
    else if (typeof value === "bigint") this.texts[i] = value < EXACT_BELOW ? "" : String(value);
  }
}
