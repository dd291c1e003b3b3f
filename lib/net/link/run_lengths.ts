/** Lengths of runs in a sequence of yes and no, such as losses in a row. */
export class RunLengths {
  /** Runs that began; one that still goes on counts with what it has so far. */
  runs: number = 0;
  /** Sum of all lengths. */
  packets: number = 0;
  /** Longest run. */
  max: number = 0;
  #current = 0;

  /**
   * Takes in the next element.
   *
   * @param inRun whether the next element belongs to a run
   */
  count(inRun: boolean): void {
    if (!inRun) {
      this.#current = 0;
      return;
    }
    if (this.#current++ === 0) this.runs++;
    this.packets++;
    if (this.#current > this.max) this.max = this.#current;
  }

  /** Mean length in packets; 0 if there was no run. */
  get mean(): number {
    return this.runs === 0 ? 0 : this.packets / this.runs;
  }

  /** Adds the runs of another sequence; a run does not go over from one to the other. */
  add(other: RunLengths): void {
    this.runs += other.runs;
    this.packets += other.packets;
    if (other.max > this.max) this.max = other.max;
  }
}
