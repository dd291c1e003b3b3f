import type { Capacity } from "./capacity.ts";
import { DropTailQueue } from "./drop_tail.ts";

const MICROBITS_PER_BYTE = 8_000_000;

/** Bottleneck of a fixed rate with a drop-tail queue, for each line. */
export class RateLimit implements Capacity {
  readonly #rateBps: number;
  readonly #queue: DropTailQueue;
  // A line is free at #freeUs + #restMicrobits / #rateBps: whole numbers, so nothing drifts.
  readonly #freeUs: Float64Array;
  readonly #restMicrobits: Float64Array;

  /**
   * Makes idle lines.
   *
   * @param rateBps bits per second, whole, 1 and above
   * @param queuePackets packets held, the one that is being sent included
   * @throws {RangeError} if one of them is not a whole number from 1 up
   */
  constructor(rateBps: number, queuePackets: number, lines: number = 1) {
    if (!Number.isSafeInteger(rateBps) || rateBps < 1) {
      throw new RangeError(`Cannot send ${rateBps} bit/s: the rate must be a whole number from 1`);
    }
    this.#rateBps = rateBps;
    this.#queue = new DropTailQueue(queuePackets, lines);
    this.#freeUs = new Float64Array(lines);
    this.#restMicrobits = new Float64Array(lines);
  }

  departUs(sendUs: number, wireBytes: number, line: number = 0): number {
    if (!this.#queue.admits(sendUs, line)) return -1;
    const isIdle = sendUs > this.#freeUs[line]!;
    const startUs = isIdle ? sendUs : this.#freeUs[line]!;
    const microbits = wireBytes * MICROBITS_PER_BYTE + (isIdle ? 0 : this.#restMicrobits[line]!);
    const wholeUs = Math.floor(microbits / this.#rateBps);
    const freeUs = this.#freeUs[line] = startUs + wholeUs;
    const restMicrobits = this.#restMicrobits[line] = microbits - wholeUs * this.#rateBps;
    const departUs = restMicrobits === 0 ? freeUs : freeUs + 1;
    this.#queue.push(departUs, line);
    return departUs;
  }
}
