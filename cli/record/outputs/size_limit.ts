import type { RecordingWriter } from "../../../lib/recording.ts";

/** A file as far as it is written. */
export interface LimitedFile {
  readonly writer: RecordingWriter | undefined;
  /** Bytes if it ended now, without what waits. */
  readonly wholeBytes: () => number;
}

/** Sees to it that files together, or one of them, are no larger than they may be. */
export class SizeLimit {
  readonly #bytesMax: number;
  /** Bytes of files that are whole. */
  #closed = 0;
  /** What was added since all was written takes at most: nobody sees how much of it still waits. */
  #waiting = 0;

  /** Nothing written. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /**
   * True when there is room for so much more.
   *
   * @returns a promise where what waits had to be compressed to know
   */
  hasRoom(bytes: number, { writer, wholeBytes }: LimitedFile): boolean | Promise<boolean> {
    const isWithin = () => this.#closed + wholeBytes() + this.#waiting + bytes <= this.#bytesMax;
    if (isWithin()) return true;
    if (writer === undefined || this.#waiting === 0) return false;
    return writer.flush().then(() => {
      this.#waiting = 0;
      return isWithin();
    });
  }

  /** Counts what goes into the file. */
  add(bytes: number): void {
    this.#waiting += bytes;
  }

  /** Nothing waits: all that was added is written. */
  flushed(): void {
    this.#waiting = 0;
  }

  /** Goes on to another file. @param bytes those of the one before, where they count */
  startFile(bytes: number): void {
    this.#closed += bytes;
    this.#waiting = 0;
  }
}
