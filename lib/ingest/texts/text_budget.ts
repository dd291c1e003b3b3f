import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import type { FlatRow } from "../rows/flat_row.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";

const REMEDY = remedy`make it a text field in the ${optionKey("schema")} file`;

/** Counts distinct texts of enums that list none, because ever new ones would fill the memory. */
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
    const { textsPerField, textUnits } = INPUT_LIMITS;
    if (texts.size >= textsPerField) {
      refuse(row, r, `has more than ${textsPerField} distinct texts`, REMEDY, "texts-max");
    }
    if (this.#units + text.length > textUnits) {
      refuse(
        row,
        r,
        `brings the distinct texts of enums above ${textUnits} characters`,
        REMEDY,
        "texts-max",
      );
    }
    this.#units += text.length;
    texts.add(text);
  }
}

/** Refuses a text above the limit. @throws {RowFault} */
export function refuseLongText(row: FlatRow, r: number, text: string): void {
  const { textLength } = INPUT_LIMITS;
  if (text.length <= textLength) return;
  const advice = remedy`leave the field out, or send the text as an event`;
  refuse(
    row,
    r,
    `is a text of ${text.length} characters, at most ${textLength} fit`,
    advice,
    "too-long",
  );
}

function refuse(row: FlatRow, r: number, problem: string, advice: Remedy, code: string): never {
  const name = row.names[r]!;
  const target = { path: row.path(name), part: "value" } as const;
  throw new RowFault(`the field ${JSON.stringify(name)} ${problem}`, advice, target, {
    code,
    field: name,
  });
}
