import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { numberText, percentText } from "../figure_text.ts";

/** A frame and a half a second at 144 Hz: a stutter that is seen. */
const UNDERRUN_WARNING = 0.01;
/** Every fifth frame. */
const UNDERRUN_ERROR = 0.2;
/** No buffer is longer: what needs more is a freeze. */
const DELAY_MAX_MS = 1000;

/** Too little delay to draw between two states most of the time. */
export const INTERPOLATION_TOO_SHORT: FindingRule = {
  code: "interpolation-too-short",
  isSeen: true,
  judge({ report: { interpolation, stateAgeMs, timeToFirstStateMs: first } }) {
    if (interpolation === undefined || stateAgeMs === undefined) return undefined;
    // Without any state, no delay would do.
    if (first !== undefined && first.open === first.joins) return undefined;
    const { delayMs, delayMsFor99, delayMsFor999, fillingShare, underrunShare } = interpolation;
    const underrun = underrunShare - fillingShare;
    if (underrun < UNDERRUN_WARNING || delayMsFor99 <= delayMs) return undefined;
    if (delayMsFor99 > DELAY_MAX_MS) return undefined;
    const wanted = Math.ceil(delayMsFor99);
    // Half of the time not even the newest state is so young.
    const isBelowWay = delayMs < stateAgeMs.p50;
    return {
      severity: underrun >= UNDERRUN_ERROR && !isBelowWay ? "error" : "warning",
      size: underrun,
      demand: wanted,
      text: isBelowWay
        ? "the interpolation delay is shorter than the way through the network, which is part of it"
        : "the interpolation delay is too short: there is no newer state yet to draw towards",
      evidence: `for ${percentText(underrun)} of the time at ${numberText(delayMs)} ms, without ` +
        `what fills the buffer after a join; 99 % of the time need ${tenths(delayMsFor99)} ms, ` +
        `99.9 % ${tenths(delayMsFor999)} ms`,
      remedy: remedy`${optionKey("interpMs")} ${wanted}`,
    };
  },
};

/** Exact enough to tell it from the delay that is too short. */
function tenths(ms: number): string {
  return String(Number(ms.toFixed(1)));
}
