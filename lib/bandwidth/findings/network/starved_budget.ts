import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { numberText, partOf, percentText } from "../figure_text.ts";
import { HEADERS_PART } from "./below_bottleneck.ts";
import { bottleneckKbps, USED_PART } from "./bottleneck.ts";
import { EMPTY_BYTES, enoughKbps } from "./playable_rate.ts";

/** News that waits so long is seen to wait. */
const WAIT_WARNING_MS = 250;
/** Entities stand still for a second. */
const WAIT_ERROR_MS = 1000;

/** A budget that lets entities wait. */
export const STARVED_BUDGET: FindingRule = {
  code: "starved-budget",
  isSeen: true,
  isOfStream: false,
  judge(run) {
    const { report, options, facts } = run;
    const { p50, p99, max } = report.stalenessFrames;
    const { budgetKbps } = options;
    const waitMs = p99 * facts.frameMs;
    if (budgetKbps === undefined || waitMs < WAIT_WARNING_MS) return undefined;
    // A larger one must not run into what limits the network.
    const enough = enoughKbps(run);
    const isFitting = enough <= USED_PART * (bottleneckKbps(run) ?? Infinity);
    const headers = partOf(EMPTY_BYTES * report.packets, report.wireBytes);
    const less = remedy`send less: ${optionKey("interest")}, ${optionKey("wire")}${
      headers > HEADERS_PART
        ? `, or less often, as headers take ${percentText(headers)} of the budget`
        : ""
    }`;
    return {
      severity: waitMs >= WAIT_ERROR_MS ? "error" : "warning",
      size: Math.min(1, waitMs / 10_000),
      demand: budgetKbps,
      text: "the budget is too small for what changes: news of entities waits for its turn",
      evidence: `news waits ${
        numberText(waitMs)
      } ms at p99 (${p50} frames at p50, ${p99} at p99, ${max} at most) with ${
        numberText(budgetKbps)
      } kbps`,
      remedy: isFitting
        ? remedy`${optionKey("budgetKbps")} ${numberText(enough)}kbps, or ${less}`
        : less,
    };
  },
};
