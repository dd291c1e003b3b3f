import { optionKey, remedy } from "../../core/remedy.ts";
import type { InputNote } from "../input/input_note.ts";

/** Note on lines with the event key that have all that a state has, which may be what they are. */
export function stateLikeNote(count: number, eventKey: string | undefined): InputNote | undefined {
  if (count === 0) return undefined;
  const key = JSON.stringify(eventKey);
  return {
    code: "events-like-states",
    problem:
      `${count} lines with the key ${key} hold just what a state does, and were taken for events`,
    remedy: remedy`if ${key} is a field, give ${optionKey("eventKey")} KEY`,
  };
}
