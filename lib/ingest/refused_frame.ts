import { JsonFrames } from "./collections/json_frames.ts";
import { InputSyntaxError } from "./input/input_error.ts";
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

/** Fault that says that a frame is left out, where the line is cut off or cannot be read. */
export function leavingOut(
  fault: RowFault,
  parser: LineParser | undefined,
  frame: number | undefined,
): RowFault {
  if (fault.sort.code !== "not-utf8" && !isCut(fault, parser)) return fault;
  const problem = `${fault.problem} (frame ${frame}, of which it may be a part, is left out)`;
  return new RowFault(problem, fault.remedy, fault.target, fault.sort);
}

function isCut(fault: RowFault, parser: LineParser | undefined): boolean {
  if (parser === undefined || parser instanceof JsonFrames) return false;
  // Cells that are there may be cut as well.
  if (parser instanceof CsvRows) return ["csv-quote", "csv-columns"].includes(fault.sort.code);
  return parser.row.text !== "" && isCutOff(fault, parser.row.text);
}

/** Error of an input that ends too early, which says that a frame is left out. */
export function leavingOutLast(error: InputSyntaxError, frame: number): InputSyntaxError {
  const problem = `${error.problem} (frame ${frame}, which may go on behind that, is left out)`;
  return new InputSyntaxError(error.place, problem, error.remedy, error.sort);
}
