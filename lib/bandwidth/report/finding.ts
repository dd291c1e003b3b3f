/** How much a finding matters. */
export type FindingSeverity = "error" | "warning" | "note";

/** Something that stands out in a report, with what to do about it. */
export interface Finding {
  /** Which finding, such as `over-mtu`. */
  readonly code: string;
  /** How much it matters. */
  readonly severity: FindingSeverity;
  /** Names of the runs that show it. */
  readonly runs: readonly string[];
  /** What it is, in one sentence. */
  readonly text: string;
  /** The figures that show it. */
  readonly evidence: string;
  /** What to change, in one sentence. */
  readonly remedy: string;
}
