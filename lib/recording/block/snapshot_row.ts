import { ByteReader, ByteSyntaxError } from "../../core/bytes/bytes.ts";
import type { RowLayout } from "../../core/state/row_layout.ts";
import { assertRows } from "./row_check.ts";

const NO_BYTES = new ByteReader(new Uint8Array());

/**
 * Refuses a row that was filled word by word and that no reader would take.
 *
 * @param at first word of the row
 * @throws {RangeError} naming entity, frame and field
 */
export function assertRow(
  words: Int32Array,
  at: number,
  layout: RowLayout,
  id: number,
  frame: number,
): void {
  try {
    assertRows(NO_BYTES, words.subarray(at, at + layout.stride), layout);
  } catch (error) {
    if (!(error instanceof ByteSyntaxError)) throw error;
    throw new RangeError(`Cannot record entity ${id} of frame ${frame}: ${error.problem}`);
  }
}
