import { RunLengths } from "./run_lengths.ts";

/** Packets of a link by what became of them. */
export type LinkCounts = Readonly<Pick<LinkStats, "sent" | "lost" | "dropped">>;

/** What happened on all lines of a link: arrivals = `sent - lost - dropped + duplicated`. */
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

  /** Counts from zero, with the runs that the loss model of the link keeps. */
  constructor(lossRuns: RunLengths, badStay: RunLengths = new RunLengths(0)) {
    this.lossRuns = lossRuns;
    this.badStay = badStay;
  }
}
