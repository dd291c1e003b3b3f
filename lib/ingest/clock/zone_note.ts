import { remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";

/** Note on times that are dates without a zone. @param first the first of them */
export function zoneNote(key: string, first: unknown): InputNote {
  return {
    code: "no-zone",
    problem: `the time ${JSON.stringify(key)} is a date that does not say its zone, such as ${
      excerpt(first)
    }, which is taken for UTC`,
    remedy:
      remedy`if the clock of another input has to agree, put its zone behind it, as +01:00 or Z`,
  };
}
