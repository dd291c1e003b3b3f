/** Numbers behind the newest that are told apart from one another. */
const WINDOW = 4096;

/** What a number of a sequence says of what carries it. */
export type SequenceFate = "new" | "late" | "duplicate";

/** Counts what is missing of a sequence whose parts may come late, twice, or never. */
export class SequenceGaps {
  /** Numbers that were left out and never came. */
  missing = 0;
  /** Parts that came twice, and that came behind later ones. */
  duplicates = 0;
  late = 0;
  /** Newest number; undefined before the first. */
  #newest: number | undefined;
  #first = 0;
  readonly #seen = new Uint8Array(WINDOW);
  /** Hashes of the parts that were seen. */
  readonly #hashes = new Int32Array(WINDOW);

  /**
   * Takes a number.
   *
   * @param hash of the part: one that came before with another is of a counter that starts again
   * @returns what it says of its part
   */
  add(number: number, hash: number): SequenceFate {
    const fate = this.#fateOf(number, hash);
    if (fate !== "duplicate") this.#hashes[number % WINDOW] = hash;
    return fate;
  }

  #fateOf(number: number, hash: number): SequenceFate {
    const newest = this.#newest;
    if (newest === undefined || number <= newest - WINDOW) return this.#restart(number);
    if (number > newest) {
      const skipped = number - newest - 1;
      this.missing += skipped;
      if (skipped >= WINDOW) this.#seen.fill(0);
      else for (let at = newest + 1; at < number; at++) this.#seen[at % WINDOW] = 0;
      this.#seen[number % WINDOW] = 1;
      this.#newest = number;
      return "new";
    }
    if (this.#seen[number % WINDOW] === 1) {
      if (this.#hashes[number % WINDOW] !== hash) return this.#restart(number);
      this.duplicates++;
      return "duplicate";
    }
    this.#seen[number % WINDOW] = 1;
    // What is before the first was never missed.
    if (number > this.#first) this.missing--;
    this.late++;
    return "late";
  }

  /** Whoever counts begins again, or its counter wrapped: nothing is known of what was before. */
  #restart(number: number): SequenceFate {
    this.#seen.fill(0);
    this.#seen[number % WINDOW] = 1;
    this.#newest = this.#first = number;
    return "new";
  }
}
