import { optionKey, remedy } from "../../core/remedy.ts";
import { type DecimalMark, plainNumber } from "../input/decimal_mark.ts";
import { type Spelling, SpeltNumber } from "../input/excerpt.ts";
import { mayUnderflow } from "./exact_number.ts";
import { findMember } from "./json_places.ts";
import { keysIn } from "../input/keys_in.ts";
import type { LeftOut } from "../input/left_out.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { DEFAULT_KIND, valueAt } from "../input/row_kind.ts";
import { longNumberAt } from "./long_numbers.ts";
import { RowFault } from "../input/row_fault.ts";
import { RowContainers } from "./row_containers.ts";

/** Names of the keys that are no fields. */
export interface RowKeys {
  /** Key of the frame index. */
  readonly frame: string;
  /** Key of the time. */
  readonly time: string;
  /** Key of the entity's id. */
  readonly id: string;
  /** Key of the entity's kind. */
  readonly kind: string;
  /** Key that is true in a row that removes its entity; undefined when there is none. */
  readonly despawn: string | undefined;
}

/** How rows are read. */
export interface RowReading {
  /** Decimal mark of the numbers of cells; undefined for JSON's spelling alone. */
  readonly mark?: DecimalMark | undefined;
  /** What rows are read without. */
  readonly leftOut?: LeftOut | undefined;
}

/** What the values of a row are: texts of CSV cells, or whatever JSON can say. */
export type RowForm = "cells" | "values";

/**
 * One row of input with its nesting taken out: the special keys apart, the fields as two parallel
 * lists in input order. One object serves all rows of an input.
 */
export class FlatRow implements Spelling {
  /** Frame as it came; undefined when the row has none. */
  frame: unknown;
  /** Time as it came; undefined when the row has none. */
  time: unknown;
  /** Id as it came; undefined when the row has none. */
  id: unknown;
  /** Kind as it came; undefined when the row has none. */
  kind: unknown;
  /** Despawn mark as it came; undefined when the row has none. */
  despawn: unknown;
  /** True for an entity of a map whose place is empty. */
  isAbsent: boolean = false;
  /** Keys of the objects that were added, at all depths. */
  keyCount: number = 0;
  /** Number of fields; the lists below may hold more, left over from an earlier row. */
  count: number = 0;
  /** Dotted names of the fields, possibly with a name twice. */
  readonly names: string[] = [];
  /** Values of the fields. */
  readonly values: unknown[] = [];
  /** Lists and empty objects that it holds. */
  readonly containers: RowContainers = new RowContainers();
  /** What the values are; cells are typed by column. */
  readonly form: RowForm;
  /** Decimal mark of the cells' numbers; undefined for numbers as JSON spells them. */
  readonly mark: DecimalMark | undefined;
  /** The frame and the time as their cells spell them, in CSV. */
  frameCell: string = "";
  timeCell: string = "";
  /** What stands before each name in the path from the record's root: empty or `entities.N.`. */
  get prefix(): string {
    return this.#place === undefined ? this.#prefix : `${this.#prefix}${this.#place}.`;
  }
  #prefix = "";
  #place: string | number | undefined;
  /** The record, or what has it. */
  #record: string | { readonly text: string } = "";
  #looked = "";
  #mayUnderflow = false;
  /** Line on which the record starts. */
  line: number = 0;
  /** Names of the special keys. */
  readonly keys: RowKeys;

  readonly #leftOut: LeftOut | undefined;
  /** Kind that fields are left out by, where that is asked for. */
  #leavingKind: string | undefined;

  /** Empty row. */
  constructor(keys: RowKeys, form: RowForm, { mark, leftOut }: RowReading = {}) {
    this.keys = keys;
    this.form = form;
    this.mark = mark;
    this.#leftOut = leftOut;
  }

  /** The record as text, for looking up literals and places after the fact. */
  get text(): string {
    const record = this.#record;
    return typeof record === "string" ? record : record.text;
  }

  /** Empties the row for the next record. @param record its text, or what has that meanwhile */
  clear(
    record: string | { readonly text: string },
    line: number,
    prefix: string,
    place?: string | number,
  ): void {
    this.frame = undefined;
    this.time = undefined;
    this.id = undefined;
    this.kind = undefined;
    this.despawn = undefined;
    this.isAbsent = false;
    this.keyCount = 0;
    this.count = 0;
    this.containers.clear();
    this.#record = record;
    this.line = line;
    this.#prefix = prefix;
    this.#place = place;
    this.#leavingKind = undefined;
  }

  /** Says of which kind the row is before its fields come, which may be left out by it. */
  expectKind(kind: unknown): void {
    if (this.#leftOut?.hasPatterns !== true) return;
    this.#leavingKind = typeof kind === "string" && kind !== "" ? kind : DEFAULT_KIND;
  }

  /** Adds every member of a JSON object. @throws {RowFault} when it is nested too deeply */
  addObject(object: object): void {
    const members = object as Record<string, unknown>;
    if (this.#leftOut?.hasPatterns) this.expectKind(valueAt(members, this.keys.kind));
    let keyCount = 0;
    for (const key in members) {
      keyCount++;
      this.#addValue(key, members[key], 1);
    }
    this.keyCount += keyCount;
  }

  /** Adds a value, nested or not, under a name. @throws {RowFault} when it is nested too deeply */
  addMember(name: string, value: unknown): void {
    this.#addValue(name, value, 1);
  }

  /** Adds a value as a field, whatever its name. */
  addField(name: string, value: unknown): void {
    this.names[this.count] = name;
    this.values[this.count++] = value;
  }

  /** Adds a value under a flat name. @throws {RowFault} when a special key occurs twice */
  add(name: string, value: unknown): void {
    const { keys } = this;
    if (name === keys.frame) this.frame = this.#once(this.frame, name, value);
    else if (name === keys.time) this.time = this.#once(this.time, name, value);
    else if (name === keys.id) this.id = this.#once(this.id, name, value);
    else if (name === keys.kind) this.kind = this.#once(this.kind, name, value);
    else if (name === keys.despawn) this.despawn = this.#once(this.despawn, name, value);
    else if (this.#leftOut === undefined || !this.#leavesOut(name)) {
      if (this.count >= INPUT_LIMITS.rowValues) this.#refuseCrowd(name);
      this.names[this.count] = name;
      this.values[this.count++] = value;
    }
  }

  /** Path of a field from the record's root. */
  path(name: string): string {
    return this.prefix + name;
  }

  /** A field's value as it is spelt in the input. */
  literal(r: number): string {
    if (this.form === "cells") return this.#plain(this.values[r] as string);
    return literalAt(this.text, this.path(this.names[r]!));
  }

  /** The time as it is spelt in the input. */
  timeLiteral(): string {
    if (this.form === "cells") return this.#plain(this.timeCell);
    return literalAt(this.text, this.path(this.keys.time));
  }

  /** A value as messages show it: a number as the record spells it. */
  spelt(name: string, value: unknown): unknown {
    if (this.form !== "cells") return speltAt(this.text, this.path(name), value);
    const { frame, time } = this.keys;
    if (typeof value !== "number" || (name !== frame && name !== time)) return value;
    return new SpeltNumber(name === frame ? this.frameCell : this.timeCell);
  }

  /** True when the record may hold a number that is 0 only because doubles are not smaller. */
  get mayUnderflow(): boolean {
    // Rows that are read from their bytes were looked at.
    if (typeof this.#record !== "string") return false;
    const text = this.#record;
    if (this.#looked !== text) {
      this.#looked = text;
      this.#mayUnderflow = mayUnderflow(text);
    }
    return this.#mayUnderflow;
  }

  #plain(cell: string): string {
    return (this.mark && plainNumber(cell, this.mark)) ?? cell;
  }

  #addValue(name: string, value: unknown, depth: number): void {
    if (typeof value !== "object" || value === null) return this.add(name, value);
    if (depth >= INPUT_LIMITS.depth) {
      throw new RowFault(
        `the row is nested deeper than ${INPUT_LIMITS.depth} levels`,
        remedy`flatten it before it is sent`,
        { path: this.path(name), part: "value" },
        { code: "too-deep", field: name.split(".", 1)[0] },
      );
    }
    if (this.#leftOut !== undefined && this.#leavesOut(name)) {
      this.keyCount += keysIn(value, depth);
      return;
    }
    const members = value as Record<string, unknown>;
    if (Array.isArray(value)) {
      if (this.#leftOut === undefined || !this.#leavesOut(`${name}.length`)) {
        this.containers.addList(name, value.length);
      }
      for (let i = 0; i < value.length; i++) this.#addValue(`${name}.${i}`, value[i], depth + 1);
    } else {
      const before = this.keyCount;
      for (const key in members) {
        this.keyCount++;
        this.#addValue(`${name}.${key}`, members[key], depth + 1);
      }
      if (this.keyCount === before) this.containers.addEmpty(name);
    }
  }

  /** True for a name of the row, or of the collection that it is in. */
  #leavesOut(name: string): boolean {
    const leftOut = this.#leftOut!;
    if (leftOut.takes(name)) return true;
    if (this.#prefix !== "" && leftOut.takes(this.#prefix + name)) return true;
    return this.#leavingKind !== undefined && leftOut.takesField(this.#leavingKind, name);
  }

  #refuseCrowd(name: string): never {
    const [root] = name.split(".", 1);
    throw new RowFault(
      `the row has more than ${INPUT_LIMITS.rowValues} values`,
      remedy`leave out what is not needed with ${
        optionKey("leaveOut")
      } ${root!}, or send entities as rows`,
      { path: this.path(root!), part: "key" },
      { code: "fields-max", field: root, leaveOut: [root!] },
    );
  }

  #once(before: unknown, name: string, value: unknown): unknown {
    if (before === undefined) return value;
    throw clash(this.path(name), name);
  }
}

/** How the value at a path of a JSON text is spelt. */
export function literalAt(text: string, path: string): string {
  const number = longNumberAt(text, path);
  if (number !== undefined) return number;
  const member = findMember(text, path);
  return member === undefined ? "" : text.slice(member.valueAt, member.valueEnd);
}

/** A value at a path of a JSON text as messages show it: a number by its literal. */
export function speltAt(text: string, path: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  const literal = literalAt(text, path);
  return literal === "" ? value : new SpeltNumber(literal);
}

/** Fault of a name that a row holds both nested and spelt with dots. */
export function clash(path: string, name: string): RowFault {
  return new RowFault(
    `the field ${JSON.stringify(name)} occurs twice, once nested and once spelt with a dot`,
    remedy`rename one of the two`,
    { path, part: "key" },
    { code: "key-twice", field: name },
  );
}
