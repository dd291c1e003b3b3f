/** The value that `toColumns` put into columns. */
export function fromColumns(value) {
  if (!Array.isArray(value)) {
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, fromColumns(member)]),
    );
  }
  if (value[0] === 1) return rowsOf(value);
  if (value[0] === 2) return listsOf(value[1], fromColumns(value[2]));
  return value.slice(1).map((item) => typeof item === "object" ? fromColumns(item) : item);
}

/** Row by row, since objects that get the same members in the same order are made fastest. */
function rowsOf([, count, names, ...packed]) {
  const columns = packed.map(([values, having]) => ({
    values: fromColumns(values),
    having,
    next: 0,
  }));
  return Array.from({ length: count }, (_, i) => {
    const row = {};
    for (let place = 0; place < names.length; place++) {
      const column = columns[place];
      if (column.having === undefined || column.having[i] === "1") {
        row[names[place]] = column.values[column.next++];
      }
    }
    return row;
  });
}

function listsOf(lengths, flat) {
  let from = 0;
  return lengths.map((length) => flat.slice(from, from += length));
}
