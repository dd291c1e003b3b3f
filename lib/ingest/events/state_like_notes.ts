import { optionKey, remedy } from "../../core/remedy.ts";
import type { InputNote } from "../input/input_note.ts";

/** Note on lines with the event key that have all that a state has, which may be what they are. */
export function stateLikeNotes(count: number, eventKey: string | undefined): InputNote[] {
  if (count === 0) return [];
  const key = JSON.stringify(eventKey);
  return [{
    code: "events-like-states",
    problem:
      `${count} lines with the key ${key} hold just what a state does, and were taken for events`,
    remedy: remedy`if ${key} is a field, give ${optionKey("eventKey")} KEY`,
  }];
}
