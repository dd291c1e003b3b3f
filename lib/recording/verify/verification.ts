import type { DamageFault, RecordingDamage } from "../contents/recording_damage.ts";

/** What a fault costs who reads the recording: nothing, when it only breaks an index or a rule. */
export type FaultCost = "frames" | "events" | "names" | "facts" | "nothing";

/** A fault of a recording. */
export interface VerificationFault extends DamageFault {
  /** What it costs. */
  readonly cost: FaultCost;
}

/** What checking all of a recording has found. */
export interface Verification {
  /** True when there is no fault. */
  readonly isWhole: boolean;
  /** Program that wrote the file anew; undefined for a file as it was recorded. */
  readonly rewrittenBy: string | undefined;
  /** Length of the file in bytes. */
  readonly bytes: number;
  /** Number of frames that can be read. */
  readonly frames: number;
  /** Number of blocks that can be read. */
  readonly blocks: number;
  /** Number of events that can be read. */
  readonly events: number;
  /** Faults, the worst first: the first hundred of each cost. */
  readonly faults: readonly VerificationFault[];
  /** Number of all faults. */
  readonly faultCount: number;
  /** What a reader leaves out; undefined when it reads all, whatever else is at fault. */
  readonly damage: RecordingDamage | undefined;
}

/** Who is told how far a check has come. */
export interface VerifyProgress {
  /** Called after each record, with its bytes, while the file is gone through. */
  readonly onBytes?: (bytes: number) => void;
  /** Called after each frame that is decoded then, with the number of all. */
  readonly onFrame?: (frames: number) => void;
}
