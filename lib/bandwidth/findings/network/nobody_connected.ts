import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { countText, numberText } from "../figure_text.ts";

/** A run that sent nothing, since no consumer came while the recording lasted. */
export const NOBODY_CONNECTED: FindingRule = {
  code: "nobody-connected",
  isSeen: true,
  isOfStream: false,
  judge({ facts, options, report }) {
    const { consumers, frames, timeToFirstStateMs: first } = report;
    if (first === undefined || first.joins > 0 || frames === 0) return undefined;
    const joinMs = options.churn?.joinMs;
    return {
      severity: "error",
      size: 2,
      text: "nobody ever connected: nothing was sent, and no figure says anything",
      evidence: `0 of ${countText(consumers, "consumer")} joined in ${
        numberText((facts.intervalMs * (facts.frames - 1)) / 1000)
      } s of recording${
        joinMs === undefined ? "" : `; they join within ${numberText(joinMs / 1000)} s`
      }`,
      remedy: remedy`let consumers join while the recording lasts: a shorter join in ${
        optionKey("churn")
      }`,
    };
  },
};
