import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { countText, numberText } from "../figure_text.ts";

/** So long a wrong value is plainly seen. */
const SEEN_MS = 250;
/** So long it decides matches. */
const LONG_MS = 1000;

/** Values that stayed wrong after a packet was lost. */
export const WRONG_SHOWN: FindingRule = {
  code: "wrong-shown",
  isSeen: true,
  isOfStream: false,
  judge({ report, facts }) {
    const { consumers, consumersWithoutState, lost } = report;
    const { divergence: { longestStreakFrames, wrongFieldFrames }, healFrames, packets } = report;
    if (wrongFieldFrames === 0) return undefined;
    const longestMs = longestStreakFrames * facts.frameMs;
    const severity = longestMs >= LONG_MS ? "error" : longestMs >= SEEN_MS ? "warning" : "note";
    return {
      severity,
      size: Math.min(1, wrongFieldFrames / Math.max(1, packets)),
      text: lost > 0
        ? "after lost packets consumers show values that are wrong until they are sent again"
        : "after packets that came late consumers show values that are wrong until they are sent again",
      evidence:
        `${wrongFieldFrames} wrong fields over all frames that consumers applied, ${longestStreakFrames} frames (${
          numberText(longestMs)
        } ms) the longest${
          healFrames.p50 === 0 ? "" : `, half healed within ${countText(healFrames.p50, "frame")}`
        }${
          consumersWithoutState === 0
            ? ""
            : `; all of ${consumersWithoutState} of ${
              countText(consumers, "consumer")
            } that had no state for a time`
        }`,
      remedy: remedy`${
        optionKey("policy")
      } strict: a delta goes only against what a consumer acked`,
    };
  },
};
