import { remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { countText, numberText, percentText } from "../figure_text.ts";
import { isSlow } from "./slow_recording.ts";

/** Single holes of a recording that is fast otherwise. */
export const HOLE_IN_RECORDING: FindingRule = {
  code: "hole-in-recording",
  isSeen: true,
  isOfStream: false,
  judge(run) {
    const { holes, settings } = run.report;
    if (holes === undefined || holes.count === 0 || isSlow(run)) return undefined;
    return {
      severity: "note",
      size: holes.share,
      text: `the recording has holes: neighbouring frames more than ${
        numberText(settings.freezeMs)
      } ms apart, which count as nobody's freeze`,
      evidence: `${countText(holes.count, "hole")}, ${numberText(holes.ms / 1000)} s in all, ${
        percentText(holes.share)
      } of the time, left out of freezes, update gap and interpolation`,
      remedy: remedy`look whether the server stood still there or the recorder missed frames`,
    };
  },
};
