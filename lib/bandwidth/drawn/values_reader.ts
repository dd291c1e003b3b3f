import { float32FromBits, float64FromBits } from "../../core/bytes/bits.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import type { Field } from "../../core/state/schema.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { TextPool } from "../../core/state/text_pool.ts";
import { COLUMN, type KindPlan } from "./drawn_plan.ts";
import type { StateValues } from "./state_values.ts";

/** Ways to read a field, as numbers: engines compare texts far slower. */
const WORD = 0;
const UNSIGNED = 1;
const SINGLE = 2;
const DOUBLE = 3;
const WIDE = 4;
/** By {@linkcode FieldReader.read}, whatever it is. */
const OTHER = 5;
/** The same, over two places. */
const WIDE_OTHER = 6;

/** How a field of a row becomes a value. */
interface FieldReader {
  readonly code: number;
  readonly field: number;
  readonly word: number;
  readonly slot: number;
  /** True for an angle in degrees or radians, which is kept twice. */
  readonly isDouble: boolean;
  readonly read: (layout: RowLayout, words: Int32Array, at: number) => number;
}

/** How rows of a kind are read. */
interface KindReader {
  /** Index of the plan. */
  readonly kind: number;
  readonly width: number;
  readonly fields: readonly FieldReader[];
  readonly layout: RowLayout;
}

/**
 * Reads snapshots, recorded ones or such as are sent, into values that can be compared: what is not
 * sent is left out, and a text is a number that says the same on both sides.
 */
export class ValuesReader {
  /** By kind of the snapshots; undefined for one that is not sent. */
  readonly #kinds: readonly (KindReader | undefined)[];

  /**
   * @param layout layout of the snapshots
   * @param texts texts of the recorded ones
   */
  constructor(plans: readonly KindPlan[], layout: SnapshotLayout, texts: TextPool) {
    const indexes = new Map(plans.map(({ kind }, i) => [kind.name, i]));
    this.#kinds = layout.kinds.map((kind) => {
      const index = indexes.get(kind.kind.name);
      if (index === undefined) return undefined;
      const plan = plans[index]!;
      const fields = plan.kind.fields.map((_, i) => fieldReader(plan, i, kind, texts));
      return { kind: index, width: plan.width, fields, layout: kind };
    });
  }

  /** Reads a snapshot. */
  read(snapshot: Snapshot, out: StateValues): void {
    out.clear();
    out.frame = snapshot.frame;
    const { count, ids, kinds, rows, words } = snapshot;
    for (let i = 0; i < count; i++) {
      const kind = this.#kinds[kinds[i]!];
      if (kind === undefined) continue;
      const place = out.add(ids[i]!, kind.kind, kind.width);
      readRow(kind, words, rows[i]!, out.values, out.starts[place]!);
      notePresence(kind, words, rows[i]!, out.presence, 2 * place);
    }
  }
}

function readRow(
  { fields, layout }: KindReader,
  words: Int32Array,
  at: number,
  values: Float64Array,
  start: number,
): void {
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!;
    const place = at + field.word;
    const to = start + field.slot;
    let value: number;
    switch (field.code) {
      case WORD:
        value = words[place]!;
        break;
      case UNSIGNED:
        value = words[place]! >>> 0;
        break;
      case SINGLE:
        value = float32FromBits(words[place]!);
        break;
      case DOUBLE:
        value = float64FromBits(words[place]!, words[place + 1]!);
        break;
      case WIDE:
        value = words[place]! >>> 0;
        values[to + 1] = words[place + 1]! >>> 0;
        break;
      case OTHER:
        value = field.read(layout, words, at);
        break;
      default: {
        const whole = field.read(layout, words, at);
        const high = Math.floor(whole / 4294967296);
        value = whole - high * 4294967296;
        values[to + 1] = high;
      }
    }
    values[to] = value;
    if (field.isDouble) values[to + 1] = value;
  }
}

function notePresence(
  { fields, layout }: KindReader,
  words: Int32Array,
  at: number,
  presence: Int32Array,
  to: number,
): void {
  presence[to] = presence[to + 1] = -1;
  if (layout.presenceWords === 0) return;
  for (let i = 0; i < fields.length; i++) {
    if (!layout.isPresent(words, at, fields[i]!.field)) {
      presence[to + (i >>> 5)]! &= ~(1 << (i & 31));
    }
  }
}

function fieldReader(
  plan: KindPlan,
  sentField: number,
  layout: RowLayout,
  texts: TextPool,
): FieldReader {
  const { name } = plan.kind.fields[sentField]!;
  const field = layout.kind.fields.findIndex((entry) => entry.name === name);
  const columns = plan.columns.filter((column) => column.field === sentField);
  const isWide = columns[0]!.way === COLUMN.wideMatch;
  const source = layout.kind.fields[field]!;
  const recorded = plan.recorded.fields[plan.recordedFields[sentField]!]!;
  const read = readerOf(source, recorded, field, layout, texts);
  const code = read === undefined ? codeOf(source) : isWide ? WIDE_OTHER : OTHER;
  return {
    code: isWide && code !== WIDE ? WIDE_OTHER : code,
    field,
    word: layout.wordOf[field]!,
    slot: plan.slots[sentField]!,
    isDouble: columns.length > 1,
    read: read ?? ((rows, words, at) => Number(rows.get(words, at, field) ?? 0)),
  };
}

function codeOf({ type }: Field): number {
  if (type === "u32") return UNSIGNED;
  if (type === "f32") return SINGLE;
  if (type === "f64") return DOUBLE;
  return type === "u64" ? WIDE : WORD;
}

/** Reads what is no plain word; undefined where it is. */
function readerOf(
  source: Field,
  recorded: Field,
  field: number,
  layout: RowLayout,
  texts: TextPool,
): FieldReader["read"] | undefined {
  if (source.type === "fixed") {
    const multiplier = layout.multipliers[field]!;
    const divisor = layout.divisors[field]!;
    const word = layout.wordOf[field]!;
    return (_layout, words, at) => words[at + word]! * multiplier / divisor;
  }
  const isText = source.type === "enum" || source.type === "text";
  if (!isText || source === recorded || (source.type === "text" && layout.texts === texts)) {
    return undefined;
  }
  // A number of the recorded side: of an enum's texts or of all.
  const indexes = recorded.type === "enum"
    ? new Map(recorded.values!.map((text, i) => [text, i]))
    : undefined;
  const word = layout.wordOf[field]!;
  return (rows, words, at) => {
    // A state that is held for long may have a text that is not kept any more.
    if (source.type === "text" && !rows.texts.has(words[at + word]!)) return -1;
    const text = rows.get(words, at, field);
    if (text === undefined) return 0;
    return indexes === undefined ? texts.number(text as string) : indexes.get(text as string) ?? -1;
  };
}
