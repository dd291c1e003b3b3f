import { JsonFrames } from "./collections/json_frames.ts";
import { RowFault } from "./input/row_fault.ts";
import { CsvRows } from "./rows/csv_rows.ts";
import type { JsonRows } from "./rows/json_rows.ts";
import { frameOfCut, isCutOff } from "./rows/record_parser.ts";

/** What tells a line apart into its parts. */
export type LineParser = JsonRows | JsonFrames | CsvRows;

/**
 * Frame of a line that is refused, also where it cannot be read as a whole.
 *
 * @param isRead true when the line is JSON
 * @param key that it has its frame under
 */
export function frameNamed(parser: LineParser | undefined, isRead: boolean, key: string): unknown {
  if (parser === undefined) return undefined;
  if (parser instanceof JsonFrames) return parser.head.frame;
  const { row } = parser;
  if (parser instanceof CsvRows) return row.frame ?? parser.cutFrame;
  return isRead ? row.frame : frameOfCut(row.text, key);
}

/** Fault that says that a frame is left out, where the line is cut off. */
export function leavingOut(
  fault: RowFault,
  parser: LineParser | undefined,
  frame: number | undefined,
): RowFault {
  const text = parser === undefined || parser instanceof JsonFrames ? "" : parser.row.text;
  if (parser instanceof CsvRows || text === "" || !isCutOff(fault, text)) return fault;
  const problem = `${fault.problem} (frame ${frame}, of which it may be a part, is left out)`;
  return new RowFault(problem, fault.remedy, fault.target, fault.sort);
}
