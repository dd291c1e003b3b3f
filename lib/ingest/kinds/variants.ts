import { isTextual, type ValueCategory } from "../../schema/value_category.ts";
import type { RowContainers } from "../rows/row_containers.ts";
import type { KindShapes } from "./shape_facts.ts";
import type { TableRules } from "./table_rules.ts";

/** Objects whose members are looked at, for each kind. */
const OBJECTS_MAX = 256;

/** Table whose fields end each other. */
interface EndingTable {
  readonly fields: readonly {
    readonly name: string;
    readonly category: ValueCategory;
    readonly isOptional: boolean;
  }[];
  readonly numbers: Float64Array;
  version: number;
  indexOf(name: string): number | undefined;
  clear(i: number): void;
  end(prefix: string, given: Uint8Array, isEnded?: (rest: string) => boolean): boolean;
}

/** An object of rows: the member that it had first, and another one. */
interface ObjectMembers {
  readonly first: string;
  other: string | undefined;
  /** True once it had several in one row. */
  isWhole: boolean;
  /** True once one member ended another, or stayed beside it. */
  hasEnded: boolean;
  hasMerged: boolean;
}

/** An object, and its only member in a row; undefined where it has several. */
type RowObjects = Map<string, string | undefined>;

/**
 * What ends what in rows of sparse input: a value the fields of the object that stood in its place,
 * an object the value, and one variant of a tagged union (`"Idle"`, `{"Chasing":{"target":3}}`) the
 * one before. An object is such a union when it is a text in other rows, and never has two members.
 */
export class Variants {
  readonly #table: EndingTable;
  readonly #shapes: KindShapes;
  readonly #rules: TableRules;
  readonly #objects = new Map<string, ObjectMembers>();
  /** Fields that stand beside others whose names begin with theirs. */
  readonly #beside = new Set<string>();
  #version = -1;
  #pairs: (readonly [outer: number, inner: number])[] = [];
  #hasNested = false;

  /** Of a table. */
  constructor(table: EndingTable, shapes: KindShapes, rules: TableRules) {
    this.#table = table;
    this.#shapes = shapes;
    this.#rules = rules;
  }

  /**
   * Ends what the values of a row take the place of.
   *
   * @param names of what the row has
   * @param given which fields the row has; those that end are added, as absent
   */
  end(
    names: readonly string[],
    count: number,
    containers: RowContainers,
    given: Uint8Array,
  ): void {
    if (!this.#rules.isSparse) return;
    if (this.#version !== this.#table.version) this.#fit();
    if (!this.#hasNested) return;
    if (this.#pairs.length > 0) this.#endOthers(given);
    for (const [path, member] of objectsOf(names, count, containers)) {
      const object = this.#object(path, member);
      if (object !== undefined && member !== undefined) {
        this.#endMembers(path, member, object, given);
      }
    }
  }

  /** Objects of which one member ends another. */
  *ending(): Generator<string, void, void> {
    for (const [path, { hasEnded }] of this.#objects) if (hasEnded) yield path;
  }

  /** Objects that had one member at a time, and keep all; with two of them. */
  *merged(): Generator<readonly [path: string, first: string, other: string], void, void> {
    for (const [path, { first, other, isWhole, hasMerged }] of this.#objects) {
      if (hasMerged && !isWhole && other !== undefined && !this.#isUnion(path)) {
        yield [path, first, other];
      }
    }
  }

  /**
   * As {@linkcode Variants.end}, of a row that is like others before it.
   *
   * @returns false when such a row would tell something new by now
   */
  endAgain(names: readonly string[], containers: RowContainers, given: Uint8Array): boolean {
    const { undo } = this.#rules;
    this.end(names, names.length, containers, given);
    if (undo.isEmpty) return true;
    undo.rollBack();
    return false;
  }

  #fit(): void {
    const { fields, version } = this.#table;
    this.#version = version;
    this.#pairs = [];
    this.#hasNested = fields.some(({ name }) => name.includes("."));
    for (let inner = 0; inner < fields.length && this.#hasNested; inner++) {
      const { name } = fields[inner]!;
      for (let at = name.indexOf("."); at >= 0; at = name.indexOf(".", at + 1)) {
        const outer = this.#table.indexOf(name.slice(0, at));
        if (outer !== undefined) this.#pairs.push([outer, inner]);
      }
    }
  }

  #endOthers(given: Uint8Array): void {
    const { fields, numbers } = this.#table;
    const had = given.slice();
    const isThere = (i: number) => had[i] !== 0 && numbers[i] === numbers[i];
    for (const [outer, inner] of this.#pairs) {
      const { name, category } = fields[outer]!;
      if (isThere(outer) && isThere(inner)) this.#keepBeside(name);
      if (this.#beside.has(name)) continue;
      if (had[outer] !== 0 && isTextual(category)) this.#tellUnion(name);
      if (had[outer] !== 0 && had[inner] === 0) this.#clear(inner, given);
      if (had[inner] !== 0 && had[outer] === 0) this.#clear(outer, given);
    }
  }

  #clear(i: number, given: Uint8Array): void {
    if (!this.#table.fields[i]!.isOptional) return;
    given[i] = 1;
    this.#table.clear(i);
  }

  #keepBeside(name: string): void {
    if (this.#beside.has(name)) return;
    this.#beside.add(name);
    this.#rules.undo.addFor(this.#table, () => this.#beside.delete(name));
  }

  /** An object that is a text as well: what was merged before should not have been. */
  #tellUnion(path: string): void {
    const object = this.#objects.get(path);
    if (object === undefined || !object.hasMerged || object.isWhole) return;
    const { facts, undo } = this.#rules;
    undo.add(facts.addLate(this.#shapes.unions, path));
  }

  #object(path: string, member: string | undefined): ObjectMembers | undefined {
    const known = this.#objects.get(path);
    if (known === undefined) return this.#addObject(path, member);
    if (member === undefined && !known.isWhole) {
      known.isWhole = true;
      this.#rules.undo.addFor(this.#table, () => known.isWhole = false);
      if (known.hasEnded) {
        this.#rules.undo.add(this.#rules.facts.addLate(this.#shapes.wholes, path));
      }
    } else if (member !== undefined && member !== known.first && known.other === undefined) {
      known.other = member;
      this.#rules.undo.addFor(this.#table, () => known.other = undefined);
    }
    return known;
  }

  #addObject(path: string, member: string | undefined): ObjectMembers | undefined {
    if (this.#objects.size >= OBJECTS_MAX) return undefined;
    const object = {
      first: member ?? "",
      other: undefined,
      isWhole: member === undefined || this.#shapes.wholes.has(path),
      hasEnded: false,
      hasMerged: false,
    };
    this.#objects.set(path, object);
    this.#rules.undo.add(() => this.#objects.delete(path));
    return object;
  }

  #endMembers(path: string, member: string, object: ObjectMembers, given: Uint8Array): void {
    if (object.isWhole || object.other === undefined) return;
    const { undo } = this.#rules;
    if (!this.#isUnion(path)) {
      if (object.hasMerged) return;
      object.hasMerged = true;
      return undo.add(() => object.hasMerged = false);
    }
    if (!object.hasEnded) {
      object.hasEnded = true;
      undo.add(() => object.hasEnded = false);
    }
    const own = `${member}.`;
    this.#table.end(`${path}.`, given, (rest) => rest !== member && !rest.startsWith(own));
  }

  #isUnion(path: string): boolean {
    if (this.#beside.has(path)) return false;
    if (this.#shapes.unions.has(path)) return true;
    const i = this.#table.indexOf(path);
    return i !== undefined && isTextual(this.#table.fields[i]!.category);
  }
}

function objectsOf(
  names: readonly string[],
  count: number,
  containers: RowContainers,
): RowObjects {
  const objects: RowObjects = new Map();
  const { lists, listCount, empties, emptyCount } = containers;
  const total = count + listCount + emptyCount;
  for (let n = 0; n < total; n++) {
    const name = n < count
      ? names[n]!
      : n < count + listCount
      ? lists[n - count]!
      : empties[n - count - listCount]!;
    for (let at = name.indexOf("."); at >= 0;) {
      const path = name.slice(0, at);
      const next = name.indexOf(".", at + 1);
      const member = name.slice(at + 1, next < 0 ? undefined : next);
      at = next;
      if (containers.hasList(path)) continue;
      const isOnly = !objects.has(path) || objects.get(path) === member;
      objects.set(path, isOnly ? member : undefined);
    }
  }
  return objects;
}
