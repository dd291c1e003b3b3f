import { optionKey, remedy } from "../../core/remedy.ts";
import { assertSchema, type Schema } from "../../core/state/schema.ts";
import { closedKind } from "../../schema/open_enum.ts";
import type { FlatRow } from "../rows/flat_row.ts";
import { excerpt } from "../input/excerpt.ts";
import { refuseLongName } from "./kind_faults.ts";
import { KindTable } from "./kind_table.ts";
import type { InputNote } from "../input/input_note.ts";
import { KindWatch } from "./kind_watch.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { numberNotes } from "./number_notes.ts";
import { RowFault } from "../input/row_fault.ts";
import { ShapeFacts } from "./shape_facts.ts";
import { shapeNotes } from "./shape_notes.ts";
import type { TableRules } from "./table_rules.ts";
import { TextBudget } from "../texts/text_budget.ts";
import { detached, TextCopies } from "../texts/text_copies.ts";
import { UndoLog } from "./undo_log.ts";

/** Fields that are watched at most, of all kinds. */
const FIELDS_WATCHED_MAX = 4096;

/** How tables are made. */
export interface KindTablesOptions {
  /** True to watch values for notes; false when left out. */
  readonly isWatching?: boolean | undefined;
  /** True when a field that a row lacks keeps its value; false when left out. */
  readonly isSparse?: boolean | undefined;
  /** What an earlier reading of the input found, and takes what this one finds. */
  readonly facts?: ShapeFacts | undefined;
}

/** Field sets of all kinds: those of a schema, or those that their rows bring. */
export class KindTables {
  readonly #tables = new Map<string, KindTable>();
  readonly #isDeclared: boolean;
  readonly #rules: TableRules;

  /**
   * Tables of a schema, or none yet.
   *
   * @throws {SchemaError} when the schema cannot be used
   */
  constructor(schema: Schema | undefined, options: KindTablesOptions = {}) {
    const { isWatching = false, isSparse = false, facts = new ShapeFacts() } = options;
    const fields = { left: FIELDS_WATCHED_MAX };
    facts.begin();
    this.#isDeclared = schema !== undefined;
    this.#rules = {
      budget: new TextBudget(),
      copies: new TextCopies(),
      undo: new UndoLog(),
      facts,
      lists: { count: 0 },
      isSparse,
      watch: isWatching ? () => new KindWatch(fields) : undefined,
    };
    if (schema === undefined) return;
    assertSchema({ kinds: schema.kinds.map(closedKind) });
    for (const kind of schema.kinds) {
      this.#tables.set(kind.name, new KindTable(kind.name, this.#rules, kind));
    }
  }

  /** Table of a row's kind; its first row makes it. @throws {RowFault} */
  of(kind: string, row: FlatRow): KindTable {
    return this.#tables.get(kind) ?? this.#define(kind, row);
  }

  /** Table of a kind; undefined before its first row. */
  find(kind: string): KindTable | undefined {
    return this.#tables.get(kind);
  }

  /** True for an object that has just the keys of a state, besides some that are none of its own. */
  isLikeState(object: object, kind: string, others: readonly string[]): boolean {
    const keys = Object.keys(object).filter((key) => !others.includes(key));
    const fields = this.find(kind)?.fields ?? [];
    const roots = new Set(fields.map(({ name }) => name.split(".")[0]!));
    return keys.length > 0 && keys.length === roots.size && keys.every((key) => roots.has(key));
  }

  /** True for a field that the table of a kind has. */
  hasField(kind: string, field: string): boolean {
    return this.#tables.get(kind)?.indexOf(field) !== undefined;
  }

  /** Table of the only kind; undefined where there are several. */
  get only(): KindTable | undefined {
    return this.#tables.size === 1 ? this.#tables.values().next().value : undefined;
  }

  /** Tables of all kinds so far. */
  get all(): Iterable<KindTable> {
    return this.#tables.values();
  }

  /** Notes on the values of all kinds so far. */
  notes(): InputNote[] {
    const watches = [...this.#tables.values()].flatMap(({ name, watch }) =>
      watch === undefined ? [] : [[name, watch] as const]
    );
    const { isSparse, facts: { isOnce } } = this.#rules;
    return [
      ...numberNotes(watches, isOnce),
      ...shapeNotes(this.#tables.values(), { isSparse, isOnce }),
    ];
  }

  /** Takes back what rows from here on are counted by. */
  held(): () => void {
    const tables = [...this.#tables.values()].map(({ vectors }) => vectors.held());
    return () => tables.forEach((restore) => restore());
  }

  /** Keeps what changed since the last call: tables, and fields of tables. */
  settle(): void {
    this.#rules.undo.keep();
  }

  /** Takes back what changed since the last {@linkcode KindTables.settle}. */
  unsettle(): void {
    this.#rules.undo.rollBack();
  }

  #define(kind: string, row: FlatRow): KindTable {
    if (this.#isDeclared) {
      const names = [...this.#tables.keys()].slice(0, 8).map(excerpt).join(", ");
      throw new RowFault(
        `the schema has no kind ${excerpt(kind)}, only ${names}`,
        remedy`add the kind to the ${optionKey("schema")} file`,
        undefined,
        { code: "no-kind-declared", kind },
      );
    }
    if (this.#tables.size >= INPUT_LIMITS.kinds) {
      throw new RowFault(
        `there are more than ${INPUT_LIMITS.kinds} kinds`,
        remedy`${optionKey("kindKey")} names the key that holds an entity's type`,
        undefined,
        { code: "kinds-max" },
      );
    }
    refuseLongName(row, kind, "the kind");
    const name = detached(kind);
    const table = new KindTable(name, this.#rules);
    this.#tables.set(name, table);
    this.#rules.undo.add(() => {
      this.#tables.delete(name);
      this.#rules.facts.drop(name);
    });
    return table;
  }
}
