import { remedy } from "../../../core/remedy.ts";
import { AS_A_CAUSE, type FindingRule } from "../finding_rule.ts";
import { countText, partOf, percentText } from "../figure_text.ts";

/** More than any network that is played over loses for long. */
const LOST_WARNING = 0.15;
/** Every second datagram. */
const LOST_ERROR = 0.5;

/** Part of the datagrams that the network loses, those aside that a full queue drops. */
function lostPart({ datagrams, datagramsLost }: LossCounts): number {
  return partOf(datagramsLost, datagrams);
}

/** A network that loses so much that no setting mends it. */
export const HEAVY_LOSS: FindingRule = {
  code: "heavy-loss",
  isSeen: true,
  isOfStream: true,
  judge({ report }) {
    const { datagrams, datagramsLost, lossRuns } = report;
    const lost = lostPart(report);
    if (lost < LOST_WARNING) return undefined;
    return {
      severity: lost >= LOST_ERROR ? "error" : "warning",
      size: AS_A_CAUSE + lost,
      text: "the network loses so much that nothing which is sent can be relied on to arrive",
      evidence: `${datagramsLost} of ${datagrams} datagrams lost (${percentText(lost)}), up to ${
        countText(lossRuns.max, "packet")
      } in a row`,
      remedy:
        remedy`no setting mends such a link: let the client say that its network is at fault, and look at other findings over one that loses less`,
    };
  },
};

interface LossCounts {
  readonly datagrams: number;
  readonly datagramsLost: number;
}

/** Whether the network loses heavily. */
export function isLossy(report: LossCounts): boolean {
  return lostPart(report) >= LOST_WARNING;
}
