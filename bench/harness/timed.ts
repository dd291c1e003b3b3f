import process from "node:process";
import type { Candidate, Sample } from "./bench_case.ts";

/** CPU time of this process, of the threads that compile and collect as well. */
function cpuNsNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

/**
 * Candidate of this process.
 *
 * @param runSteps does some steps and returns something of their results
 */
export function timed(
  name: string,
  runSteps: (steps: number) => number,
  rest: Omit<Candidate, "name" | "run"> = {},
): Candidate {
  const run = (steps: number): Sample => {
    const wall = performance.now();
    const cpu = cpuNsNow();
    const fold = runSteps(steps);
    const cpuNs = cpuNsNow() - cpu;
    return { cpuNs, wallNs: (performance.now() - wall) * 1e6, fold };
  };
  return { ...rest, name, run };
}

/** The same of steps that wait for something. */
export function timedAsync(
  name: string,
  runStep: () => Promise<number>,
  rest: Omit<Candidate, "name" | "run"> = {},
): Candidate {
  const run = async (steps: number): Promise<Sample> => {
    const wall = performance.now();
    const cpu = cpuNsNow();
    let fold = 0;
    for (let i = 0; i < steps; i++) fold = (Math.imul(fold, 31) + await runStep()) | 0;
    const cpuNs = cpuNsNow() - cpu;
    return { cpuNs, wallNs: (performance.now() - wall) * 1e6, fold };
  };
  return { ...rest, name, run };
}

/** Steps one after another, for {@linkcode timed}: what each returns is folded into one number. */
export function stepping(step: () => number): (steps: number) => number {
  return (steps) => {
    let fold = 0;
    for (let i = 0; i < steps; i++) fold = (Math.imul(fold, 31) + step()) | 0;
    return fold;
  };
}
