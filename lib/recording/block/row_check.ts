import type { ByteReader } from "../../core/bytes/bytes.ts";
import { integerRange } from "../../core/state/field_range.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import type { Field } from "../../core/state/schema.ts";

/**
 * Refuses rows that no writer of states makes: a word outside its field's type, words of an
 * absent field that are not zero, a presence bit of a field that is always there.
 *
 * @param input reader that names the place in its error
 * @throws {ByteSyntaxError}
 */
export function assertRows(input: ByteReader, rows: Int32Array, layout: RowLayout): void {
  const { stride, presenceWords } = layout;
  const fields = layout.kind.fields;
  for (let word = 0; word < presenceWords; word++) {
    const stray = ~optionalBits(fields, word);
    for (let at = word; at < rows.length; at += stride) {
      if ((rows[at]! & stray) !== 0) input.refuse("a presence bit belongs to no optional field");
    }
  }
  for (let i = 0; i < fields.length; i++) {
    const range = wordRange(fields[i]!);
    if (range !== undefined) assertRange(input, rows, layout, i, range);
    if (fields[i]!.optional) assertAbsence(input, rows, layout, i);
  }
}

function optionalBits(fields: readonly Field[], word: number): number {
  let bits = 0;
  for (let i = word * 32; i < Math.min(fields.length, word * 32 + 32); i++) {
    if (fields[i]!.optional) bits |= 1 << (i & 31);
  }
  return bits;
}

/** Smallest and largest word of a field; undefined where every word is a value. */
function wordRange(field: Field): readonly [number, number] | undefined {
  if (field.type === "bool") return [0, 1];
  if (field.type === "enum") return [0, Math.max(0, field.values!.length - 1)];
  // The numbers of texts are checked against the block's own list, which is gone by now.
  if (field.type === "u32" || field.type === "i32" || field.type === "text") return undefined;
  return integerRange(field.type);
}

function assertRange(
  input: ByteReader,
  rows: Int32Array,
  layout: RowLayout,
  field: number,
  [min, max]: readonly [number, number],
): void {
  for (let at = layout.wordOf[field]!; at < rows.length; at += layout.stride) {
    const word = rows[at]!;
    if (word < min || word > max) refuseField(input, layout, field, `holds ${word}`);
  }
}

function assertAbsence(
  input: ByteReader,
  rows: Int32Array,
  layout: RowLayout,
  field: number,
): void {
  const first = layout.wordOf[field]!;
  const words = layout.wordsOf[field]!;
  for (let row = 0; row < rows.length; row += layout.stride) {
    if (layout.isPresent(rows, row, field)) continue;
    if (rows[row + first] !== 0 || (words === 2 && rows[row + first + 1] !== 0)) {
      refuseField(input, layout, field, "is absent and has a value");
    }
  }
}

function refuseField(input: ByteReader, layout: RowLayout, field: number, reason: string): never {
  const { name, fields } = layout.kind;
  return input.refuse(
    `${JSON.stringify(name)} field ${JSON.stringify(fields[field]!.name)} ${reason}`,
  );
}
