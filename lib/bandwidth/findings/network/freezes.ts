import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import type { FindingRule, JudgedRun } from "../finding_rule.ts";
import { countText, numberText, percentText } from "../figure_text.ts";
import { GROWN_ERROR, grownLoss, smallerPackets } from "../cost/over_mtu.ts";
import { belowBottleneck, bottleneckKbps } from "./bottleneck.ts";

/** A second in every few minutes: players tell it from their own network. */
const SHARE_WARNING = 0.001;
/** Three seconds of every minute: nobody plays on. */
const SHARE_ERROR = 0.05;

/** Stretches without a new state. */
export const FREEZES: FindingRule = {
  code: "freezes",
  isSeen: true,
  judge(run) {
    const { freezes, timeToFirstStateMs: first } = run.report;
    if (freezes === undefined || freezes.count === 0) return undefined;
    const { count, longestMs, share, thresholdMs } = freezes;
    const isJoin = first !== undefined && count <= first.joins && longestMs <= first.max &&
      first.p50 > thresholdMs;
    const playing = share - waitingShare(run);
    const waits = isJoin || first === undefined || first.p50 <= thresholdMs
      ? ""
      : `, waits for the first state of ${countText(first.joins, "join")} included`;
    const severity = isJoin
      ? "note"
      : playing >= SHARE_ERROR
      ? "error"
      : playing >= SHARE_WARNING
      ? "warning"
      : "note";
    return {
      severity,
      size: share,
      text: isJoin
        ? `consumers wait for their first state for more than ${thresholdMs} ms`
        : `the picture stands still: no new state for more than ${thresholdMs} ms`,
      evidence: `${countText(count, "freeze")}, ${percentText(share)} of the time of connected ` +
        `consumers, the longest ${numberText(longestMs)} ms${waits}`,
      remedy: isJoin ? remedy`let the loading screen end with the first state` : remedyOf(run),
    };
  },
};

/** Part of the connected time that waits for a first state take, where those are freezes. */
function waitingShare({ report }: JudgedRun): number {
  const { freezes, kbps, timeToFirstStateMs: first, wireBytes } = report;
  if (first === undefined || first.p50 <= freezes!.thresholdMs || kbps.mean === 0) return 0;
  return Math.min(freezes!.share, (first.joins * first.p50 * kbps.mean) / (wireBytes * 8));
}

function remedyOf(run: JudgedRun): Remedy {
  const { consumersWithoutState, datagramsDropped, freezes, lossRuns, settings } = run.report;
  const { thresholdMs } = freezes!;
  const limitKbps = bottleneckKbps(run);
  if (run.sendMs > thresholdMs) {
    const every = Math.max(1, Math.floor(thresholdMs / 2 / run.facts.intervalMs));
    return settings.sendRateHz === null
      ? remedy`${
        optionKey("sendEveryFrames")
      } ${every}: packets are further apart than a freeze is long`
      : remedy`${optionKey("sendRateHz")} ${
        numberText(2000 / thresholdMs)
      }: packets are further apart than a freeze is long`;
  }
  if (limitKbps !== undefined && datagramsDropped > 0) return belowBottleneck(run, limitKbps);
  if (grownLoss(run) >= GROWN_ERROR) {
    return remedy`${smallerPackets(run)}: packets are lost with any of their pieces`;
  }
  if (consumersWithoutState > 0) {
    return remedy`${optionKey("policy")} strict, or ${
      optionKey("keyframeEveryFrames")
    }: consumers wait for a state to start from`;
  }
  const burstMs = lossRuns.max * run.sendMs;
  return remedy`extrapolate for the length of a freeze before the picture stops${
    burstMs > thresholdMs ? `: up to ${lossRuns.max} packets in a row are lost` : ""
  }`;
}
