/**
 * Plain data in an order that deflates well: values of one member stand together, and names of
 * members once. `script/columns.js` reads it.
 *
 * Every list has what it is before its items:
 * - `[0, ...items]`: as it is
 * - `[1, count, names, ...columns]`: of objects; a column is `[values]`, or `[values, "101"]` with
 *   which objects have it
 * - `[2, lengths, objects]`: of lists of objects, one after another
 */
export function toColumns(value: unknown): unknown {
  if (!Array.isArray(value)) return isObject(value) ? mapMembers(value) : value;
  const list: readonly unknown[] = value;
  if (isRows(list)) return columnsOf(list);
  if (isLists(list)) return [2, list.map(({ length }) => length), toColumns(list.flat())];
  return [0, ...list.map(toColumns)];
}

type Row = Readonly<Record<string, unknown>>;

function columnsOf(rows: readonly Row[]): unknown {
  const names = [...new Set(rows.flatMap(namesOf))];
  const columns = names.map((name) => {
    const having = rows.map((row) => Object.hasOwn(row, name) && row[name] !== undefined);
    const values = toColumns(rows.filter((_, i) => having[i]).map((row) => row[name]));
    return having.every((has) => has)
      ? [values]
      : [values, having.map((has) => has ? "1" : "0").join("")];
  });
  return [1, rows.length, names, ...columns];
}

/** Names that rows share; those of a dictionary are as many as its rows. */
const NAMES_MAX = 200;

function isRows(list: readonly unknown[]): list is readonly Row[] {
  return list.length > 1 && list.every(isRow) && new Set(list.flatMap(namesOf)).size <= NAMES_MAX;
}

function isLists(list: readonly unknown[]): list is readonly (readonly Row[])[] {
  return list.length > 1 && list.every((item) => Array.isArray(item) && item.every(isRow));
}

/** A script that fills objects by name would set the prototype of one with such a name. */
function isRow(value: unknown): value is Row {
  return isObject(value) && !Object.hasOwn(value, "__proto__");
}

function isObject(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Members that JSON has. */
function namesOf(row: Row): string[] {
  return Object.keys(row).filter((name) => row[name] !== undefined);
}

function mapMembers(value: Row): Row {
  return Object.fromEntries(namesOf(value).map((name) => [name, toColumns(value[name])]));
}
