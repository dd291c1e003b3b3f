import type { InputNote } from "../../mod.ts";
import { warn } from "../terminal/terminal.ts";

/** What to do about a note, by the option that it names. */
const REMEDIES: Readonly<Record<string, (value?: string) => string>> = {
  timeUnit: (unit = "UNIT") => `give --time-unit ${unit}`,
  timeKey: (key = "KEY") => `give --time-key ${key}`,
  rateHz: (rate = "HZ") => `give --rate ${rate}`,
  decimal: (mark = "MARK") => `give --decimal ${mark}`,
  eventKey: (key = "KEY") => `give --event-key ${key}`,
  sparse: () => "give --sparse",
  every: (step = "K") => `give --every ${step}`,
  schema: (type = "it") => `declare ${type} in a --schema file`,
};

/** Notes on the inputs of a command, each once. */
export class InputNotes {
  readonly #lines = new Set<string>();

  /** Adds a note; bound to its notes, so that it serves as an `onNote`. */
  readonly add = (note: InputNote): void => {
    this.#lines.add(noteLine(note));
  };

  /** Prints the notes and forgets them. */
  print(): void {
    for (const line of this.#lines) warn(line);
    this.#lines.clear();
  }
}

/** A note as people read it: `note: what is odd; give --flag value`. */
export function noteLine({ message, option, value }: InputNote): string {
  const remedy = option === undefined ? undefined : REMEDIES[option]?.(value);
  if (remedy === undefined) return `note: ${message}`;
  // "...; if t is in seconds" is half a sentence.
  return `note: ${message}${/; if [^;]*$/.test(message) ? ", " : "; "}${remedy}`;
}
