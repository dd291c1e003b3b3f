import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { countText, numberText, percentText } from "../figure_text.ts";

/** Seconds of the stream that a join may cost before it is told. */
const SECONDS_NOTE = 1;
/** Times that it has to be above what the stream sends while the first state is on its way. */
const TIMES = 2;
/** Part of all bytes that joins take together where they are a cost of their own. */
const PART_WARNING = 0.1;

/** Joins that cost much at once. */
export const JOIN_BURST: FindingRule = {
  code: "join-burst",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const { consumers, joinBytes, kbps, timeToFirstStateMs: first, wireBytes } = run.report;
    if (joinBytes === undefined || first === undefined || kbps.mean === 0) return undefined;
    const seconds = joinBytes.p50 / (kbps.mean * 125);
    if (seconds < SECONDS_NOTE || seconds < (TIMES * first.p50) / 1000) return undefined;
    const part = Math.min(1, (joinBytes.p50 * first.joins) / wireBytes);
    // One join each is much of a short recording alone.
    const isOften = first.joins > consumers;
    const isRepeated = run.sendMs > 0 && first.p50 > run.sendMs;
    const channel = "the first state once over a channel that repeats what is lost";
    return {
      severity: isOften && part >= PART_WARNING ? "warning" : "note",
      size: part,
      text: "a join costs as much as seconds of the stream",
      evidence: `${numberText(joinBytes.p50)} B until the first state (p50), ${
        numberText(seconds)
      } s of the stream at ${numberText(kbps.mean)} kbps, while it took ${
        numberText(first.p50)
      } ms; ${countText(first.joins, "join")}, ${percentText(part)} of all bytes`,
      remedy: isRepeated
        ? remedy`send keyframes less often until the first ack comes (as ${
          optionKey("sendEveryFrames")
        } does for all packets), or ${channel}`
        : remedy`send less at first, such as what is near (${
          optionKey("interest")
        }), or ${channel}`,
    };
  },
};
