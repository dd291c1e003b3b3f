/** Names that a note lists. */
const LISTED_MAX = 8;

/** Names in a note, no more than are of use. */
export function listed(names: readonly string[]): string {
  const more = names.length - LISTED_MAX;
  return names.slice(0, LISTED_MAX).join(", ") + (more > 0 ? `, ${more} more` : "");
}
