/** What a cell cannot hold without quotes: delimiters that readers guess, quotes, ends of lines. */
const SPECIAL = /[",;\t\r\n]/;

/**
 * A text as a cell of CSV by RFC 4180, such that readers which trim cells give it back. An empty
 * text stands in quotes, since an empty cell is no value.
 */
export function textCell(text: string): string {
  const isBare = text !== "" && !SPECIAL.test(text) && text.trim() === text;
  return isBare ? text : `"${text.replaceAll('"', '""')}"`;
}

/** Cells as a line with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.join(",")}\r\n`;
}
