/**
 * Command lines that take apart one packet of a run: `runs[i] + frame + 70 + consumer + 3` is that of
 * frame 70 to consumer 3.
 */
export interface PacketCommands {
  /** Command line of each run of the report, without the packet. */
  readonly runs: readonly string[];
  /** What stands between it and the frame, such as ` --of-frame `. */
  readonly frame: string;
  /** What stands between the frame and the consumer, counted from 0. */
  readonly consumer: string;
}
