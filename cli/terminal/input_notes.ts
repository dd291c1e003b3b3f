import type { InputNote } from "../../lib/ingest.ts";
import { flagOf } from "../option_flags.ts";
import { warn } from "./terminal.ts";

/** Notes on the inputs of a command, each once. */
export class InputNotes {
  readonly #lines = new Set<string>();

  /** Adds a note; bound to its notes, so that it serves as an `onNote`. */
  readonly add = (note: InputNote): void => {
    this.#lines.add(`note: ${noteText(note)}`);
  };

  /** Prints the notes and forgets them. */
  print(): void {
    for (const line of this.#lines) warn(line);
    this.#lines.clear();
  }
}

/** A note as people read it: `what is odd; give --flag value`. */
export function noteText({ problem, remedy }: InputNote): string {
  return remedy === undefined ? problem : `${problem}; ${remedy.render(flagOf)}`;
}
