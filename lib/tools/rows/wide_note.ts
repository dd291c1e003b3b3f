import { optionKey, remedy } from "../../core/remedy.ts";
import { listed } from "../select/listed.ts";
import type { RowNote } from "./row_note.ts";

/** Note on fields with integers that rows spell as texts, as `kind.field`; none without one. */
export function wideNote(fields: ReadonlySet<string>): RowNote[] {
  if (fields.size === 0) return [];
  const names = Array.from(fields, (name) => JSON.stringify(name));
  return [{
    code: "wide-integers",
    problem: `integers above ${Number.MAX_SAFE_INTEGER} of ${
      listed(names)
    } stand as texts of their digits, which take a schema to read back where no number is beside them`,
    remedy: remedy`record it with ${optionKey("schema")}, as ${optionKey("infoSchema")} prints it`,
  }];
}
