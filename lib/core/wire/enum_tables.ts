import { type ByteReader, putVarint } from "../bytes/bytes.ts";
import type { SnapshotLayout } from "../state/snapshot_layout.ts";
import { encodeText } from "../bytes/text_bytes.ts";

/**
 * The texts of all enums, which a consumer has to be sent before an index means anything to it: for
 * each kind and each of its enum fields, in the schema's order, the number of texts as LEB128, then
 * each text as the number of its bytes and the bytes. No bytes when no enum has a text.
 */
export function enumTables(layout: SnapshotLayout): Uint8Array {
  const parts: Uint8Array[] = [];
  let hasTexts = false;
  for (const { kind } of layout.kinds) {
    for (const { type, values } of kind.fields) {
      if (type !== "enum") continue;
      parts.push(varintOf(values!.length));
      for (const text of values!) {
        const bytes = encodeText(text);
        parts.push(varintOf(bytes.length), bytes);
        hasTexts = true;
      }
    }
  }
  return hasTexts ? Uint8Array.from(parts.flatMap((part) => [...part])) : new Uint8Array(0);
}

function varintOf(value: number): Uint8Array {
  const bytes = new Uint8Array(5);
  return bytes.subarray(0, putVarint(bytes, 0, value));
}

/**
 * Reads tables that have to be those of the far end's own schema.
 *
 * @param tables what {@linkcode enumTables} gives for it
 * @throws {ByteSyntaxError} for any others
 */
export function readEnumTables(input: ByteReader, tables: Uint8Array): void {
  if (tables.length === 0) input.refuse("the schema has no texts");
  const bytes = input.take(tables.length);
  if (!bytes.every((byte, i) => byte === tables[i])) {
    input.refuse("the tables of texts are not those of the schema");
  }
}
