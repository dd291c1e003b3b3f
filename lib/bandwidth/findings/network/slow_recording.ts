import type { JudgedRun } from "../finding_rule.ts";

/** Part of the frames' distances that may be holes before they are the pace of the recording. */
const HOLES_PART = 0.05;
/** So few are holes, unless they are most there is. */
const HOLES_MIN = 3;

/** Whether a recording's own frames are mostly, or again and again, further apart than a freeze. */
export function isSlow({ facts, report: { holes } }: JudgedRun): boolean {
  const count = holes?.count ?? 0;
  const intervals = facts.frames - 1;
  return count * 2 > intervals || (count >= HOLES_MIN && count > HOLES_PART * intervals);
}
