import { optionKey, remedy } from "../../core/remedy.ts";
import type { InputNote } from "../input/input_note.ts";

/**
 * Note on times of events that go back although those of the states do not.
 *
 * @param backMs how far
 * @param states sessions that the states have
 */
export function shuffledNote(backMs: number, states: number): InputNote {
  return {
    code: "event-sessions",
    problem:
      `times of events go back by up to ${backMs} ms, which is taken for the start of a session of theirs, but those of the states go on over ${states} sessions: of which session an event is is not sure`,
    remedy: remedy`if the events are only out of order, give ${optionKey("eventWindowMs")} ${
      String(backMs)
    }`,
  };
}
