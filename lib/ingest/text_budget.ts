import type { FlatRow } from "./flat_row.ts";
import { INPUT_LIMITS } from "./limits.ts";
import { RowFault } from "./row_fault.ts";

const REMEDY = "leave the field out, send a number, or send the texts as events";

/** Counts distinct texts, because a stream of ever new texts would fill the memory. */
export class TextBudget {
  #units = 0;

  /**
   * Counts a text of a field.
   *
   * @param texts distinct texts of that field so far, by themselves; the text is added
   * @param r position of the field in the row
   * @returns the one copy of the text that is to be kept: the one at hand may be a view into all
   *   the input around it, and a copy for every row would outlive what is young
   * @throws {RowFault} above a limit
   */
  count(texts: Map<string, string>, text: string, row: FlatRow, r: number): string {
    const known = texts.get(text);
    if (known !== undefined) return known;
    const { textsPerField, textUnits, textLength } = INPUT_LIMITS;
    if (text.length > textLength) {
      this.#refuse(row, r, `is a text of ${text.length} characters, at most ${textLength} fit`);
    }
    if (texts.size >= textsPerField) {
      this.#refuse(row, r, `has more than ${textsPerField} distinct texts`);
    }
    if (this.#units + text.length > textUnits) {
      this.#refuse(row, r, `brings the input's distinct texts above ${textUnits} characters`);
    }
    this.#units += text.length;
    const kept = detached(text);
    texts.set(kept, kept);
    return kept;
  }

  #refuse(row: FlatRow, r: number, reason: string): never {
    const name = row.names[r]!;
    const target = { path: row.path(name), part: "value" } as const;
    throw new RowFault(`the field ${JSON.stringify(name)} ${reason}`, REMEDY, target);
  }
}

/** The same text in memory of its own, which engines make when they take a part of a new text. */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
