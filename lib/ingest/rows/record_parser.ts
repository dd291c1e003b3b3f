import { remedy } from "../../core/remedy.ts";
import type { FlatRow } from "./flat_row.ts";
import type { InputPlace } from "../input/input_error.ts";
import { findMember } from "./json_places.ts";
import { lineFault, NOT_JSON, objectRemedy } from "./line_fault.ts";
import { RowFault } from "../input/row_fault.ts";

/** Object of a line of NDJSON. @throws {RowFault} when the line is not a JSON object */
export function parseObject(line: string): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw lineFault(line);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new RowFault("the line is no JSON object", objectRemedy(value), undefined, NOT_JSON);
}

/** True for the fault of a line whose end is missing. */
export function isCutOff({ target }: RowFault, line: string): boolean {
  return target !== undefined && "offset" in target && target.offset >= line.length;
}

/** Frame that a line names which cannot be read as a whole: it is cut off, or has a fault behind it. */
export function frameOfCut(line: string, key: string): number | undefined {
  const member = findMember(line, key);
  if (member === undefined || member.valueEnd === line.length) return undefined;
  const literal = line.slice(member.valueAt, member.valueEnd).replaceAll('"', "");
  return /^\d{1,10}$/.test(literal) ? Number(literal) : undefined;
}

/** Place of a fault in a record that is one line of JSON. */
export function placeInJson(fault: RowFault, row: FlatRow, source: string): InputPlace {
  const { line, text } = row;
  if (fault.target === undefined) {
    const start = row.prefix === "" ? undefined : findMember(text, row.prefix.slice(0, -1));
    return { source, line, column: start && start.valueAt + 1 };
  }
  return { source, line, column: columnOf(fault, text) };
}

function columnOf({ target }: RowFault, text: string): number | undefined {
  if (target === undefined) return undefined;
  if ("offset" in target) return target.offset + 1;
  const member = findMember(text, target.path);
  return member && (target.part === "key" ? member.keyAt : member.valueAt) + 1;
}

/** True for a line that holds nothing but white space. */
export function isBlank(line: string): boolean {
  return line.length === 0 || (line.charCodeAt(0) <= 0x20 && line.trim() === "");
}

/** Refuses a line that is not UTF-8. @throws {RowFault} always */
export function refuseEncoding(line: string): never {
  throw new RowFault(
    "the line is not UTF-8 text",
    line.includes("\0")
      ? remedy`convert it from UTF-16 to UTF-8`
      : remedy`send NDJSON or CSV, as UTF-8`,
    undefined,
    { code: "not-utf8" },
  );
}
