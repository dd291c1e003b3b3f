import { remedy } from "../../core/remedy.ts";
import { memberOf } from "../../core/state/member_of.ts";
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
  return lineFormat(parseObject(line), idKey, "rows");
}

/**
 * Format of a line of JSON: a whole frame has a list `entities` and no id, a row the other way
 * round.
 *
 * @param other format of lines that have both or neither
 */
export function lineFormat<T>(object: object, idKey: string, other: T): "rows" | "frames" | T {
  const isList = Array.isArray((object as Record<string, unknown>)[ENTITIES_KEY]);
  // Most rows are told by their first line, and need no second look.
  if (!isList && other === "rows") return "rows";
  const hasId = memberOf(object, idKey) !== undefined;
  if (isList === hasId) return other;
  return isList ? "frames" : "rows";
}
