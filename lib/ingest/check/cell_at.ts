/** Characters that part the cells of CSV. */
const DELIMITERS = [",", ";", "\t"];

/** Where a cell of a CSV record ends, by the delimiter before it or, for the first, behind it. */
export function cellAt(
  record: string,
  start: number,
): { readonly start: number; readonly end: number } {
  const before = record.slice(0, start).replace(/ +$/, "").at(-1);
  const delimiters = before === undefined ? DELIMITERS : [before];
  let at = start;
  if (record[at] === '"') {
    do at = record.indexOf('"', at + 1) + 1; while (at > 0 && record[at] === '"');
    if (at === 0) return { start, end: record.length };
  }
  while (at < record.length && !delimiters.includes(record[at]!)) at++;
  return { start, end: at };
}
