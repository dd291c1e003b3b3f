import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import { AS_A_CAUSE, type FindingRule, type JudgedRun } from "../finding_rule.ts";
import { countText, numberText, partOf } from "../figure_text.ts";
import { oneWayMs } from "../round_trip.ts";
import { belowBottleneck } from "./below_bottleneck.ts";
import { bottleneckKbps } from "./bottleneck.ts";

/** Joins that may end before the first state, as those at the very end of a recording do. */
const OPEN_PART = 0.01;

/** Consumers that got no state for a time, or never. */
export const NO_STATE: FindingRule = {
  code: "no-state",
  isSeen: true,
  isOfStream: false,
  judge(run) {
    const { consumers, consumersWithoutState, freezes, lost, packets, timeToFirstStateMs } =
      run.report;
    const { joins, max, open } = timeToFirstStateMs ?? { joins: 0, max: 0, open: 0 };
    const openPart = partOf(open, joins);
    // Where nobody ever got one, a short recording is no excuse.
    const isOpen = openPart >= OPEN_PART &&
      (max > (freezes?.thresholdMs ?? 0) || (open > 0 && open === joins));
    if (!isOpen && consumersWithoutState === 0) return undefined;
    const waits = open === 0 ? [] : [
      `${open} of ${countText(joins, "join")} never led to a state, the longest wait ${
        numberText(max / 1000)
      } s${open < joins || lost === 0 ? "" : `; ${lost} of ${countText(packets, "packet")} lost`}`,
    ];
    const misses = consumersWithoutState === 0 ? [] : [
      `${consumersWithoutState} of ${
        countText(consumers, "consumer")
      } got patches to a state that they had not`,
    ];
    const isCut = isOpen && consumersWithoutState === 0 && open === joins && isTooShort(run);
    const isShort = !isOpen && freezes !== undefined && freezes.count === 0;
    return {
      severity: isCut || isShort ? "note" : "error",
      size: AS_A_CAUSE + Math.max(openPart, consumersWithoutState / consumers),
      text: isCut
        ? "the recording ends before the first state can come through the network"
        : isShort
        ? "for less than a freeze consumers had nothing to show: a patch came before their first state"
        : "consumers had nothing to show: no state reached them that they could start from",
      evidence: [...waits, ...misses].join("; "),
      remedy: isCut ? remedy`report on a longer recording` : remedyOf(run),
    };
  },
};

/** Whether nothing can have come: the way takes longer, or nothing was lost and nobody left. */
function isTooShort({ options: { churn, net }, report }: JudgedRun): boolean {
  return report.durationSeconds * 1000 <= oneWayMs(net.down) ||
    (report.lost === 0 && churn === undefined);
}

function remedyOf(run: JudgedRun): Remedy {
  const { consumersWithoutState, datagramsDropped, delivered, packets } = run.report;
  const limitKbps = bottleneckKbps(run);
  if (consumersWithoutState > 0) {
    const frames = Math.max(1, Math.round(1000 / (run.facts.frameMs || 1000)));
    const strict = remedy`${
      optionKey("policy")
    } strict sends states to start from until one is acked`;
    const { keyframeEvery } = run.report.settings;
    if (keyframeEvery !== null && keyframeEvery <= frames) return strict;
    return remedy`${strict}; or ${
      optionKey("keyframeEveryFrames")
    } ${frames} sends one every second`;
  }
  if (limitKbps !== undefined && datagramsDropped > 0) return belowBottleneck(run, limitKbps);
  if (delivered === 0 && packets > 0) {
    return remedy`no packet arrives: nothing that is sent mends that`;
  }
  return remedy`let the loading screen wait for the first state, and keep consumers longer than the network takes to bring it`;
}
