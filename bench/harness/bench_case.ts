/** What a round of a candidate took, and something of what it gave. */
export interface Sample {
  /** CPU time, all threads and the system's share. */
  readonly cpuNs: number;
  /** Time by the clock. */
  readonly wallNs: number;
  /** Most memory that was resident, of a process of its own. */
  readonly peakBytes?: number;
  /** Hangs on every result of the round, so that none is optimised away. */
  readonly fold: number;
}

/** One way of doing what a case times. */
export interface Candidate {
  /** Names it in tables and JSON. */
  readonly name: string;
  /** Things that a step does (entities, look-ups, rows), by which its figure is divided; 1. */
  readonly parts?: number;
  /**
   * Hash of what it comes to, computed before it is timed: who has another than the first
   * candidate did other work and gets no ratio. Undefined for processes that are only held
   * against the start of their runtime.
   */
  readonly result?: string;
  /** Bytes that a step sends or leaves behind, in the mean. */
  readonly bytes?: number;
  /** What those bytes hold, or leave open. */
  readonly buys?: string;
  /** Fewest steps of a round, where beginning one takes long; 1. */
  readonly stepsMin?: number;
  /** Does some steps. */
  run(steps: number): Sample | Promise<Sample>;
}

/** Which figure of a case is compared. */
export type FigureName = "cpuNs" | "wallNs" | "peakBytes" | "bytes";

/** What a case is to reach, by candidate: at most that ratio, that figure, or both. */
export interface Reach {
  /** Name of the candidate. */
  readonly candidate: string;
  /** Name of whom the ratio is to; without that one there is nothing to reach. */
  readonly against?: string;
  /** Largest median of the paired ratios. */
  readonly ratioMax?: number;
  /** Largest median of the figure. */
  readonly figureMax?: number;
}

/** Candidates that are ready to run. */
export interface Contest {
  /** All of them; the first is what the others are divided by. */
  readonly candidates: readonly Candidate[];
  /** False where figures are no shares of the first one's, as differences are; true. */
  readonly hasRatio?: boolean;
  /** True where candidates are meant to come to different results, as views of parts do; false. */
  readonly mayDiffer?: boolean;
  /** What is taken off all candidates in each round, as the start of a bare runtime. */
  readonly lessEach?: Candidate;
  /** Steps of a round; else as many as fill it. */
  readonly steps?: number;
  /** Rounds that are enough, where one takes long. */
  readonly rounds?: number;
  /** Who was left out and why. */
  readonly notes?: readonly string[];
  /** Removes what was made for it. */
  close?(): void;
}

/** What cases are prepared for. */
export interface Setting {
  /** True when only results are looked at, of small inputs. */
  readonly isShort: boolean;
  /** NDJSON of states to take instead of the duel in testdata. */
  readonly input?: string;
}

/** One comparison. */
export interface BenchCase {
  /** Names it on the command line. */
  readonly name: string;
  /** What is compared, in a line. */
  readonly title: string;
  /** Unit of the figure. */
  readonly unit: string;
  /** What is compared; CPU time. */
  readonly figure?: FigureName;
  /** What it is to reach. */
  readonly reach?: readonly Reach[];
  /** True for a case that runs only when its name is given. */
  readonly isLong?: boolean;
  /** Makes candidates and checks their results. */
  prepare(setting: Setting): Promise<Contest> | Contest;
}
