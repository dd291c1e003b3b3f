/** Packets of a link by what became of them. */
export interface LinkCounts {
  /** Packets given to the link. */
  readonly sent: number;
  /** Packets that the loss model took. */
  readonly lost: number;
  /** Packets that found the queue full. */
  readonly dropped: number;
}
