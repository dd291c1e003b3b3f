import type { ValueCategory } from "../../schema/value_category.ts";
import { optionKey, remedy } from "../../core/remedy.ts";
import { RowFault } from "../input/row_fault.ts";
import type { RowForm } from "../rows/flat_row.ts";
import type { RowContainers } from "../rows/row_containers.ts";
import { refuseLongName, refuseMissing } from "./kind_faults.ts";
import type { KindShapes } from "./shape_facts.ts";
import type { TableRules } from "./table_rules.ts";

/** Lists of all kinds, those inside lists as well. */
const LISTS_MAX = 65_536;
/** Names that are kept for a note. */
const NOTED_MAX = 1024;

/** A row as far as its lists and objects are placed. */
export interface RowOutline {
  /** Names of what the row has, the first `count` of them. */
  readonly names: readonly string[];
  readonly count: number;
  readonly containers: RowContainers;
  readonly line: number;
  readonly form: RowForm;
  /** Path of a field from the record's root. */
  path(name: string): string;
}

/** Table that takes what they say. */
interface GrowingTable {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly origin: string }[];
  readonly isDeclared: boolean;
  /** Values of the row at hand, NaN for what is absent. */
  readonly numbers: Float64Array;
  /** Another number whenever rows like others may be placed otherwise. */
  version: number;
  indexOf(name: string): number | undefined;
  grow(row: RowOutline, name: string, category: ValueCategory): number;
  putNumber(i: number, value: number, row: RowOutline, given: Uint8Array): void;
  clear(i: number): void;
  end(prefix: string, given: Uint8Array, isEnded?: (rest: string) => boolean): boolean;
}

/** A list: how many elements it had first, and the field of its length, -1 while it is that. */
interface ListShape {
  readonly length: number;
  field: number;
}

/** A length that is a field since a row that was not the first: what all rows before had. */
interface LateLength {
  readonly field: number;
  readonly length: number;
  /** Fields of the elements. */
  readonly slots: readonly number[];
}

/**
 * Lengths of the lists and empty objects of a kind: fields `inv.length` where a list has not the
 * same number of elements in all rows, and `buffs.length`, which is 0, where an object is empty.
 */
export class PlacedContainers {
  readonly #table: GrowingTable;
  readonly #shapes: KindShapes;
  readonly #rules: TableRules;
  readonly #lists = new Map<string, ListShape>();
  readonly #late: LateLength[] = [];
  /** Objects that were empty once, and the fields that say so. */
  readonly #empties = new Map<string, number>();
  /** Objects with a member `length` that were empty once, which no field says. */
  readonly #untold = new Set<string>();
  /** Lists that have not always the same length, and empty objects, that a schema has no length of. */
  readonly #undeclared = new Set<string>();

  /** Of a table. */
  constructor(table: GrowingTable, shapes: KindShapes, rules: TableRules) {
    this.#table = table;
    this.#shapes = shapes;
    this.#rules = rules;
  }

  /** Objects with a member `length` that were empty in a row. */
  get untold(): ReadonlySet<string> {
    return this.#untold;
  }

  /** Lists and empty objects whose length is lost, since the schema does not have it. */
  get undeclared(): ReadonlySet<string> {
    return this.#undeclared;
  }

  /** True for a field inside a list whose length changes, or a length. */
  isSlot(name: string): boolean {
    const end = name.lastIndexOf(".length");
    if (end >= 0 && this.#empties.has(name.slice(0, end))) return true;
    for (let at = name.indexOf("."); at >= 0; at = name.indexOf(".", at + 1)) {
      const list = this.#lists.get(name.slice(0, at));
      if (list !== undefined && list.field >= 0) return true;
    }
    return false;
  }

  /** Puts what a row's lists and empty objects say beside its values. @throws {RowFault} */
  place(row: RowOutline, given: Uint8Array): void {
    const { listCount, lists, lengths, emptyCount, empties } = row.containers;
    if (this.#empties.size > 0) this.#placeMembers(row, given);
    for (let l = 0; l < listCount; l++) {
      const path = lists[l]!;
      const length = lengths[l]!;
      const field = this.#lengthField(path, length, row);
      if (field >= 0) this.#table.putNumber(field, length, row, given);
      if (this.#rules.isSparse) {
        this.#end(path, given, (rest) => Number.parseInt(rest) >= length);
      }
    }
    for (let e = 0; e < emptyCount; e++) {
      const path = empties[e]!;
      const field = this.#emptyField(path, row);
      if (field >= 0) this.#table.putNumber(field, 0, row, given);
      if (this.#rules.isSparse) this.#end(path, given);
    }
  }

  /**
   * As {@linkcode PlacedContainers.place}, of a row that is like others before it.
   *
   * @returns false when such a row would tell something new by now, or be refused
   */
  placeAgain(row: RowOutline, given: Uint8Array): boolean {
    const { undo } = this.#rules;
    const { version } = this.#table;
    try {
      this.place(row, given);
      if (undo.isEmpty) return true;
    } catch (fault) {
      if (!(fault instanceof RowFault)) throw fault;
    }
    undo.rollBack();
    this.#table.version = version;
    return false;
  }

  /**
   * Puts how long the lists are that the row at hand has kept from rows before: those had no field
   * to say it.
   */
  placeKept(given: Uint8Array): void {
    const { numbers } = this.#table;
    for (const { field, length, slots } of this.#late) {
      const isThere = given[field] !== 0 || !Number.isNaN(numbers[field]!);
      if (!isThere && slots.some((i) => !Number.isNaN(numbers[i]!))) numbers[field] = length;
    }
  }

  /** Members of objects that were empty once: they are not now, and a `length` is their own. */
  #placeMembers({ names, count, containers }: RowOutline, given: Uint8Array): void {
    for (const [path, field] of this.#empties) {
      if (containers.hasList(path)) continue;
      const prefix = `${path}.`;
      const { name } = this.#table.fields[field]!;
      for (let r = 0; r < count; r++) {
        if (names[r] === name) {
          this.#own(path);
          break;
        }
        if (given[field] !== 0 || !names[r]!.startsWith(prefix)) continue;
        given[field] = 1;
        this.#table.clear(field);
      }
    }
  }

  #own(path: string): void {
    const { undo, facts } = this.#rules;
    const field = this.#empties.get(path)!;
    this.#empties.delete(path);
    undo.addFor(this.#table, () => this.#empties.set(path, field));
    if (!this.#table.isDeclared) undo.add(facts.addLate(this.#shapes.lengths, path));
    this.#untell(path);
  }

  #untell(path: string): void {
    this.#note(this.#untold, path);
  }

  #note(paths: Set<string>, path: string): void {
    if (paths.has(path) || paths.size >= NOTED_MAX) return;
    paths.add(path);
    this.#rules.undo.add(() => paths.delete(path));
  }

  #lengthField(path: string, length: number, row: RowOutline): number {
    const table = this.#table;
    const known = this.#lists.get(path);
    if (known === undefined) {
      refuseLongName(row, path, "a list");
      if (this.#rules.lists.count >= LISTS_MAX) refuseListCount(row, path);
      // What printed an empty object before may print a list as well.
      const hasLength = table.isDeclared || length === 0 || this.#empties.has(path) ||
        this.#shapes.lists.has(path);
      const field = hasLength ? this.#field(path, row) : -1;
      this.#rules.lists.count++;
      this.#lists.set(path, { length, field });
      this.#rules.undo.add(() => {
        this.#rules.lists.count--;
        this.#lists.delete(path);
      });
      if (length === 0 && field >= 0) this.#setEmpty(path, field);
      if (length === 0 && field < 0) this.#note(this.#undeclared, path);
      return field;
    }
    if (length === 0 && known.field >= 0) this.#setEmpty(path, known.field);
    if (known.field < 0 && known.length !== length && table.isDeclared) {
      this.#note(this.#undeclared, path);
    }
    if (known.field >= 0 || known.length === length || table.isDeclared) return known.field;
    const slots = table.fields.flatMap(({ name }, i) => name.startsWith(`${path}.`) ? [i] : []);
    known.field = this.#field(path, row);
    this.#late.push({ field: known.field, length: known.length, slots });
    this.#rules.undo.addFor(table, () => {
      known.field = -1;
      this.#late.pop();
    });
    if (length === 0) this.#setEmpty(path, known.field);
    this.#rules.undo.add(this.#rules.facts.addLate(this.#shapes.lists, path));
    return known.field;
  }

  #emptyField(path: string, row: RowOutline): number {
    if (this.#lists.has(path)) return this.#lengthField(path, 0, row);
    const known = this.#empties.get(path);
    if (known !== undefined) return known;
    const table = this.#table;
    const isOwn = this.#shapes.lengths.has(path) || table.indexOf(`${path}.length`) !== undefined;
    if (isOwn && !table.isDeclared) {
      this.#untell(path);
      return -1;
    }
    const field = this.#field(path, row);
    if (field >= 0) this.#setEmpty(path, field);
    else {
      refuseLongName(row, path, "an object");
      this.#note(this.#undeclared, path);
    }
    return field;
  }

  #setEmpty(path: string, field: number): void {
    if (this.#empties.has(path)) return;
    this.#empties.set(path, field);
    this.#rules.undo.addFor(this.#table, () => this.#empties.delete(path));
  }

  /** Field of a length; -1 where a schema has none. */
  #field(path: string, row: RowOutline): number {
    const name = `${path}.length`;
    const known = this.#table.indexOf(name);
    if (known !== undefined) return known;
    return this.#table.isDeclared ? -1 : this.#table.grow(row, name, "number");
  }

  #end(path: string, given: Uint8Array, isEnded?: (rest: string) => boolean): void {
    if (!this.#table.end(`${path}.`, given, isEnded)) refuseMissing(this.#table, path, "sparse");
  }
}

function refuseListCount(row: RowOutline, path: string): never {
  throw new RowFault(
    `there are more than ${LISTS_MAX} lists in the rows of all kinds`,
    remedy`leave some out with ${optionKey("leaveOut")} and their paths, or send them as events`,
    { path: row.path(path), part: "value" },
    { code: "fields-max" },
  );
}
