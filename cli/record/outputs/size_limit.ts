import type { StateEvent, StateFrame } from "../../../lib/ingest.ts";
import type { RecordingWriter } from "../../../lib/recording.ts";
import { Snapshot } from "../../../lib/core/state/snapshot.ts";
import { sizeOf } from "../event_inbox.ts";

const FRAME_BYTES = 64;
/** What a state takes besides its fields: its id, and the name of that. */
const STATE_BYTES = 48;
const NUMBER_BYTES = 9;
/** Bytes of a character, at most. */
const CHARACTER_BYTES = 3;
/** What a preview makes of each state. */
const PREVIEW_FACTOR = 4;

/** A file as far as it is written. */
export interface LimitedFile {
  readonly writer: RecordingWriter | undefined;
  /** Bytes if it ended now, without what waits. */
  readonly wholeBytes: () => number;
}

/** Sees to it that all files of a run are no larger than they may be. */
export class SizeLimit {
  readonly #bytesMax: number;
  readonly #factor: number;
  /** Bytes that files take which are whole. */
  #closed = 0;
  /** What waits to be compressed takes at most. */
  #waiting = 0;
  #blocks = 0;

  /** Nothing written. @param hasPreview true when states are written as JSON too */
  constructor(bytesMax: number, hasPreview: boolean) {
    this.#bytesMax = bytesMax;
    this.#factor = hasPreview ? PREVIEW_FACTOR : 1;
  }

  /**
   * Makes room for a frame or an event.
   *
   * @returns false when there is none; a promise where what waits had to be compressed to know
   */
  hasRoom(
    item: StateFrame | Snapshot | StateEvent,
    file: LimitedFile,
  ): boolean | Promise<boolean> {
    const { writer } = file;
    const bytes = "data" in item ? eventBytes(item) : this.#factor * frameBytes(item);
    if (writer !== undefined && writer.blocks !== this.#blocks) {
      this.#blocks = writer.blocks;
      this.#waiting = 0;
    }
    if (this.#takes(bytes, file)) return true;
    if (writer === undefined || this.#waiting === 0) return false;
    return writer.flush().then(() => {
      this.#blocks = writer.blocks;
      this.#waiting = 0;
      return this.#takes(bytes, file);
    });
  }

  /** Goes on to another file. @param bytes those of the one before */
  startFile(bytes: number): void {
    this.#closed += bytes;
    this.#waiting = 0;
    this.#blocks = 0;
  }

  #takes(bytes: number, { wholeBytes }: LimitedFile): boolean {
    if (this.#closed + wholeBytes() + this.#waiting + bytes > this.#bytesMax) return false;
    this.#waiting += bytes;
    return true;
  }
}

function frameBytes(frame: StateFrame | Snapshot): number {
  const entities = frame instanceof Snapshot ? frame.toFrame().entities : frame.entities;
  let bytes = FRAME_BYTES + STATE_BYTES * entities.length;
  for (const { fields } of entities) {
    for (const key in fields) {
      const value = fields[key];
      bytes += typeof value === "string"
        ? CHARACTER_BYTES * value.length + NUMBER_BYTES
        : NUMBER_BYTES;
    }
  }
  return bytes;
}

function eventBytes(event: StateEvent): number {
  return CHARACTER_BYTES * sizeOf(event);
}
