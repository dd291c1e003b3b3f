/** Lines of one producer that follow one another in the joined stream. */
interface Run<P> {
  readonly producer: P;
  /** Number of the first, in the joined stream and of the producer. */
  readonly joinedLine: number;
  readonly ownLine: number;
}

/** Says which line of which producer a line of the joined stream is. */
export class LineOrigins<P> {
  /** Number of the next line of the joined stream. */
  nextLine: number;
  #runs: Run<P>[] = [];
  /** First line that was handed out with the chunk before, and with this one. */
  #before: number;
  #current: number;

  /** @param firstLine number of the first line that has an origin */
  constructor(firstLine: number) {
    this.nextLine = this.#before = this.#current = firstLine;
  }

  /** Adds lines behind the last. @param ownLine number that the first has at its producer */
  add(producer: P, ownLine: number, count: number): void {
    const last = this.#runs.at(-1);
    const joinedLine = this.nextLine;
    this.nextLine += count;
    if (last?.producer === producer && ownLine - last.ownLine === joinedLine - last.joinedLine) {
      return;
    }
    this.#runs.push({ producer, joinedLine, ownLine });
  }

  /** Where a line of the joined stream is from; undefined for one that nobody sent. */
  find(line: number): { readonly producer: P; readonly line: number } | undefined {
    let [low, high] = [0, this.#runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#runs[middle]!.joinedLine <= line) low = middle + 1;
      else high = middle;
    }
    const run = this.#runs[low - 1];
    return run && { producer: run.producer, line: run.ownLine + line - run.joinedLine };
  }

  /**
   * Says that the lines of the next chunk start at a line: whoever asks for a chunk has read what
   * the one before the last held.
   */
  handOut(line: number): void {
    const { length } = this.#runs;
    let keep = 0;
    while (keep + 1 < length && this.#runs[keep + 1]!.joinedLine <= this.#before) keep++;
    if (keep > 0) this.#runs = this.#runs.slice(keep);
    this.#before = this.#current;
    this.#current = line;
  }
}
