/** Things in order of a time, equal times in order of entry: what is on its way over one link. */
export class TimedQueue<T> {
  /** How many are on their way. */
  length: number = 0;
  #times: Float64Array = new Float64Array(8);
  #items: (T | undefined)[] = new Array<T | undefined>(8).fill(undefined);
  #head = 0;

  /** Time of the first, in microseconds; Infinity when there is none. */
  get nextUs(): number {
    return this.length === 0 ? Infinity : this.#times[this.#head]!;
  }

  /** Adds something that arrives at a time in microseconds. */
  push(timeUs: number, item: T): void {
    if (this.length === this.#times.length) this.#grow();
    const wrap = this.#times.length - 1;
    let place = this.#head + this.length++;
    while (place > this.#head && this.#times[(place - 1) & wrap]! > timeUs) {
      this.#times[place & wrap] = this.#times[(place - 1) & wrap]!;
      this.#items[place & wrap] = this.#items[(place - 1) & wrap];
      place--;
    }
    this.#times[place & wrap] = timeUs;
    this.#items[place & wrap] = item;
  }

  /** Takes the first. @throws {RangeError} when there is none */
  shift(): T {
    if (this.length === 0) throw new RangeError("The queue is empty");
    const item = this.#items[this.#head] as T;
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) & (this.#times.length - 1);
    this.length--;
    return item;
  }

  #grow(): void {
    const capacity = this.#times.length;
    const times = new Float64Array(capacity * 2);
    const items = new Array<T | undefined>(capacity * 2).fill(undefined);
    for (let i = 0; i < this.length; i++) {
      times[i] = this.#times[(this.#head + i) & (capacity - 1)]!;
      items[i] = this.#items[(this.#head + i) & (capacity - 1)];
    }
    this.#times = times;
    this.#items = items;
    this.#head = 0;
  }
}
