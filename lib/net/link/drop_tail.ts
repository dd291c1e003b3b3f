/**
 * Queue that drops what comes when it is full. It holds no packets, only the times at which they
 * leave, so the time of a packet is known as soon as it comes. Memory grows with the fullest moment.
 */
export class DropTailQueue {
  readonly #limit: number;
  #departuresUs: Float64Array = new Float64Array(8);
  #first = 0;
  #size = 0;
  #lastSendUs = -Infinity;

  /**
   * Makes an empty queue.
   *
   * @param limitPackets packets that it holds, the one that is being sent included, 1 and above
   * @throws {RangeError} if the limit is not a whole number from 1 up
   */
  constructor(limitPackets: number) {
    if (!Number.isSafeInteger(limitPackets) || limitPackets < 1) {
      throw new RangeError(
        `Cannot queue ${limitPackets} packets: it must be a whole number from 1`,
      );
    }
    this.#limit = limitPackets;
  }

  /** Packets held after the last call. */
  get size(): number {
    return this.#size;
  }

  /**
   * Lets go what has left until now (a packet that leaves at `sendUs` makes room at `sendUs`).
   *
   * @returns whether one more packet fits
   * @throws {RangeError} if `sendUs` is before that of the call before
   */
  admits(sendUs: number): boolean {
    if (sendUs < this.#lastSendUs) {
      throw new RangeError(
        `Cannot send at ${sendUs} us after ${this.#lastSendUs} us: a queue takes packets in order`,
      );
    }
    this.#lastSendUs = sendUs;
    const mask = this.#departuresUs.length - 1;
    while (this.#size > 0 && this.#departuresUs[this.#first]! <= sendUs) {
      this.#first = (this.#first + 1) & mask;
      this.#size--;
    }
    return this.#size < this.#limit;
  }

  /**
   * Takes in one packet.
   *
   * @param departUs when the packet that was just admitted leaves; never before the one before it
   */
  push(departUs: number): void {
    if (this.#size === this.#departuresUs.length) this.#grow();
    this.#departuresUs[(this.#first + this.#size) & (this.#departuresUs.length - 1)] = departUs;
    this.#size++;
  }

  #grow(): void {
    const grown = new Float64Array(this.#departuresUs.length * 2);
    const tail = this.#departuresUs.subarray(this.#first);
    grown.set(tail);
    grown.set(this.#departuresUs.subarray(0, this.#first), tail.length);
    this.#departuresUs = grown;
    this.#first = 0;
  }
}
