import type { RowLayout } from "../../core/state/row_layout.ts";
import { packerOf, type RowPacker } from "../../core/state/row_packer.ts";
import type { Field } from "../../core/state/schema.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { schemaHash } from "../../recording/revision/schema_record.ts";

/** Where the fields of a kind go. */
interface KindPlan {
  /** Index of the kind that is written; -1 for a kind that is left out. */
  readonly kind: number;
  readonly from: RowLayout;
  readonly to: RowLayout;
  readonly packer: RowPacker;
  /** True when rows of both mean the same, word for word. */
  readonly isSame: boolean;
  readonly fields: readonly FieldPlan[];
}

/** Where a field goes. */
interface FieldPlan {
  readonly source: number;
  readonly target: number;
  /** Words that mean the same in both; 0 when the value has to be written anew. */
  readonly words: number;
}

/**
 * States of one layout as those of another, by the names of kinds and fields, bit by bit where both
 * have a field of one type. What the other layout lacks is left out, what only it has stays absent.
 */
export class RowConversion {
  /** True when both layouts have one schema, so that a snapshot may stay as it is. */
  readonly isWhole: boolean;
  readonly #plans: readonly KindPlan[];

  /** Conversion from one layout to another, whose fields hold all values of those of one name. */
  constructor(from: SnapshotLayout, to: SnapshotLayout) {
    this.#plans = from.kinds.map((row) => planOf(row, to));
    this.isWhole = from === to || schemaHash(from.schema) === schemaHash(to.schema);
  }

  /** True when the states of a kind are in the other layout. */
  has(kind: number): boolean {
    return this.#plans[kind]!.kind >= 0;
  }

  /**
   * Appends an entity to a snapshot of the other layout, where its id has to ascend.
   *
   * @throws {RangeError} for a text that the snapshot's layout has given up
   */
  add(into: Snapshot, snapshot: Snapshot, position: number): void {
    const plan = this.#plans[snapshot.kinds[position]!]!;
    if (plan.isSame) {
      into.addFrom(snapshot, position, plan.kind);
    } else {
      const at = into.add(snapshot.ids[position]!, plan.kind);
      convert(plan, into.words, at, snapshot.words, snapshot.rows[position]!);
    }
  }
}

function convert(
  { from, to, packer, fields }: KindPlan,
  words: Int32Array,
  at: number,
  fromWords: Int32Array,
  row: number,
): void {
  for (const { source, target, words: count } of fields) {
    if (!from.isPresent(fromWords, row, source)) continue;
    if (count === 0) {
      packer.set(words, at, target, from.get(fromWords, row, source));
      continue;
    }
    const first = row + from.wordOf[source]!;
    const place = at + to.wordOf[target]!;
    for (let w = 0; w < count; w++) words[place + w] = fromWords[first + w]!;
    if (to.kind.fields[target]!.optional) to.setPresent(words, at, target, true);
  }
}

function planOf(from: RowLayout, layout: SnapshotLayout): KindPlan {
  const kind = layout.kindIndex(from.kind.name);
  const to = layout.kinds[kind] ?? from;
  const targets = new Map(to.kind.fields.map(({ name }, i) => [name, i]));
  const fields = from.kind.fields.flatMap((field, source): FieldPlan[] => {
    const target = targets.get(field.name);
    if (target === undefined) return [];
    const isSame = meansSame(field, to.kind.fields[target]!, from.texts === to.texts);
    return [{ source, target, words: isSame ? from.wordsOf[source]! : 0 }];
  });
  const isSame = from.kind.fields.length === to.kind.fields.length &&
    fields.length === to.kind.fields.length &&
    fields.every(({ source, target, words }) =>
      words > 0 && source === target && isOptional(from, source) === isOptional(to, target)
    );
  return { kind, from, to, packer: packerOf(to), isSame, fields };
}

/** True when a word of one field is the same value in another. */
function meansSame(field: Field, other: Field, hasSameTexts: boolean): boolean {
  if (field.type !== other.type || field.step !== other.step) return false;
  if (field.type === "text") return hasSameTexts;
  return field.type !== "enum" || field.values!.every((text, i) => text === other.values![i]);
}

function isOptional({ kind }: RowLayout, field: number): boolean {
  return kind.fields[field]!.optional === true;
}
