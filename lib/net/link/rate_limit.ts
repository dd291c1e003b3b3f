import type { Capacity } from "./capacity.ts";
import { DropTailQueue } from "./drop_tail.ts";

const MICROBITS_PER_BYTE = 8_000_000;

/** Bottleneck of a fixed rate with a drop-tail queue. */
export class RateLimit implements Capacity {
  readonly #rateBps: number;
  readonly #queue: DropTailQueue;
  // The line is free at #freeUs + #restMicrobits / #rateBps: whole numbers, so nothing drifts.
  #freeUs = 0;
  #restMicrobits = 0;

  /**
   * Makes an idle line.
   *
   * @param rateBps bits per second, whole, 1 and above
   * @param queuePackets packets held, the one that is being sent included
   * @throws {RangeError} if one of them is not a whole number from 1 up
   */
  constructor(rateBps: number, queuePackets: number) {
    if (!Number.isSafeInteger(rateBps) || rateBps < 1) {
      throw new RangeError(`Cannot send ${rateBps} bit/s: the rate must be a whole number from 1`);
    }
    this.#rateBps = rateBps;
    this.#queue = new DropTailQueue(queuePackets);
  }

  departUs(sendUs: number, wireBytes: number): number {
    if (!this.#queue.admits(sendUs)) return -1;
    if (sendUs > this.#freeUs) {
      this.#freeUs = sendUs;
      this.#restMicrobits = 0;
    }
    const microbits = wireBytes * MICROBITS_PER_BYTE + this.#restMicrobits;
    const wholeUs = Math.floor(microbits / this.#rateBps);
    this.#freeUs += wholeUs;
    this.#restMicrobits = microbits - wholeUs * this.#rateBps;
    const departUs = this.#restMicrobits === 0 ? this.#freeUs : this.#freeUs + 1;
    this.#queue.push(departUs);
    return departUs;
  }
}
