import { AS_A_CAUSE, type FindingRule } from "../finding_rule.ts";
import { numberText, partOf, percentText } from "../figure_text.ts";
import { belowBottleneck } from "./below_bottleneck.ts";
import { bottleneckKbps } from "./bottleneck.ts";

/** A queue that overflows now and then; below it, single bursts. */
export const DROPPED_WARNING = 0.005;
/** So many drops come again at every moment: the stream does not fit. */
const DROPPED_ERROR = 0.05;

/** A bottleneck drops what its queue cannot hold. */
export const RATE_LIMITED: FindingRule = {
  code: "rate-limited",
  isSeen: true,
  isOfStream: false,
  judge(run) {
    const { datagrams, datagramsDropped, kbps } = run.report;
    const dropped = partOf(datagramsDropped, datagrams);
    const limitKbps = bottleneckKbps(run);
    if (dropped < DROPPED_WARNING || limitKbps === undefined) return undefined;
    const isError = dropped >= DROPPED_ERROR;
    return {
      severity: isError ? "error" : "warning",
      size: AS_A_CAUSE + dropped,
      text: isError
        ? "the stream does not fit through the network, which drops the rest"
        : "the queue of the network overflows now and then",
      evidence: `${datagramsDropped} of ${datagrams} datagrams dropped (${percentText(dropped)}); ${
        numberText(kbps.mean)
      } kbps sent, ${numberText(kbps.max)} at most, ${numberText(limitKbps)} kbit/s fit`,
      remedy: belowBottleneck(run, limitKbps),
    };
  },
};
