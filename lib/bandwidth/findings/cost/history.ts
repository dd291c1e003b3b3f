import { RUN_RANGES } from "../../../replication/run_ranges.ts";
import { roundTripMs } from "../round_trip.ts";
import type { JudgedRun } from "../finding_rule.ts";

/** What loss and uneven frames add to a round trip. */
const SLACK = 1.25;

/** Frames that a history has to hold for acks to come back in time, without and with some slack. */
export function historyNeeds(run: JudgedRun): { readonly least: number; readonly enough: number } {
  const { frameMs } = run.facts;
  if (frameMs === 0) return { least: 0, enough: 1 };
  const least = (roundTripMs(run) + run.sendMs) / frameMs;
  return { least, enough: powerAbove(least * SLACK) };
}

/** Least power of two that is not below a number, within the range of the option. */
export function powerAbove(frames: number): number {
  const [, max] = RUN_RANGES.historyFrames;
  let power = 1;
  while (power < frames && power < max) power *= 2;
  return power;
}
