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
   * @param texts distinct texts of that field so far; the text is added
   * @param r position of the field in the row
   * @throws {RowFault} above a limit
   */
  count(texts: Set<string>, text: string, row: FlatRow, r: number): void {
    if (texts.has(text)) return;
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
    texts.add(text);
  }

  #refuse(row: FlatRow, r: number, reason: string): never {
    const name = row.names[r]!;
    const target = { path: row.path(name), part: "value" } as const;
    throw new RowFault(`the field ${JSON.stringify(name)} ${reason}`, REMEDY, target);
  }
}
