/** The value that `toColumns` put into columns. */
export function fromColumns(value) {
  if (!Array.isArray(value)) {
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, fromColumns(member)]),
    );
  }
  const [kind, ...items] = value;
  if (kind === 1) return rowsOf(items);
  if (kind === 2) return listsOf(items[0], fromColumns(items[1]));
  return items.map(fromColumns);
}

function rowsOf([count, names, ...columns]) {
  const rows = Array.from({ length: count }, () => ({}));
  names.forEach((name, place) => {
    const [packed, having] = columns[place];
    const values = fromColumns(packed);
    let next = 0;
    for (let i = 0; i < count; i++) {
      if (having === undefined || having[i] === "1") rows[i][name] = values[next++];
    }
  });
  return rows;
}

function listsOf(lengths, flat) {
  let from = 0;
  return lengths.map((length) => flat.slice(from, from += length));
}
