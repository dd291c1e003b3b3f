import type { Capacity } from "./capacity.ts";
import type { DelayModel } from "./delay.ts";
import { LinkStats } from "./link_stats.ts";
import type { LossModel } from "./loss.ts";
import { chanceThreshold, type Random } from "./random.ts";

/** Fate of a packet that does not arrive. */
export const LOST = -1;
/** Fate of a packet that is not drawn yet. */
export const UNKNOWN = -2;

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
  readonly #copiesUs: Float64Array = new Float64Array(2);

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

  /**
   * Sends one packet over a line as {@linkcode Link.transmit} does.
   *
   * @returns when it arrives: of two copies the earliest counts, as a far end drops what it has seen; or
   *   -1 when it is lost
   */
  carry(sendUs: number, wireBytes: number, line: number): number {
    const copiesUs = this.#copiesUs;
    const copies = this.transmit(sendUs, wireBytes, copiesUs, line);
    if (copies === 0) return -1;
    return copies === 1 ? copiesUs[0]! : Math.min(copiesUs[0]!, copiesUs[1]!);
  }

  /** True when neither size nor time of a packet has a say in what becomes of it, and it comes once. */
  get isForeseeable(): boolean {
    return this.#capacity === undefined && this.#duplicateThreshold === 0;
  }

  /**
   * Sends a packet over each line whose next fate is unknown; only where the link is foreseeable.
   *
   * @param fatesUs by line, what becomes of a packet: its delay, {@linkcode LOST} or {@linkcode UNKNOWN}
   */
  foresee(fatesUs: Float64Array): void {
    const loss = this.#loss;
    const delay = this.#delay;
    let sent = 0;
    let lost = 0;
    for (let line = 0; line < fatesUs.length; line++) {
      if (fatesUs[line] !== UNKNOWN) continue;
      sent++;
      if (loss.isLost(line)) {
        lost++;
        fatesUs[line] = LOST;
      } else fatesUs[line] = delay.nextDelayUs(line);
    }
    this.stats.sent += sent;
    this.stats.lost += lost;
  }
}
