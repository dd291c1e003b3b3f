import { AS_A_CAUSE, type FindingRule, type JudgedRun } from "../finding_rule.ts";
import { numberText } from "../figure_text.ts";
import { oneWayMs } from "../round_trip.ts";
import { belowBottleneck } from "./below_bottleneck.ts";
import { bottleneckKbps, USED_PART } from "./bottleneck.ts";
import { DROPPED_WARNING } from "./rate_limited.ts";

/** Half of the states wait so long beside their way: it is felt. */
const WAIT_WARNING_MS = 100;
/** Nobody plays with so much on top of the network's own way. */
const WAIT_ERROR_MS = 500;

/** A bottleneck with room for all that does not fit: nothing is lost, and everything waits. */
export const QUEUE_DELAY: FindingRule = {
  code: "queue-delay",
  isSeen: true,
  isOfStream: false,
  judge(run) {
    const { datagramsDropped, datagrams, stateAgeMs: age } = run.report;
    const waitMs = queueWaitMs(run);
    // That has a finding of its own.
    if (waitMs === undefined || datagramsDropped >= DROPPED_WARNING * datagrams) return undefined;
    const limitKbps = bottleneckKbps(run)!;
    return {
      severity: waitMs >= WAIT_ERROR_MS ? "error" : "warning",
      size: AS_A_CAUSE + Math.min(1, waitMs / 10_000),
      demand: waitMs,
      text: "the stream does not fit through the network, whose queue takes the rest: states wait",
      evidence: `states are ${numberText(age!.p50)} ms old (p50), ${
        numberText(age!.p99)
      } at p99, where their way takes ${numberText(oneWayMs(run.options.net.down))}; ${
        numberText(sentKbps(run))
      } kbps sent, ${numberText(limitKbps)} kbit/s fit`,
      remedy: belowBottleneck(run, limitKbps),
    };
  },
};

/**
 * Milliseconds that states wait in the queue of a bottleneck, half of them or the worst twentieth;
 * undefined where they wait for nothing that is felt, or nothing limits them.
 */
export function queueWaitMs(run: JudgedRun): number | undefined {
  const { stateAgeMs: age } = run.report;
  const limitKbps = bottleneckKbps(run);
  if (age === undefined || limitKbps === undefined) return undefined;
  // What fits with room to spare waits for something else.
  if (sentKbps(run) <= USED_PART * limitKbps) return undefined;
  const wayMs = oneWayMs(run.options.net.down) + run.sendMs + run.intervalMs;
  if (age.p50 - wayMs >= WAIT_WARNING_MS) return age.p50 - wayMs;
  return age.p95 - wayMs >= WAIT_ERROR_MS ? WAIT_WARNING_MS : undefined;
}

/** Kilobits per second to a consumer, over whole seconds or, in less than one, over all. */
function sentKbps({ report }: JudgedRun): number {
  const { consumers, durationSeconds, kbps, kbpsSeconds, wireBytes } = report;
  if (kbpsSeconds > 0) return kbps.mean;
  return durationSeconds > 0 ? (wireBytes * 8) / 1000 / durationSeconds / consumers : 0;
}
