import { RingTable } from "./ring_table.ts";

/** A queue of 32-bit numbers for each line, oldest first. */
export class NumberQueues extends RingTable {
  #numbers: Int32Array;

  /** Empty queues. */
  constructor(lines: number) {
    super(lines);
    this.#numbers = new Int32Array(this.places);
  }

  /** Number of a queue at an index, 0 for the oldest. */
  at(line: number, index: number): number {
    return this.#numbers[this.placeAt(line, index)]!;
  }

  /** Oldest number of a queue that is not empty. */
  first(line: number): number {
    return this.#numbers[line * this.size + this.rings[line * 2]!]!;
  }

  /** Newest number of a queue; -1 when it is empty. */
  last(line: number): number {
    const { rings, size } = this;
    const length = rings[line * 2 + 1]!;
    if (length === 0) return -1;
    return this.#numbers[line * size + ((rings[line * 2]! + length - 1) & (size - 1))]!;
  }

  /** Adds a number behind the newest. */
  push(line: number, value: number): void {
    const place = this.append(line);
    this.#numbers[place] = value;
  }

  /** Takes the oldest out of a queue that is not empty. */
  shift(line: number): number {
    return this.#numbers[this.remove(line)]!;
  }

  /** Makes room for more. */
  protected override enlarge(): void {
    const numbers = new Int32Array(this.places);
    this.copyRings(this.#numbers, numbers, 1);
    this.#numbers = numbers;
  }
}
