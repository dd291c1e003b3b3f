import { optionKey, remedy } from "../core/remedy.ts";
import { InputSyntaxError } from "./input/input_error.ts";

/** What an input without states has. */
export interface WithoutStates {
  /** Events. */
  readonly events: number;
  /** Key of their names. */
  readonly nameKey: string;
  /** Lines that were skipped. */
  readonly skipped: number;
}

/** Error of an input that has ended without states. @param source name of it for messages */
export function noStates(
  source: string,
  { events, nameKey, skipped }: WithoutStates,
): InputSyntaxError {
  if (events > 0) {
    return new InputSyntaxError(
      { source },
      `it holds no states, only ${events} events`,
      remedy`send at least one row, or name another key with ${optionKey("eventKey")} if ${
        JSON.stringify(nameKey)
      } is a field`,
      { code: "no-rows" },
    );
  }
  return new InputSyntaxError(
    { source },
    skipped > 0 ? `all ${skipped} lines are bad` : "it holds no rows",
    skipped > 0
      ? remedy`read it without ${optionKey("skipBad")} to see why`
      : remedy`send at least one row`,
    { code: skipped > 0 ? "all-bad" : "no-rows" },
  );
}
