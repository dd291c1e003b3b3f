import { RingTable } from "../queue/ring_table.ts";

/**
 * Queue of each line that drops what comes when it is full. It holds no packets, only the times at
 * which they leave, so the time of a packet is known as soon as it comes. Memory grows with the
 * fullest moment.
 */
export class DropTailQueue extends RingTable {
  readonly #limit: number;
  #departuresUs: Float64Array;
  readonly #lastSendsUs: Float64Array;

  /**
   * Makes empty queues.
   *
   * @param limitPackets packets that each holds, the one that is being sent included, 1 and above
   * @throws {RangeError} if the limit is not a whole number from 1 up
   */
  constructor(limitPackets: number, lines: number = 1) {
    super(lines);
    if (!Number.isSafeInteger(limitPackets) || limitPackets < 1) {
      throw new RangeError(
        `Cannot queue ${limitPackets} packets: it must be a whole number from 1`,
      );
    }
    this.#limit = limitPackets;
    this.#departuresUs = new Float64Array(this.places);
    this.#lastSendsUs = new Float64Array(lines).fill(-Infinity);
  }

  /**
   * Lets go what has left until now (a packet that leaves at `sendUs` makes room at `sendUs`).
   *
   * @returns whether one more packet fits
   * @throws {RangeError} if `sendUs` is before that of the call before
   */
  admits(sendUs: number, line: number = 0): boolean {
    const lastSendUs = this.#lastSendsUs[line]!;
    if (sendUs < lastSendUs) {
      throw new RangeError(
        `Cannot send at ${sendUs} us after ${lastSendUs} us: a queue takes packets in order`,
      );
    }
    this.#lastSendsUs[line] = sendUs;
    while (this.length(line) > 0 && this.#departuresUs[this.placeAt(line, 0)]! <= sendUs) {
      this.remove(line);
    }
    return this.length(line) < this.#limit;
  }

  /**
   * Takes in one packet.
   *
   * @param departUs when the packet that was just admitted leaves; never before the one before it
   */
  push(departUs: number, line: number = 0): void {
    const place = this.append(line);
    this.#departuresUs[place] = departUs;
  }

  /** Makes room for more. */
  protected override enlarge(): void {
    const departuresUs = new Float64Array(this.places);
    this.copyRings(this.#departuresUs, departuresUs, 1);
    this.#departuresUs = departuresUs;
  }
}
