import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import type { JudgedRun } from "../finding_rule.ts";
import { numberText, roundedDown, roundedUp } from "../figure_text.ts";
import { USED_PART } from "./bottleneck.ts";
import { EMPTY_BYTES, nothingFits, playableHz } from "./playable_rate.ts";

/** Part of a budget which headers may take before sending less often is the first thing to do. */
export const HEADERS_PART = 0.5;

/** What keeps a stream below a bottleneck, and the picture moving. */
export function belowBottleneck(run: JudgedRun, limitKbps: number): Remedy {
  const usableKbps = roundedDown(limitKbps * USED_PART);
  const none = nothingFits(run, usableKbps);
  if (none !== undefined) return none;
  const less = remedy`send less of what changes, ${optionKey("interest")} or ${optionKey("wire")}`;
  const { budgetKbps } = run.options;
  if (budgetKbps !== undefined && budgetKbps <= usableKbps) {
    return remedy`what a budget saves goes at once and fills the queue: ${less}`;
  }
  const { kbps, kbpsSeconds } = run.report;
  if (kbpsSeconds > 0 && kbps.max <= limitKbps) {
    return remedy`no second is too much for the link, but single packets are for its queue: ${less}`;
  }
  const limit = remedy`${optionKey("budgetKbps")} ${numberText(usableKbps)}kbps`;
  const hz = Math.max(
    roundedDown((usableKbps * 125 * HEADERS_PART) / EMPTY_BYTES),
    roundedUp(playableHz(run)),
  );
  if (run.dueMs === 0 || hz >= 1000 / run.dueMs) {
    return remedy`stay below the bottleneck: ${limit}`;
  }
  return remedy`stay below the bottleneck: ${optionKey("sendRateHz")} ${
    numberText(hz)
  } with ${limit}, since headers alone fill it`;
}
