import { remedy } from "../../core/remedy.ts";
import { RowFault } from "../input/row_fault.ts";

/**
 * Whether an input is CSV, by its first line that is not blank: all but a JSON object is a header.
 *
 * @throws {RowFault} when the line starts a JSON list
 */
export function isCsvHeader(line: string): boolean {
  const first = line.trimStart()[0];
  if (first === "[") {
    throw new RowFault(
      "the line starts a JSON list",
      remedy`send one JSON object per line, as jq -c '.[]' does`,
      undefined,
      { code: "not-json" },
    );
  }
  return first !== "{";
}
