import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import { type Field, type Kind, NAMES_MAX, type Schema } from "../../core/state/schema.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { REVISION_NAMES_MAX } from "../container/format.ts";
import { type AddedField, type AddedKind, addedKinds, changesRows } from "./schema_addition.ts";
import { readSchemaRecord, recordHash } from "./schema_record.ts";

/** Layouts of earlier runs that are kept; blocks are mostly read in the order of the file. */
const LAYOUTS_KEPT = 4;

/** Rows of a revision that is not the last: enums are laid out as `u16`, without their texts. */
export interface EarlierRows {
  /** Where each field lies. */
  readonly layout: SnapshotLayout;
  /** The kinds as the revision has them, enums with their texts. */
  readonly kinds: readonly Kind[];
}

interface OpenField extends Field {
  readonly values?: string[];
}

interface OpenKind {
  readonly name: string;
  readonly fields: OpenField[];
}

/**
 * The revisions of a recording's schema. Revisions between which only enums and the list of kinds
 * grow have the same rows and are kept as one _run_; an enum's texts are one list that all
 * revisions share. So memory grows with the bytes of the records, and not with revisions times
 * texts; a layout is made when a block needs it.
 */
export class RevisionChain {
  /** Kinds of each run. */
  readonly #runs: OpenKind[][] = [];
  /** Run of each revision. */
  readonly #runOf: number[] = [];
  readonly #layouts = new Map<number, EarlierRows>();
  /** Kinds of the last run by name, each with its index. */
  #indexes = new Map<string, number>();
  #names = 0;
  #runNames = 0;

  /** Number of revisions. */
  get count(): number {
    return this.#runOf.length;
  }

  /** Schema of the last revision. */
  get schema(): Schema {
    return { kinds: this.#runs.at(-1) ?? [] };
  }

  /**
   * Adds the next revision.
   *
   * @param bytes data of its schema record
   * @param before data of the record of the revision before
   * @throws {RangeError} when they are no schema, or no addition to the revision before
   */
  add(bytes: Uint8Array, before: Uint8Array | undefined): void {
    const { after, kinds } = readSchemaRecord(bytes);
    if (after !== undefined) assertAfter(after, before);
    const run = this.#runs.at(-1);
    const added = after !== undefined ? kinds : run && addedKinds({ kinds: run }, wholeOf(kinds));
    if (added === undefined) this.#begin(wholeOf(kinds));
    else this.#extend(added);
    this.#runOf.push(this.#runs.length - 1);
  }

  /** True when blocks of a revision have the rows of the last one. */
  isLast(revision: number): boolean {
    return this.#runOf[revision] === this.#runs.length - 1;
  }

  /** Rows of a revision that is not the last. @throws {SchemaError} when it cannot be used */
  earlier(revision: number): EarlierRows {
    const run = this.#runOf[revision]!;
    const known = this.#layouts.get(run);
    if (known !== undefined) return known;
    const kinds = this.#runs[run]!;
    const rows = { kinds, layout: new SnapshotLayout({ kinds: kinds.map(withoutTexts) }) };
    const [oldest] = this.#layouts.keys();
    if (this.#layouts.size >= LAYOUTS_KEPT) this.#layouts.delete(oldest!);
    this.#layouts.set(run, rows);
    return rows;
  }

  #begin(schema: Schema): void {
    this.#runs.push([]);
    this.#indexes = new Map();
    this.#runNames = 0;
    this.#extend(schema.kinds);
  }

  #extend(added: readonly AddedKind[]): void {
    const before = this.#runs.at(-1)!;
    const isFork = changesRows(added, (name) => before[this.#indexes.get(name) ?? -1]);
    const kinds = isFork ? this.#fork(before) : before;
    for (const kind of added) {
      const index = this.#indexes.get(kind.name);
      if (index === undefined) this.#addKind(kinds, kind);
      else for (const field of kind.fields) this.#change(kinds, index, field);
    }
  }

  /** Begins a run with the kinds of the one before; those that change are copied then. */
  #fork(before: readonly OpenKind[]): OpenKind[] {
    this.#count(this.#runNames);
    const kinds = before.slice();
    this.#runs.push(kinds);
    return kinds;
  }

  #addKind(kinds: OpenKind[], { name, fields }: AddedKind): void {
    if (fields.some((field) => field.more !== undefined)) refuseMore(name);
    if (fields.length > MASK_FIELDS_MAX) refuseFields(name);
    this.#count(1 + fields.length);
    this.#runNames += 1 + fields.length;
    this.#indexes.set(name, kinds.length);
    kinds.push({ name, fields: fields.map(openField) });
  }

  #change(kinds: OpenKind[], index: number, added: AddedField): void {
    const kind = kinds[index]!;
    const at = kind.fields.findIndex((field) => field.name === added.name);
    const before = kind.fields[at];
    const values = before?.values;
    if (added.more !== undefined) {
      if (values === undefined) return refuseMore(kind.name);
      if (values.length + added.more.length > NAMES_MAX) refuseTexts(added.name);
      for (const text of added.more) values.push(text);
      if ((before!.optional === true) === (added.optional === true)) return;
    }
    const { more: _, ...field } = added;
    const changed = added.more === undefined ? openField(field) : { ...field, values: values! };
    const fields = kind.fields.slice();
    if (before === undefined) {
      if (fields.length === MASK_FIELDS_MAX) refuseFields(kind.name);
      this.#count(1);
      this.#runNames++;
      fields.push(changed);
    } else fields[at] = changed;
    kinds[index] = { name: kind.name, fields };
  }

  #count(names: number): void {
    this.#names += names;
    if (this.#names <= REVISION_NAMES_MAX) return;
    throw new RangeError(
      `the revisions have more than ${REVISION_NAMES_MAX} kinds and fields together`,
    );
  }
}

function assertAfter(after: string, before: Uint8Array | undefined): void {
  const hash = before && recordHash(before);
  if (after === hash) return;
  throw new RangeError(
    `the revision adds to ${JSON.stringify(after.slice(0, 60))}, ${
      hash === undefined ? "and there is none before" : `the one before is "${hash}"`
    }`,
  );
}

function openField(field: Field): OpenField {
  const { values, ...rest } = field;
  return values === undefined ? rest : { ...rest, values: [...values] };
}

function withoutTexts({ name, fields }: OpenKind): Kind {
  return {
    name,
    fields: fields.map((field) => {
      if (field.type !== "enum") return field;
      return { name: field.name, type: "u16", optional: field.optional === true };
    }),
  };
}

function wholeOf(kinds: readonly AddedKind[]): Schema {
  const names = new Set<string>();
  for (const { name, fields } of kinds) {
    if (names.has(name)) throw new RangeError(`kind ${JSON.stringify(name)} occurs twice`);
    names.add(name);
    if (fields.some((field) => field.more !== undefined)) refuseMore(name);
  }
  return { kinds };
}

function refuseMore(kind: string): never {
  throw new RangeError(`kind ${JSON.stringify(kind)} has more values of a field that is no enum`);
}

function refuseFields(kind: string): never {
  throw new RangeError(`kind ${JSON.stringify(kind)} has more than ${MASK_FIELDS_MAX} fields`);
}

function refuseTexts(field: string): never {
  throw new RangeError(`field ${JSON.stringify(field)} has more than ${NAMES_MAX} values`);
}
