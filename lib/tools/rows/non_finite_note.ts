import { remedy } from "../../core/remedy.ts";
import type { RowNote } from "./row_note.ts";

/** Note on numbers that rows spell as texts; none without one. */
export function nonFiniteNote(count: number): RowNote[] {
  if (count === 0) return [];
  return [{
    code: "not-finite",
    problem: `${count} values are NaN or infinite and stand as texts of these names, which are ` +
      "no numbers where they are read back",
    remedy: remedy`leave their fields out`,
  }];
}
