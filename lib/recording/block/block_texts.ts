import type { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { decodeText } from "../../core/bytes/text_bytes.ts";
import type { TextPool } from "../../core/state/text_pool.ts";
import type { Work } from "../queue/work.ts";
import { type KindTracks, textWords } from "./block_content.ts";

/*
 * The texts of a block, so that it can be decoded alone: FORMAT.md, "Texts". In the file a text
 * field's word is a number in this list; in rows it is one in the pool of the layout. In both, 0 is
 * the empty text, which the list leaves out.
 */

/** True when a block of a layout begins with a list of texts. */
export function hasTexts(layout: SnapshotLayout): boolean {
  return layout.kinds.some(({ kind }) => kind.fields.some(({ type }) => type === "text"));
}

/** Samples, and texts, after which others may run. */
const SLICE_SAMPLES = 4096;
const SLICE_TEXTS = 256;

/** Writes the texts that rows use, in the order of their first use. @returns their numbers */
export function* writeTexts(
  out: ByteWriter,
  kinds: readonly KindTracks[],
  layout: SnapshotLayout,
): Work<ReadonlyMap<number, number>> {
  const numbers = new Map([[0, 0]]);
  for (const { kind, rows } of kinds) {
    const row = layout.kinds[kind]!;
    const slice = SLICE_SAMPLES * row.stride;
    for (const word of textWords(row)) {
      for (let from = word; from < rows.length; from += slice) {
        const end = Math.min(from + slice, rows.length);
        for (let at = from; at < end; at += row.stride) {
          if (!numbers.has(rows[at]!)) numbers.set(rows[at]!, numbers.size);
        }
        yield;
      }
    }
  }
  out.varint(numbers.size - 1);
  let written = 0;
  for (const number of numbers.keys()) {
    if (number === 0) continue;
    const bytes = layout.texts.bytes(number);
    out.varint(bytes.length).append(bytes);
    if (++written % SLICE_TEXTS === 0) yield;
  }
  return numbers;
}

/**
 * Mirror of {@linkcode writeTexts}.
 *
 * @returns number in the pool of each text of the block
 * @throws {ByteSyntaxError} for bytes that are no text
 * @throws {RangeError} when the pool is full
 */
export function readTexts(input: ByteReader, texts: TextPool): Int32Array {
  const count = input.varint();
  if (count > input.remaining) input.refuse(`the block has ${count} texts, more than bytes`);
  const numbers = new Int32Array(count + 1);
  for (let i = 1; i <= count; i++) {
    const text = decodeText(input.take(input.varint()));
    if (text === undefined) input.refuse(`text ${i} is not UTF-8`);
    numbers[i] = texts.number(text);
  }
  // Those that were stored longest ago go first.
  if (!texts.has(numbers[1] ?? 0)) input.refuse("the block has more texts than are kept at once");
  return numbers;
}
