import { remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";
import { lacksZone } from "../input/time_value.ts";

/** Watches times for dates without a zone. */
export class ZoneWatch {
  #first: unknown;

  /** Looks at a time as it came. */
  look(time: unknown): void {
    if (this.#first === undefined && lacksZone(time)) this.#first = time;
  }

  /** Note on such dates, if there were some. @param key key of the times */
  notes(key: string): InputNote[] {
    if (this.#first === undefined) return [];
    return [{
      code: "no-zone",
      problem: `the time ${JSON.stringify(key)} is a date that does not say its zone, such as ${
        excerpt(this.#first)
      }, which is taken for UTC`,
      remedy:
        remedy`if the clock of another input has to agree, put its zone behind it, as +01:00 or Z`,
    }];
  }
}
