import { emptyDecision, goToIndex } from "../../policy/decision.ts";
import type { Case } from "../case.ts";
import type { CauseRule } from "./cause.ts";
import { atMs, everywhere, type Trial } from "./trial.ts";

/** Changes of how far a policy goes back. */
export const TIME_TRIALS: readonly Trial[] = [
  {
    rule: "interp-missing",
    run(subject) {
      const interp = interpOf(subject);
      return interp === undefined || !subject.policy.needs.includes("interp")
        ? undefined
        : atMs(subject, subject.decision.usedMs - interp);
    },
  },
  {
    rule: "interp-counted",
    run(subject) {
      const interp = interpOf(subject);
      return interp === undefined || subject.policy.needs.includes("interp")
        ? undefined
        : atMs(subject, subject.decision.usedMs + interp);
    },
  },
  ...[["half-rtt-extra", -0.5], ["half-rtt-missing", 0.5]].map(([rule, part]): Trial => ({
    rule: rule as CauseRule,
    run(subject) {
      const ping = subject.numbers("ping");
      return ping === undefined || !(ping > 0)
        ? undefined
        : atMs(subject, subject.decision.usedMs + ping * (part as number));
    },
  })),
  {
    rule: "inside-frame",
    run: (subject) =>
      subject.insideFrameMs === undefined
        ? undefined
        : atMs(subject, subject.decision.usedMs + subject.insideFrameMs),
  },
  ...(["earlier", "later"] as const).map((variant): Trial => ({
    rule: "whole-frame",
    variant,
    run(subject) {
      const { decision: { fraction, index, nextIndex }, moment } = subject;
      if (!(fraction > 0)) return undefined;
      const changed = emptyDecision();
      goToIndex(moment, variant === "earlier" ? index : nextIndex, changed);
      return everywhere(subject, { decision: changed });
    },
  })),
  ...(["older", "newer"] as const).map((variant): Trial => ({
    rule: "off-by-one-frame",
    variant,
    run(subject) {
      const step = variant === "older" ? -1 : 1;
      const { decision, moment } = subject;
      const index = decision.index + step;
      if (index < moment.oldestIndex || index > moment.nowIndex) return undefined;
      const next = Math.min(decision.nextIndex + step, moment.nowIndex);
      const nextIndex = Math.max(next, index);
      const fraction = nextIndex === index ? 0 : decision.fraction;
      const changed = { ...decision, index, nextIndex, fraction };
      return everywhere(subject, { decision: changed });
    },
  })),
];

/** The interpolation delay of a shot that has one above 0, in milliseconds. */
function interpOf({ numbers, shot }: Case): number | undefined {
  const interp = shot.numbers.has("interp") ? numbers("interp") : undefined;
  return interp !== undefined && interp > 0 ? interp : undefined;
}
