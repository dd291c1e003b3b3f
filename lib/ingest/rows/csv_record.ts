import { remedy } from "../../core/remedy.ts";
import { RowFault } from "../input/row_fault.ts";

/** Cells of a record, and where each of them starts. */
export interface CsvRecord {
  /** Text of each cell; undefined for one that is empty and not quoted, which is no value. */
  readonly cells: (string | undefined)[];
  /** First character of each cell, quotes included. */
  readonly starts: number[];
}

const QUOTE = { code: "csv-quote" };
const REMEDY = remedy`write quotes inside a quoted cell twice, and quote the whole cell`;

/**
 * Cuts a record into cells by RFC 4180. Spaces around a cell are dropped unless they are quoted.
 *
 * A stricter reading than common CSV packages give: those run a short line together with the next.
 *
 * @param delimiter one character
 * @throws {RowFault} when a quote stands where none may
 */
export function splitRecord(text: string, delimiter: string): CsvRecord {
  const cells: (string | undefined)[] = [];
  const starts: number[] = [];
  for (let at = 0;;) {
    while (text[at] !== delimiter && isSpace(text[at])) at++;
    starts.push(at);
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      while (text[at] !== delimiter && isSpace(text[at])) at++;
      if (at < text.length && text[at] !== delimiter) {
        throw new RowFault("something follows a closing quote", REMEDY, { offset: at }, QUOTE);
      }
    } else {
      const next = text.indexOf(delimiter, at);
      const end = next < 0 ? text.length : next;
      const cell = text.slice(at, end).trimEnd();
      const quote = cell.indexOf('"');
      if (quote >= 0) {
        throw new RowFault("a quote stands inside a cell", REMEDY, { offset: at + quote }, QUOTE);
      }
      cells.push(cell === "" ? undefined : cell);
      at = end;
    }
    if (at >= text.length) return { cells, starts };
    at++;
  }
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      throw new RowFault("a quoted cell does not end", REMEDY, { offset: open }, QUOTE);
    }
    if (text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}

function isSpace(unit: string | undefined): boolean {
  return unit === " " || unit === "\t" || unit === "\r";
}

/** True for the line before a header by which Excel names the delimiter, which the header shows. */
export function isDelimiterLine(text: string): boolean {
  return /^"?sep=[,;\t]"?\s*$/i.test(text);
}

/** The delimiter that a header holds most often outside quotes. */
export function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, "");
  let best = ",";
  let most = 0;
  for (const delimiter of [",", ";", "\t"]) {
    const count = bare.split(delimiter).length;
    if (count > most) {
      most = count;
      best = delimiter;
    }
  }
  return best;
}
