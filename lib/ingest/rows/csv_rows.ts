import { optionKey, remedy } from "../../core/remedy.ts";
import { cellCategory, cellNumber, cellValue } from "./csv_cell.ts";
import { type CsvRecord, delimiterOf, isDelimiterLine, splitRecord } from "./csv_record.ts";
import { type DecimalMark, markRemedy, plainNumber } from "../input/decimal_mark.ts";
import { inexactNumber, isSurelyExact } from "./exact_number.ts";
import { FlatRow, type RowKeys, type RowReading } from "./flat_row.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputPlace } from "../input/input_error.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { likelyFrameKey, likelyIdKey } from "./likely_key.ts";
import { RowFault } from "../input/row_fault.ts";

/**
 * Rows of CSV. The first record is the header; the delimiter is the one of comma, semicolon and
 * tab that it holds most often outside quotes. Cells are typed by column and kind: see
 * `cellCategory` for how the first cell of a field decides. An empty cell is a missing field, a
 * quoted empty cell is the empty text.
 */
export class CsvRows {
  /** The row that every record is read into. */
  readonly row: FlatRow;
  /** Event that the last record is, since its cell of the event key is not empty. */
  event: object | undefined;
  /** The same as JSON, with numbers as the cells spell them. */
  eventText: string = "";
  /** Frame of a record that lacks cells, where it has that one. */
  cutFrame: unknown;
  readonly #keys: RowKeys;
  readonly #eventKey: string | undefined;
  #delimiter = ",";
  #header: readonly string[] | undefined;
  #eventAt = -1;
  /** Lines of a record whose last quoted cell has not ended. */
  #open: string[] = [];
  #openLine = 0;
  #openLength = 0;

  /**
   * Reader before the header.
   *
   * @param eventKey column that makes a record an event where it is not empty
   */
  constructor(keys: RowKeys, eventKey: string | undefined, reading: RowReading = {}) {
    this.#keys = keys;
    this.#eventKey = eventKey;
    this.row = new FlatRow(keys, "cells", reading);
  }

  /** True once the header was read. */
  get hasHeader(): boolean {
    return this.#header !== undefined;
  }

  /** True while a quoted cell goes on, so that a blank line belongs to it. */
  get isInCell(): boolean {
    return this.#open.length > 0;
  }

  /**
   * Reads a line.
   *
   * @returns the row; undefined after the header and while a quoted cell goes on
   * @throws {RowFault} when a record is not CSV or has another number of cells than the header
   */
  read(line: string, lineNumber: number): FlatRow | undefined {
    const hasQuote = line.includes('"');
    if (this.#open.length > 0 || (hasQuote && quoteCount(line) % 2 === 1)) {
      if (!this.#isRecordWhole(line, lineNumber, hasQuote)) return undefined;
      const text = this.#open.join("\n");
      this.#open = [];
      return this.#read(text, this.#openLine);
    }
    return this.#read(line, lineNumber);
  }

  /** Ends the input. @throws {RowFault} when a quoted cell has not ended */
  end(): void {
    if (this.#open.length === 0) return;
    const text = this.#open.join("\n");
    this.#open = [];
    this.row.clear(text, this.#openLine, "");
    splitRecord(text, this.#delimiter);
  }

  /** Place of a fault in the record at hand, which may span lines. */
  place(fault: RowFault, source: string): InputPlace {
    const { line, text } = this.row;
    const offset = this.#offset(fault);
    if (offset === undefined) return { source, line };
    const before = text.slice(0, offset).split("\n");
    return { source, line: line + before.length - 1, column: before.at(-1)!.length + 1 };
  }

  #isRecordWhole(line: string, lineNumber: number, hasQuote: boolean): boolean {
    if (this.#open.length === 0) {
      this.#openLine = lineNumber;
      this.#openLength = 0;
    }
    const isFirst = this.#open.length === 0;
    this.#open.push(line);
    this.#openLength += line.length + 1;
    if (!isFirst && this.#openLength > INPUT_LIMITS.recordUnits) {
      this.row.clear(this.#open[0]!, this.#openLine, "");
      const count = lineNumber - this.#openLine;
      this.#open = [];
      throw new RowFault(
        `a quoted cell does not end, and the ${count} lines after it are lost in it`,
        remedy`close the quote`,
        undefined,
        { code: "csv-quote" },
      );
    }
    return !isFirst && hasQuote && quoteCount(line) % 2 === 1;
  }

  #read(text: string, line: number): FlatRow | undefined {
    const row = this.row;
    row.clear(text, line, "");
    this.event = undefined;
    this.cutFrame = undefined;
    if (this.#header === undefined) {
      if (isDelimiterLine(text)) return undefined;
      this.#readHeader(text);
      return undefined;
    }
    const header = this.#header;
    const cells = this.#cells(text);
    if (cells.length !== header.length) {
      const at = header.indexOf(this.#keys.frame);
      // The last cell may be cut as well.
      const frame = at >= 0 && at < cells.length - 1 ? cells[at] : undefined;
      if (frame !== undefined) this.cutFrame = this.#number(header[at]!, frame);
      throw new RowFault(
        `the line has ${cells.length} cells, the header has ${header.length}`,
        remedy`write every cell, quote cells that hold the delimiter`,
        undefined,
        { code: "csv-columns" },
      );
    }
    if (this.#eventAt >= 0 && cells[this.#eventAt] !== undefined) {
      this.event = this.#readEvent(header, cells);
      return row;
    }
    const { frame, time, id, kind } = this.#keys;
    row.expectKind(cells[header.indexOf(kind)]);
    for (let i = 0; i < header.length; i++) {
      const cell = cells[i];
      if (cell === undefined) continue;
      const name = header[i]!;
      if (name === time) row.timeCell = cell;
      else if (name === frame) row.frameCell = cell;
      if (name === id) row.add(name, idOfCell(cell, row.mark));
      else row.add(name, name === frame || name === time ? this.#number(name, cell) : cell);
    }
    return row;
  }

  /** Event of a record: its cells by their columns, each of the type that it suggests by itself. */
  #readEvent(header: readonly string[], cells: readonly (string | undefined)[]): object {
    const members: [string, unknown][] = [];
    const texts: string[] = [];
    for (let i = 0; i < header.length; i++) {
      const cell = cells[i];
      if (cell === undefined) continue;
      const category = LONG_INTEGER.test(cell) ? "text" : cellCategory(cell, this.row.mark);
      const value = category === "number"
        ? this.#number(header[i]!, cell)
        : cellValue(cell, category);
      members.push([header[i]!, value]);
      const text = typeof value === "number" ? jsonNumber(cell, this.row.mark) : undefined;
      texts.push(`${JSON.stringify(header[i])}:${text ?? JSON.stringify(value)}`);
    }
    this.eventText = `{${texts.join(",")}}`;
    return Object.fromEntries(members);
  }

  #number(name: string, cell: string): number | string {
    const { mark } = this.row;
    const { frame, time } = this.#keys;
    const value = cellNumber(cell, mark);
    if (typeof value === "string") {
      const advice = markRemedy(cell, mark);
      if (advice === undefined) return value;
      throw new RowFault(`the cell ${excerpt(cell)} of ${excerpt(name)} is no number`, advice, {
        path: name,
        part: "value",
      }, {
        code: name === frame ? "bad-frame" : name === time ? "bad-time" : "bad-id",
        field: name,
      });
    }
    // A time is looked at where its unit is known.
    if (isSurelyExact(value) || name === time) return value;
    const fault = inexactNumber(value, (mark && plainNumber(cell, mark)) ?? cell, cell);
    if (fault === undefined) return value;
    const target = { path: name, part: "value" } as const;
    throw new RowFault(fault.problem, fault.remedy, target, {
      code: "inexact-number",
      field: name,
    });
  }

  #cells(text: string): readonly (string | undefined)[] {
    if (text.includes('"')) return splitRecord(text, this.#delimiter).cells;
    const cells: (string | undefined)[] = text.split(this.#delimiter);
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!;
      const last = cell.length - 1;
      if (last >= 0 && isGraphic(cell.charCodeAt(0)) && isGraphic(cell.charCodeAt(last))) continue;
      cells[i] = cell.trim() || undefined;
    }
    return cells;
  }

  #readHeader(text: string): void {
    this.#delimiter = delimiterOf(text);
    const { cells, starts } = splitRecord(text, this.#delimiter);
    const names = new Set<string>();
    for (let i = 0; i < cells.length; i++) {
      const offset = starts[i]!;
      const name = cells[i];
      if (name === undefined) {
        throw new RowFault("a column has no name", remedy`name every column in the first line`, {
          offset,
        }, { code: "csv-columns" });
      }
      if (names.has(name)) {
        throw new RowFault(`the column ${excerpt(name)} occurs twice`, remedy`rename one`, {
          offset,
        }, { code: "key-twice", field: name });
      }
      names.add(name);
    }
    for (const [what, key, option] of this.#required()) {
      if (names.has(key)) continue;
      const columns = Object.fromEntries([...names].map((name) => [name, 0]));
      const likely = option === "frameKey" ? likelyFrameKey(columns) : likelyIdKey(columns);
      throw new RowFault(
        `the line is no JSON object, and as a CSV header it has no ${what} column ${excerpt(key)}`,
        likely === undefined
          ? remedy`name it with ${
            optionKey(option)
          }, or send NDJSON without other lines before it, such as those of a log`
          : remedy`name it with ${optionKey(option)} ${likely}, or send NDJSON`,
        undefined,
        { code: option === "frameKey" ? "no-frame" : "no-id", field: key },
      );
    }
    this.#header = [...names];
    this.#eventAt = this.#eventKey === undefined ? -1 : this.#header.indexOf(this.#eventKey);
  }

  #required() {
    return [["frame", this.#keys.frame, "frameKey"], ["id", this.#keys.id, "idKey"]] as const;
  }

  #offset({ target }: RowFault): number | undefined {
    if (target === undefined) return undefined;
    if ("offset" in target) return target.offset;
    const column = this.#header?.indexOf(target.path) ?? -1;
    let record: CsvRecord;
    try {
      record = splitRecord(this.row.text, this.#delimiter);
    } catch {
      return undefined;
    }
    return record.starts[column];
  }
}

/** A number of a cell as JSON spells it, which has a digit on either side of the point. */
function jsonNumber(cell: string, mark: DecimalMark | undefined): string {
  const plain = (mark && plainNumber(cell, mark)) ?? cell;
  return plain.replace(/^-?(?=\.)/, "$&0").replace(/\.(?!\d)/, "");
}

/** Id of a cell: a number where it spells an integer as numbers print, else a text. */
function idOfCell(cell: string, mark: DecimalMark | undefined): number | string {
  const plain = (mark && plainNumber(cell, mark)) ?? cell;
  if (!/^(?:0|-?[1-9]\d*)$/.test(plain)) return cell;
  const number = Number(plain);
  return Number.isSafeInteger(number) ? number : plain;
}
/** An integer that a double may not hold, which is kept as its digits. */
const LONG_INTEGER = /^-?[1-9]\d{15,}$/;

/** True for a character that no one would trim. */
function isGraphic(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}

function quoteCount(line: string): number {
  let count = 0;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) count++;
  return count;
}
