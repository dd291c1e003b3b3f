/**
 * Lengths of runs in sequences of yes and no, such as losses in a row; the sequences are numbered from
 * 0, and their runs counted together.
 */
export class RunLengths {
  /** Runs that began; one that still goes on counts with what it has so far. */
  runs: number = 0;
  /** Sum of all lengths. */
  packets: number = 0;
  /** Longest run. */
  max: number = 0;
  /** By sequence, the length of the run that goes on. */
  readonly #lengths: Int32Array;

  /** Sequences in which no run has begun. */
  constructor(sequences: number = 1) {
    this.#lengths = new Int32Array(sequences);
  }

  /**
   * Takes in the next element of a sequence.
   *
   * @param inRun whether the next element belongs to a run
   */
  count(inRun: boolean, sequence: number = 0): void {
    const length = this.#lengths[sequence]!;
    if (!inRun) {
      if (length > 0) this.#lengths[sequence] = 0;
      return;
    }
    if (length === 0) this.runs++;
    this.packets++;
    this.#lengths[sequence] = length + 1;
    if (length >= this.max) this.max = length + 1;
  }

  /** Mean length in packets; 0 if there was no run. */
  get mean(): number {
    return this.runs === 0 ? 0 : this.packets / this.runs;
  }
}
