import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import type { FindingRule, JudgedRun } from "../finding_rule.ts";
import { countText, numberText, percentText } from "../figure_text.ts";
import { GROWN_ERROR, grownLoss, smallerPackets } from "../cost/over_mtu.ts";
import { belowBottleneck } from "./below_bottleneck.ts";
import { bottleneckKbps } from "./bottleneck.ts";
import { isStarved, sendOftener } from "./playable_rate.ts";

/** A second in every few minutes: players tell it from their own network. */
const SHARE_WARNING = 0.001;
/** Three seconds of every minute: nobody plays on. */
const SHARE_ERROR = 0.05;

/** Loss from which on another packet soon is worth more than one that fits. */
const LOSSY = 0.05;

/** Stretches without a new state. */
export const FREEZES: FindingRule = {
  code: "freezes",
  isSeen: true,
  isOfStream: false,
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
  const {
    consumersWithoutState,
    datagramsDropped,
    datagramsLost,
    freezes,
    lossRuns,
    packets,
    settings,
  } = run.report;
  const { thresholdMs } = freezes!;
  const limitKbps = bottleneckKbps(run);
  const isBudgeted = isStarved(run) && 2 * run.sendMs > thresholdMs;
  if (isBudgeted || run.dueMs > thresholdMs) {
    const oftener = sendOftener(
      run,
      isBudgeted
        ? "the budget leaves packets out"
        : "packets are further apart than a freeze is long",
    );
    if (oftener !== undefined) return oftener;
  }
  // Where the network loses much as well, fewer packets would freeze the picture longer.
  const isLossy = datagramsLost > LOSSY * run.report.datagrams || datagramsLost >= datagramsDropped;
  if (limitKbps !== undefined && datagramsDropped > 0 && !isLossy) {
    return belowBottleneck(run, limitKbps);
  }
  if (grownLoss(run) >= GROWN_ERROR) {
    return remedy`${smallerPackets(run)}: packets are lost with any of their pieces`;
  }
  if (consumersWithoutState > 0) {
    const strict = remedy`${optionKey("policy")} strict`;
    const start = settings.keyframeEvery === null
      ? remedy`${strict}, or ${optionKey("keyframeEveryFrames")}`
      : strict;
    return remedy`${start}: consumers wait for a state to start from`;
  }
  const burstMs = lossRuns.max * run.sendMs;
  if (packets > 0 && burstMs <= thresholdMs && isLinkFull(run)) {
    return belowBottleneck(run, limitKbps!);
  }
  return remedy`extrapolate for the length of a freeze before the picture stops${
    burstMs > thresholdMs
      ? `: up to ${countText(lossRuns.max, "packet")} in a row ${
        lossRuns.max === 1 ? "is" : "are"
      } lost`
      : ""
  }`;
}

/** Whether more is sent than the link carries, so that its queue grows without a packet dropped. */
function isLinkFull(run: JudgedRun): boolean {
  return run.report.kbps.mean > (bottleneckKbps(run) ?? Infinity);
}
