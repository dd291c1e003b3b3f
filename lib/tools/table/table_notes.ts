import { remedy } from "../../core/remedy.ts";
import type { RowNote } from "../rows/row_note.ts";

/** Columns that a note lists. */
const LISTED_MAX = 8;

/**
 * Note on columns that are not called like what they hold; none without one.
 *
 * @param what they hold: `fields`
 */
export function renamedNote(
  what: string,
  renamed: readonly { readonly column: string; readonly of: string }[],
): RowNote[] {
  if (renamed.length === 0) return [];
  const list = renamed.slice(0, LISTED_MAX).map(({ column, of }) =>
    of === column ? column : `${column} (${of})`
  );
  if (renamed.length > LISTED_MAX) list.push(`${renamed.length - LISTED_MAX} more`);
  return [{
    code: "columns-renamed",
    problem: `${what} of one name but different types, and names that are taken or differ in ` +
      `upper and lower case alone, have columns of other names: ${list.join(", ")}`,
    remedy: remedy`ask for them by these`,
  }];
}

/** Note on texts that UTF-8 has no bytes for; none without one. */
export function replacedTextsNote(count: number): RowNote[] {
  if (count === 0) return [];
  return [{
    code: "texts-replaced",
    problem: `${count} texts have half a surrogate pair, for which the table has U+FFFD`,
    remedy: remedy`as lines of JSON they are what they were`,
  }];
}
