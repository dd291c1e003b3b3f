import { remedy } from "../../core/remedy.ts";
import type { InputFormat } from "../input/input_format.ts";
import { RowFault } from "../input/row_fault.ts";
import { ENTITIES_KEY } from "./json_rows.ts";
import { parseObject } from "./record_parser.ts";

/**
 * Format of an input by its first line that is not blank: a JSON object with a list `entities` and
 * no id is a frame, any other JSON object a row, all else the header of CSV.
 *
 * @throws {RowFault} when the line starts a JSON object or list but is no JSON object
 */
export function detectFormat(line: string, idKey: string): InputFormat {
  const first = line.trimStart()[0];
  if (first === "[") {
    throw new RowFault(
      "the line starts a JSON list",
      remedy`send one JSON object per line, as jq -c '.[]' does`,
    );
  }
  if (first !== "{") return "csv";
  const object = parseObject(line) as Record<string, unknown>;
  return Array.isArray(object[ENTITIES_KEY]) && !Object.hasOwn(object, idKey) ? "frames" : "rows";
}
