import { optionKey, remedy } from "../../core/remedy.ts";
import { listed } from "../select/listed.ts";
import type { RowNote } from "../rows/row_note.ts";

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
  const list = renamed.map(({ column, of }) => of === column ? column : `${column} (${of})`);
  return [{
    code: "columns-renamed",
    problem: `${what} of one name but different types, and names that are taken or differ in ` +
      `upper and lower case alone, have columns of other names: ${listed(list)}`,
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

/** Note on events beside a table of states; none without one. */
export function eventsLeftNote(count: number): RowNote[] {
  if (count === 0) return [];
  return [{
    code: "events-left-out",
    problem: `${count} events stand in no table of states`,
    remedy: remedy`write them to a table of their own by ${
      optionKey("events")
    } only, or leave them out by ${optionKey("events")} none`,
  }];
}

/** Note on frames that a table of states does not have; none without one. */
export function emptyFramesNote(count: number): RowNote[] {
  if (count === 0) return [];
  return [{
    code: "frames-without-states",
    problem: `${count} frames have no state, and so no row`,
    remedy: remedy`as lines of JSON they are there`,
  }];
}

/** Note on members of events that a table has in no column of their own; none without one. */
export function membersLeftNote(count: number, columns: number): RowNote[] {
  if (count === 0) return [];
  return [{
    code: "members-without-column",
    problem: `${count} members of events have none of the ${columns} columns, being too many, of ` +
      "a long name, or of a name that is there nested and spelt with a dot",
    remedy: remedy`the column data has them`,
  }];
}
