const NEWLINE = 10;
const COLON = 0x3a;

/** Colons in each line of some text, counted when the first is asked for. */
export class ColonCounts {
  readonly #bytes: Uint8Array;
  readonly #lines: number;
  #counts: Uint32Array | undefined;

  /** Counts of the lines of UTF-8 text, which must not change meanwhile. */
  constructor(bytes: Uint8Array, lines: number) {
    this.#bytes = bytes;
    this.#lines = lines;
  }

  /** Colons in a line, counted from 0. */
  at(line: number): number {
    return (this.#counts ??= this.#count())[line]!;
  }

  // Over bytes, because this is several times as fast as over the characters of a string.
  #count(): Uint32Array {
    const bytes = this.#bytes;
    const counts = new Uint32Array(this.#lines);
    let line = 0;
    let count = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === COLON) count++;
      else if (byte === NEWLINE) {
        counts[line++] = count;
        count = 0;
      }
    }
    counts[line] = count;
    return counts;
  }
}
