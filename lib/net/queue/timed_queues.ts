import { RingTable } from "./ring_table.ts";

/**
 * For each line, things in order of a time, equal times in order of entry: what is on its way to
 * or from its far end. A thing is so many 32-bit words.
 */
export class TimedQueues extends RingTable {
  /** By line, time of the first thing in microseconds; Infinity when there is none. */
  readonly nextUs: Float64Array;
  readonly #width: number;
  #times: Float64Array;
  #words: Int32Array;

  /** Empty queues of things of `width` words. */
  constructor(lines: number, width: number) {
    super(lines);
    this.nextUs = new Float64Array(lines).fill(Infinity);
    this.#width = width;
    this.#times = new Float64Array(this.places);
    this.#words = new Int32Array(this.places * width);
  }

  /** The words of all things; those of one begin where `push` and `shift` say. */
  get words(): Int32Array {
    return this.#words;
  }

  /** Adds a thing that arrives at a time in microseconds; returns where its words are to go. */
  push(line: number, timeUs: number): number {
    let place = this.append(line);
    const times = this.#times;
    const { size } = this;
    const start = line * size;
    const head = start + this.rings[line * 2]!;
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

  /** Takes out the first; returns where its words are, until the line's next `push`. */
  shift(line: number): number {
    if (this.length(line) === 0) throw new RangeError("The queue is empty");
    const place = this.remove(line);
    const { rings } = this;
    const next = line * this.size + rings[line * 2]!;
    this.nextUs[line] = rings[line * 2 + 1] === 0 ? Infinity : this.#times[next]!;
    return place * this.#width;
  }

  /** Makes room for more. */
  protected override enlarge(): void {
    const times = new Float64Array(this.places);
    const words = new Int32Array(this.places * this.#width);
    this.copyRings(this.#times, times, 1);
    this.copyRings(this.#words, words, this.#width);
    this.#times = times;
    this.#words = words;
  }

  /** Moves a thing from one place to another. */
  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from]!;
    const width = this.#width;
    for (let w = 0; w < width; w++) {
      this.#words[to * width + w] = this.#words[from * width + w]!;
    }
  }
}
