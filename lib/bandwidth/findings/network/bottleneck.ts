import type { JudgedRun } from "../finding_rule.ts";

/** Part of a bottleneck that a stream may take: the rest is for what else goes through it. */
export const USED_PART = 0.8;
const OPPORTUNITY_BYTES = 1500;

/** Kilobits per second that go through the link to a consumer; undefined where nothing limits it. */
export function bottleneckKbps({ options: { net: { down } } }: JudgedRun): number | undefined {
  const { capacity } = down;
  if (capacity.model === "unlimited") return undefined;
  if (capacity.model === "rate") return capacity.rateBps / 1000;
  const { opportunitiesMs } = capacity.trace;
  return opportunitiesMs.length * OPPORTUNITY_BYTES * 8 / (opportunitiesMs.at(-1) ?? 1);
}
