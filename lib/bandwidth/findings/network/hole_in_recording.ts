import { remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { countText, numberText, partOf } from "../figure_text.ts";

/** Holes of the recording itself. */
export const HOLE_IN_RECORDING: FindingRule = {
  code: "hole-in-recording",
  isSeen: true,
  judge({ report }) {
    const { durationSeconds, freezes, holes } = report;
    if (holes === undefined || holes.count === 0) return undefined;
    return {
      severity: "note",
      size: Math.min(1, partOf(holes.ms, durationSeconds * 1000)),
      text: `the recording has holes: neighbouring frames more than ${
        freezes?.thresholdMs ?? 0
      } ms apart, which count as nobody's freeze`,
      evidence: `${countText(holes.count, "hole")}, ${
        numberText(holes.ms / 1000)
      } s in all, left out of freezes, updateGapMs and interpolation`,
      remedy: remedy`look whether the server stood still there or the recorder missed frames`,
    };
  },
};
