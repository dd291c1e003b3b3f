import type { RunLengths } from "./run_lengths.ts";

/** Decides, packet by packet and in the order of sending, what each line of a link loses. */
export interface LossModel {
  /** Whether the next packet of a line, the first unless given, is lost; to be asked once for each. */
  isLost(line?: number): boolean;
  /** Losses in a row, in packets. */
  readonly lossRuns: RunLengths;
  /** Packets in a row that met the bad state; only Gilbert-Elliott has one. */
  readonly badStay: RunLengths | undefined;
}
