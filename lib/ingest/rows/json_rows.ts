import { FlatRow, type RowKeys } from "./flat_row.ts";
import type { InputPlace } from "../input/input_error.ts";
import type { LeftOut } from "../input/left_out.ts";
import { refuseRowKeyTwice } from "./key_twice.ts";
import { placeInJson } from "./record_parser.ts";
import type { RowFault } from "../input/row_fault.ts";

/** Rows of NDJSON, one row a line. */
export class JsonRows {
  /** The row that every line is read into. */
  readonly row: FlatRow;

  /** Reader before the first line. @param leftOut what rows are read without */
  constructor(keys: RowKeys, leftOut?: LeftOut) {
    this.row = new FlatRow(keys, "values", { leftOut });
  }

  /** Goes on to a line, which faults then are of. */
  begin(line: string, lineNumber: number): void {
    this.row.clear(line, lineNumber, "");
  }

  /**
   * Row of the line at hand.
   *
   * @param object what the line holds
   * @param colons colons of the line
   * @throws {RowFault} when it is no row
   */
  read(object: object, colons: number): FlatRow {
    const row = this.row;
    row.addObject(object);
    if (colons !== row.keyCount) refuseRowKeyTwice(row, object, colons, row.keyCount);
    return row;
  }

  /** Place of a fault in the line at hand. */
  place(fault: RowFault, source: string): InputPlace {
    return placeInJson(fault, this.row, source);
  }
}
