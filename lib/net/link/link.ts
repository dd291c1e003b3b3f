import type { Capacity } from "./capacity.ts";
import type { DelayModel } from "./delay.ts";
import { LinkStats } from "./link_stats.ts";
import type { LossModel } from "./loss.ts";
import { chanceThreshold, type Random } from "./random.ts";

/**
 * One direction of one or more network paths of a kind, the lines, numbered from 0.
 *
 * A packet meets, in this order: loss, the bottleneck with its queue, delay. A packet that the loss
 * model takes needs no capacity. A duplicate is a second packet right behind the first: it takes its
 * place in the queue and a delay of its own, but no second chance of loss.
 */
export class Link {
  /** What happened so far on all lines; live. */
  readonly stats: LinkStats;
  readonly #loss: LossModel;
  readonly #capacity: Capacity | undefined;
  readonly #delay: DelayModel;
  readonly #duplicateThreshold: number;
  readonly #random: Random;

  /**
   * Joins the parts of a link; `createLink` builds them from a spec.
   *
   * @param duplicate share of packets that arrive twice, 0 .. 1
   * @param random decides on duplicates, by a stream a line
   */
  constructor(
    loss: LossModel,
    capacity: Capacity | undefined,
    delay: DelayModel,
    duplicate: number,
    random: Random,
  ) {
    this.stats = new LinkStats(loss.lossRuns, loss.badStay);
    this.#loss = loss;
    this.#capacity = capacity;
    this.#delay = delay;
    this.#duplicateThreshold = chanceThreshold(duplicate);
    this.#random = random;
  }

  /**
   * Sends one packet over a line.
   *
   * @param sendUs when, whole microseconds; with a bottleneck never before the packet before it
   * @param wireBytes size with headers, above 0
   * @param arrivalsUs room for two times: those of the packet and of its duplicate are written to 0, 1
   * @param line the first unless given
   * @returns how many arrive: 0, 1 or 2; they are not sorted, neither here nor between packets
   * @throws {RangeError} if a bottleneck is given a packet from the past
   */
  transmit(sendUs: number, wireBytes: number, arrivalsUs: Float64Array, line: number = 0): number {
    const stats = this.stats;
    stats.sent++;
    if (this.#loss.isLost(line)) {
      stats.lost++;
      return 0;
    }
    const departUs = this.#capacity === undefined
      ? sendUs
      : this.#capacity.departUs(sendUs, wireBytes, line);
    if (departUs < 0) {
      stats.dropped++;
      return 0;
    }
    arrivalsUs[0] = departUs + this.#delay.nextDelayUs(line);
    if (!this.#random.chance(this.#duplicateThreshold, line)) return 1;
    const copyDepartUs = this.#capacity === undefined
      ? sendUs
      : this.#capacity.departUs(sendUs, wireBytes, line);
    if (copyDepartUs < 0) return 1;
    stats.duplicated++;
    arrivalsUs[1] = copyDepartUs + this.#delay.nextDelayUs(line);
    return 2;
  }
}
