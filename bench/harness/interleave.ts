import type { Candidate, Contest, Sample } from "./bench_case.ts";

/** How long candidates are timed. */
export interface Rounds {
  /** Rounds that count, at least 9 for quartiles that mean something. */
  readonly count: number;
  /** Rounds before those, in which compilers settle. */
  readonly warmUp: number;
  /** CPU time that a candidate's part of a round fills; 0 for as few steps as can be. */
  readonly roundMs: number;
}

/** Rounds of a candidate, in order. */
export type Series = readonly Sample[];

/**
 * Runs candidates side by side, in rounds of all of them; each round begins one candidate later
 * than the one before. A figure is that of one step.
 *
 * @returns a series for each candidate
 * @throws {Error} when a candidate gives another result from one round to the next, of those whose
 *   steps are fixed and so do the same each time
 */
export async function interleave(contest: Contest, rounds: Rounds): Promise<Series[]> {
  const { candidates, lessEach } = contest;
  const all = lessEach === undefined ? candidates : [...candidates, lessEach];
  const steps: number[] = [];
  for (const one of all) steps.push(contest.steps ?? await stepsOf(one, rounds.roundMs));
  const series: Sample[][] = all.map(() => []);
  for (let round = -rounds.warmUp; round < rounds.count; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      const c = (turn + round + rounds.warmUp) % all.length;
      const sample = perStep(await all[c]!.run(steps[c]!), steps[c]!);
      if (round >= 0) series[c]!.push(sample);
    }
  }
  if (contest.steps !== undefined) series.forEach((own, c) => assertSteady(all[c]!.name, own));
  if (lessEach === undefined) return series;
  const bare = series.pop()!;
  return series.map((own) => own.map((sample, round) => less(sample, bare[round]!)));
}

/**
 * Steps that fill a round: doubled until they take a tenth of it, then in proportion. Of two runs
 * the faster counts, as compilers and collectors may spend a round's time on a single step.
 */
async function stepsOf(candidate: Candidate, roundMs: number): Promise<number> {
  const { stepsMin = 1 } = candidate;
  if (roundMs === 0) return stepsMin;
  for (let steps = stepsMin;; steps *= 2) {
    const first = await candidate.run(steps);
    const second = await candidate.run(steps);
    const cpuNs = Math.min(first.cpuNs, second.cpuNs);
    if (cpuNs < roundMs * 1e5) continue;
    return Math.max(stepsMin, Math.round(steps * roundMs * 1e6 / cpuNs));
  }
}

function perStep(sample: Sample, steps: number): Sample {
  return { ...sample, cpuNs: sample.cpuNs / steps, wallNs: sample.wallNs / steps };
}

function less(sample: Sample, bare: Sample): Sample {
  return {
    ...sample,
    cpuNs: sample.cpuNs - bare.cpuNs,
    wallNs: sample.wallNs - bare.wallNs,
    ...(sample.peakBytes === undefined || bare.peakBytes === undefined
      ? {}
      : { peakBytes: sample.peakBytes - bare.peakBytes }),
  };
}

function assertSteady(name: string, series: Series): void {
  if (series.some(({ fold }) => fold !== series[0]!.fold)) {
    throw new Error(`${name} gives another result in each round`);
  }
}
