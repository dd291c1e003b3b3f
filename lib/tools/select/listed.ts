/** Names that a note lists unless it says otherwise. */
const LISTED_MAX = 8;

/** Names in a line, no more than are of use: `a, b, and 3 more`. */
export function listed(names: readonly string[], max: number = LISTED_MAX): string {
  const more = names.length > max ? `, and ${names.length - max} more` : "";
  return names.slice(0, max).join(", ") + more;
}
