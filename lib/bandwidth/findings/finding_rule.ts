import type { Schema } from "../../core/state/schema.ts";
import type { Remedy } from "../../core/remedy.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { RecordingFacts } from "../facts/recording_facts.ts";
import type { FindingSeverity } from "../report/finding.ts";
import type { RunReport } from "../report/run_report.ts";

/** One run with what it was made of. */
export interface JudgedRun {
  /** Its figures. */
  readonly report: RunReport;
  /** Its options. */
  readonly options: RunOptions;
  /** What was recorded. */
  readonly facts: RecordingFacts;
  /** Kinds and fields as they are sent: those of the wire schema, or those of the recording. */
  readonly sent: Schema;
  /** Milliseconds between two recorded frames, mean, holes left out; 0 with fewer than two. */
  readonly intervalMs: number;
  /** Milliseconds between two packets that are due, mean; 0 with fewer than two frames. */
  readonly dueMs: number;
  /** Milliseconds between two packets to a consumer, mean: a budget leaves out some that are due. */
  readonly sendMs: number;
}

/** Added to the size of what causes other findings, so that it stands before them. */
export const AS_A_CAUSE = 1;

/** What one run shows of a finding. */
export interface Sign {
  /** How much it matters. */
  readonly severity: FindingSeverity;
  /** What orders findings of one severity: mostly the part, 0 to 1, of what is touched. */
  readonly size: number;
  /** How much the remedy has to do, where one is to do for several runs; `size` unless given. */
  readonly demand?: number;
  /** What it is, in one sentence that holds for every run that shows it as badly. */
  readonly text: string;
  /** The figures of the run that show it. */
  readonly evidence: string;
  /** What to change. */
  readonly remedy: Remedy;
  /** Runs of one cause share a finding; what the remedy says but for its figures unless given. */
  readonly cause?: string;
}

/** One finding that can be made: a code, and how a run is judged. */
export interface FindingRule {
  /** Code, the same in every edition. */
  readonly code: string;
  /** True when players see it; false when it only costs. */
  readonly isSeen: boolean;
  /** True when it judges parts of a stream, which a handful of packets is not. */
  readonly isOfStream: boolean;
  /** What a run shows; undefined when nothing stands out. */
  judge(run: JudgedRun): Sign | undefined;
}
