import { decide, emptyDecision, goToIndex } from "../../policy/decision.ts";
import type { Case } from "../case.ts";
import { everywhere, type Trial } from "./trial.ts";

/** Changes of what kept a policy from what it wanted: the ring, or its own limit. */
export const LIMIT_TRIALS: readonly Trial[] = [
  {
    rule: "ring-evicts",
    run(subject) {
      if (subject.decision.clamp !== "ring") return undefined;
      const changed = emptyDecision();
      decide(subject.policy, subject.numbers, subject.fullMoment, changed);
      return everywhere(subject, { moment: subject.fullMoment, decision: changed });
    },
  },
  {
    rule: "ring-aliases",
    run(subject) {
      const index = aliasIndex(subject);
      if (index === undefined) return undefined;
      const changed = emptyDecision();
      goToIndex(subject.moment, index, changed);
      return everywhere(subject, { decision: changed });
    },
  },
  {
    rule: "policy-limit",
    run(subject) {
      const { decision, moment, numbers, policy } = subject;
      const changed = emptyDecision();
      decide(policy, numbers, moment, changed, { ignoresLimit: true });
      if (changed.usedMs === decision.usedMs) return undefined;
      return everywhere(subject, { decision: changed });
    },
  },
];

/** Index of the frame that sits in the slot of the evicted one, in a ring that nobody checks. */
export function aliasIndex({ decision, moment, ringFrames }: Case): number | undefined {
  if (decision.clamp !== "ring" || ringFrames === undefined || decision.wantedFramePoint < 0) {
    return undefined;
  }
  const wanted = Math.floor(decision.wantedFramePoint) >>> 0;
  for (let index = moment.oldestIndex; index <= moment.nowIndex; index++) {
    if (((moment.source.frameAt(index) - wanted) | 0) % ringFrames === 0) return index;
  }
  return undefined;
}
