import { lowestBit } from "../core/mask.ts";
import type { RowLayout } from "../core/row_layout.ts";

/**
 * Copies the masked fields of one row over those of another of the same kind.
 *
 * @param lo fields 0 to 31
 * @param hi fields 32 to 63
 */
export function copyFields(
  layout: RowLayout,
  lo: number,
  hi: number,
  from: Int32Array,
  fromAt: number,
  to: Int32Array,
): void {
  for (let bits = lo; bits !== 0; bits &= bits - 1) {
    copyWords(layout, lowestBit(bits), from, fromAt, to);
  }
  for (let bits = hi; bits !== 0; bits &= bits - 1) {
    copyWords(layout, 32 + lowestBit(bits), from, fromAt, to);
  }
  if (layout.presenceWords > 0) to[0] = (to[0]! & ~lo) | (from[fromAt]! & lo);
  if (layout.presenceWords > 1) to[1] = (to[1]! & ~hi) | (from[fromAt + 1]! & hi);
}

function copyWords(
  layout: RowLayout,
  field: number,
  from: Int32Array,
  fromAt: number,
  to: Int32Array,
): void {
  const place = layout.wordOf[field]!;
  for (let w = place; w < place + layout.wordsOf[field]!; w++) to[w] = from[fromAt + w]!;
}
