import { RingTable } from "./ring_table.ts";

/**
 * For each line, things in order of a time, equal times in order of entry: what is on its way to
 * or from its far end. A thing is so many 32-bit words.
 */
export class TimedQueues extends RingTable {
  /** By line, time of the first thing in microseconds; Infinity when there is none. */
  readonly nextUs: Float64Array;
  /** The words of all things; those of one begin where `push` and `shift` say. */
  words: Int32Array;
  readonly #width: number;
  #times: Float64Array;

  /** Empty queues of things of `width` words. */
  constructor(lines: number, width: number) {
    super(lines);
    this.nextUs = new Float64Array(lines).fill(Infinity);
    this.#width = width;
    this.#times = new Float64Array(this.places);
    this.words = new Int32Array(this.places * width);
  }

  /** Adds a thing that arrives at a time in microseconds; returns where its words are to go. */
  push(line: number, timeUs: number): number {
    const { rings } = this;
    const length = rings[line * 2 + 1]!;
    if (length === this.size) this.grow();
    const { size } = this;
    const start = line * size;
    const tail = rings[line * 2]! + length;
    const place = start + (tail & (size - 1));
    const times = this.#times;
    rings[line * 2 + 1] = length + 1;
    times[place] = timeUs;
    if (length === 0) this.nextUs[line] = timeUs;
    else if (times[start + ((tail - 1) & (size - 1))]! > timeUs) return this.#advance(line, place);
    return place * this.#width;
  }

  /** Takes out the first; returns where its words are, until the line's next `push`. */
  shift(line: number): number {
    const { rings, size } = this;
    const length = rings[line * 2 + 1]! - 1;
    if (length < 0) throw new RangeError("The queue is empty");
    const head = rings[line * 2]!;
    const next = (head + 1) & (size - 1);
    rings[line * 2] = next;
    rings[line * 2 + 1] = length;
    this.nextUs[line] = length === 0 ? Infinity : this.#times[line * size + next]!;
    return (line * size + head) * this.#width;
  }

  /** Takes the newest thing of a line to where its time belongs; returns where its words are to go. */
  #advance(line: number, newest: number): number {
    const times = this.#times;
    const timeUs = times[newest]!;
    const { size } = this;
    const start = line * size;
    const head = start + this.rings[line * 2]!;
    let place = newest;
    while (place !== head) {
      const before = start + ((place - 1) & (size - 1));
      if (times[before]! <= timeUs) break;
      this.#move(before, place);
      place = before;
    }
    times[place] = timeUs;
    if (place === head) this.nextUs[line] = timeUs;
    return place * this.#width;
  }

  /** Makes room for more. */
  protected override enlarge(): void {
    const times = new Float64Array(this.places);
    const words = new Int32Array(this.places * this.#width);
    this.copyRings(this.#times, times, 1);
    this.copyRings(this.words, words, this.#width);
    this.#times = times;
    this.words = words;
  }

  /** Moves a thing from one place to another. */
  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from]!;
    const width = this.#width;
    for (let w = 0; w < width; w++) {
      this.words[to * width + w] = this.words[from * width + w]!;
    }
  }
}
