import type { BenchCase, Candidate, Contest, FigureName, Reach } from "./bench_case.ts";
import type { Series } from "./interleave.ts";
import { pairedRatios, type Spread, spreadOf } from "./paired_ratios.ts";

/** What was found of a candidate. */
export interface CandidateResult {
  /** The candidate. */
  readonly name: string;
  /** Paired ratios to the first candidate; null where none can be justified. */
  readonly ratio: Spread | null;
  /** CPU nanoseconds, or bytes, of one part. */
  readonly figure: Spread;
  /** Nanoseconds of one part by the clock. */
  readonly wallNs: Spread;
  /** Bytes of a step; null where nothing is sent or written. */
  readonly bytes: number | null;
  /** What the bytes hold. */
  readonly buys: string | null;
  /** Hash of what it comes to. */
  readonly result: string | null;
  /** Figure of each round. */
  readonly rounds: readonly number[];
}

/** Whether a case reached what it is to reach. */
export interface ReachResult extends Reach {
  /** True when it did. */
  readonly isMet: boolean;
}

/** What was found of a case. */
export interface CaseResult {
  /** The case. */
  readonly name: string;
  /** What is compared. */
  readonly title: string;
  /** Unit of the figure. */
  readonly unit: string;
  /** What was compared. */
  readonly figure: FigureName;
  /** Of each candidate, in order. */
  readonly candidates: readonly CandidateResult[];
  /** Candidates whose result is not that of the first, and which so have no ratio. */
  readonly differing: readonly string[];
  /** True where candidates are meant to come to different results. */
  readonly mayDiffer: boolean;
  /** Of each reach. */
  readonly reach: readonly ReachResult[];
  /** Who was left out and why. */
  readonly notes: readonly string[];
}

/** Figures of a case from its rounds. */
export function caseResult(
  { name, title, unit, figure = "cpuNs", reach = [] }: BenchCase,
  { candidates, hasRatio = true, mayDiffer = false, notes = [] }: Contest,
  series: readonly Series[],
): CaseResult {
  const figures = candidates.map((one, c) => figuresOf(one, figure, series[c]!));
  const differing = candidates.filter((one) => one.result !== candidates[0]!.result)
    .map((one) => one.name);
  const results = candidates.map((one, c): CandidateResult => ({
    name: one.name,
    ratio: !hasRatio || differing.includes(one.name)
      ? null
      : spreadOf(pairedRatios(figures[c]!, figures[0]!)),
    figure: spreadOf(figures[c]!),
    wallNs: spreadOf(series[c]!.map(({ wallNs }) => wallNs / (one.parts ?? 1))),
    bytes: one.bytes ?? null,
    buys: one.buys ?? null,
    result: one.result ?? null,
    rounds: figures[c]!,
  }));
  const known = reach.filter((one) =>
    results.some((result) => result.name === one.candidate) &&
    (one.against === undefined || one.against === results[0]!.name)
  );
  return {
    name,
    title,
    unit,
    figure,
    candidates: results,
    differing,
    mayDiffer,
    reach: known.map((one) => ({ ...one, isMet: isMet(one, results) })),
    notes,
  };
}

function figuresOf(candidate: Candidate, figure: FigureName, series: Series): number[] {
  const { parts = 1, bytes } = candidate;
  return series.map((sample) => {
    const value = figure === "bytes" ? bytes : sample[figure];
    if (value === undefined) throw new Error(`${candidate.name} has no ${figure}`);
    return value / parts;
  });
}

function isMet({ candidate, ratioMax, figureMax }: Reach, results: CandidateResult[]): boolean {
  const { ratio, figure } = results.find(({ name }) => name === candidate)!;
  return (ratioMax === undefined || (ratio !== null && ratio.median <= ratioMax)) &&
    (figureMax === undefined || figure.median <= figureMax);
}
