import { remedy } from "../../core/remedy.ts";
import { nestedFault, NOT_JSON, prefixFault, utf16Fault } from "./line_fault.ts";
import { RowFault } from "../input/row_fault.ts";

/**
 * Whether an input is CSV, by its first line that is not blank: all but a JSON object is a header.
 *
 * @throws {RowFault} when the line starts a JSON list, or has a text before its JSON
 */
export function isCsvHeader(line: string): boolean {
  const first = line.trimStart()[0];
  const wrapped = first === "{"
    ? undefined
    : nestedFault(line) ?? utf16Fault(line) ?? prefixFault(line);
  if (wrapped !== undefined) throw wrapped;
  if (first === "[" && /^\s*\[\s*(?:$|[[{"\]-]|\d+\s*[,\]])/.test(line)) {
    throw new RowFault(
      "the line starts a JSON list",
      remedy`send one JSON object per line, as jq -c '.[]' does`,
      undefined,
      NOT_JSON,
    );
  }
  return first !== "{";
}
