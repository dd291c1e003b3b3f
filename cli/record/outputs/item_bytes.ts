import { Snapshot } from "../../../lib/core/state/snapshot.ts";
import type { StateEvent, StateFrame } from "../../../lib/ingest.ts";
import { sizeOf } from "../event_inbox.ts";

const FRAME_BYTES = 64;
/** What a state takes besides its fields: its id, and the name of that. */
const STATE_BYTES = 48;
const NUMBER_BYTES = 9;
/** Bytes of a character, at most. */
const CHARACTER_BYTES = 3;
/** What a preview makes of each state. */
const PREVIEW_FACTOR = 4;
/** What a kind or a field takes where its file first has it, in the schema and at the end. */
const NAME_BYTES = 600;
/** How often a file has the characters of a name. */
const NAME_COPIES = 3;

/** What frames and events take in a file at most, before they are compressed. */
export class ItemBytes {
  readonly #factor: number;
  /** Kinds that the file has, with their fields. */
  readonly #kinds = new Map<string, Set<string>>();

  /** Of a file that has nothing. @param hasPreview true when states are written as JSON too */
  constructor(hasPreview: boolean) {
    this.#factor = hasPreview ? PREVIEW_FACTOR : 1;
  }

  /** Bytes of a frame or an event. */
  of(item: StateFrame | Snapshot | StateEvent): number {
    if ("data" in item) return bytesOfEvents(sizeOf(item));
    const entities = item instanceof Snapshot ? item.toFrame().entities : item.entities;
    let bytes = FRAME_BYTES + STATE_BYTES * entities.length;
    let names = 0;
    for (const { kind, fields } of entities) {
      let known = this.#kinds.get(kind);
      if (known === undefined) {
        this.#kinds.set(kind, known = new Set());
        names += nameBytes(kind);
      }
      for (const key in fields) {
        if (!known.has(key)) {
          known.add(key);
          names += nameBytes(key);
        }
        const value = fields[key];
        bytes += NUMBER_BYTES + (typeof value === "string" ? CHARACTER_BYTES * value.length : 0);
      }
    }
    return this.#factor * bytes + names;
  }

  /** Goes on to another file. */
  startFile(): void {
    this.#kinds.clear();
  }
}

/** Bytes of events that have so many characters. */
export function bytesOfEvents(size: number): number {
  return CHARACTER_BYTES * size;
}

function nameBytes(name: string): number {
  return NAME_BYTES + NAME_COPIES * CHARACTER_BYTES * name.length;
}
