import { Fingerprint } from "../../core/bytes/fingerprint.ts";
import { optionKey, remedy } from "../../core/remedy.ts";
import type { StateEvent } from "../../core/state/state.ts";
import type { InputNote } from "../../ingest/input/input_note.ts";
import { exactJsonText } from "../../recording/container/json_text.ts";
import { type EventKeys, eventPayload } from "../select/event_payload.ts";
import { counted } from "./counted.ts";

/** Events that are kept to compare others with, which stand near them. */
const KEPT_MAX = 1 << 14;
/** Longest text of an event that is kept as it is; of a longer one a fingerprint is. */
const TEXT_KEPT_MAX = 256;

/** Where an event was first. */
interface FirstSeen {
  readonly input: number;
  readonly place: number;
}

/** Counts events that another input has as well, among those that stand near them. */
export class SameEvents {
  readonly #keys: EventKeys;
  /** The last events by their text, the oldest first. */
  readonly #seen = new Map<string, FirstSeen>();
  #count = 0;
  #isExact = true;

  /** None yet. */
  constructor(keys: EventKeys) {
    this.#keys = keys;
  }

  /**
   * Adds an event.
   *
   * @param place frame at which it stands, on any line
   * @param input index of the input that has it
   */
  add(place: number, input: number, event: StateEvent): void {
    const text = textOf(event, place, this.#keys);
    const first = this.#seen.get(text);
    if (first !== undefined) {
      if (first.input !== input) this.#count++;
      return;
    }
    this.#seen.set(text, { input, place });
    if (this.#seen.size <= KEPT_MAX) return;
    for (const [oldest, forgotten] of this.#seen) {
      if (forgotten.place === place) this.#isExact = false;
      this.#seen.delete(oldest);
      return;
    }
  }

  /** Note on events that are there twice; undefined when there are none. */
  note(): InputNote | undefined {
    if (this.#count === 0) return undefined;
    return {
      code: "same-events",
      problem: `${this.#isExact ? "" : "at least "}${counted(this.#count, "event")} came in ` +
        "several inputs, each time kept",
      remedy: remedy`leave one of these out, or cut it with ${optionKey("events")} none first`,
    };
  }
}

function textOf(event: StateEvent, place: number, keys: EventKeys): string {
  const { frame = null, timeMs = null, name } = event;
  const when = frame === null && timeMs === null ? place : [frame, timeMs];
  const said = [when, name, sorted(eventPayload(event, keys))];
  const text = exactJsonText(said);
  if (text.length <= TEXT_KEPT_MAX) return text;
  const fingerprint = new Fingerprint();
  for (let i = 0; i < text.length; i++) fingerprint.word(text.charCodeAt(i));
  return `${text.length} ${fingerprint}`;
}

/** The value with the members of its objects in one order. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const object = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.keys(object).sort().map((key) => [key, sorted(object[key])]));
}
