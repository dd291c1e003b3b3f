import { optionKey, remedy } from "../../../core/remedy.ts";
import { FIGURE_RANGES } from "../../report/run_settings.ts";
import type { FindingRule } from "../finding_rule.ts";
import { countText, numberText, percentText, roundedUp } from "../figure_text.ts";
import { isSlow } from "./slow_recording.ts";

/** A threshold so many times what nearly all frames are apart is no pace, even where one is late. */
const TIMES = 2;

/** A recording of which much is left out, since its own pace counts as holes. */
export const SLOWER_THAN_FREEZE: FindingRule = {
  code: "slower-than-freeze",
  isSeen: true,
  isOfStream: false,
  judge(run) {
    const { holes, settings } = run.report;
    if (holes === undefined || holes.count === 0 || !isSlow(run)) return undefined;
    const { frames, intervalMedianMs, intervalP95Ms } = run.facts;
    const [, max] = FIGURE_RANGES.freezeMs;
    const threshold = roundedUp(TIMES * intervalP95Ms);
    return {
      severity: "warning",
      // The figures of what players see hold for the rest alone, so this stands before them.
      size: 1 + holes.share,
      demand: threshold,
      text: `the recording is slower than the threshold of ${
        numberText(settings.freezeMs)
      } ms: its own pace is taken for holes, which count as nobody's freeze`,
      evidence: `frames are ${numberText(intervalMedianMs)} ms apart (p50), ${
        numberText(intervalP95Ms)
      } at p95; ${holes.count} of ${countText(frames - 1, "distance")} are holes, ${
        percentText(holes.share)
      } of the time, left out of freezes, update gap and interpolation`,
      remedy: threshold <= max
        ? remedy`${optionKey("freezeMs")} ${threshold}`
        : remedy`report on a recording with frames that are less than a day apart`,
    };
  },
};
