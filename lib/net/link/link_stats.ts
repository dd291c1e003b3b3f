import { RunLengths } from "./run_lengths.ts";

/**
 * What happened on a link: arrivals = `sent - lost - dropped + duplicated`. An instance with no link
 * behind it sums up others.
 */
export class LinkStats {
  /** Packets given to the link. */
  sent: number = 0;
  /** Packets that the loss model took. */
  lost: number = 0;
  /** Packets that found the queue full. */
  dropped: number = 0;
  /** Copies that arrived beside their original. */
  duplicated: number = 0;
  /** Losses in a row by the loss model, in packets. */
  readonly lossRuns: RunLengths;
  /** Packets in a row that met the bad state; no runs unless the loss is Gilbert-Elliott. */
  readonly badStay: RunLengths;

  /** Counts from zero; a link passes the runs that its loss model keeps. */
  constructor(lossRuns: RunLengths = new RunLengths(), badStay: RunLengths = new RunLengths()) {
    this.lossRuns = lossRuns;
    this.badStay = badStay;
  }

  /** Adds what happened on another link. */
  add(other: LinkStats): void {
    this.sent += other.sent;
    this.lost += other.lost;
    this.dropped += other.dropped;
    this.duplicated += other.duplicated;
    this.lossRuns.add(other.lossRuns);
    this.badStay.add(other.badStay);
  }
}
