import type { RunOptions } from "../../replication/run_options.ts";
import type { JudgedRun } from "./finding_rule.ts";

/** Standard deviations of a normal jitter that nearly all packets keep within. */
const NORMAL_SPREAD = 2;
/** Part of a trace's delays that count. */
const TRACE_PART = 0.95;

/**
 * Milliseconds from a packet to the arrival of its ack, jitter included, as the network was given;
 * what waits in a queue is not in it.
 */
export function roundTripMs({ options: { net }, facts }: JudgedRun): number {
  if (net.ackLagFrames !== undefined) return net.ackLagFrames * facts.frameMs;
  return oneWayMs(net.down) + oneWayMs(net.up);
}

/** Milliseconds that nearly all packets of a link take at most. */
export function oneWayMs({ delay, trace }: RunOptions["net"]["down"]): number {
  if (trace === undefined) {
    return (delay.delayUs + jitterReachUs(delay)) / 1000;
  }
  const delays = trace.delaysUs.filter((_, i) => trace.lost[i] === 0).sort();
  return (delays[Math.floor((delays.length - 1) * TRACE_PART)] ?? 0) / 1000;
}

/** Microseconds that nearly all packets are off the delay of a link at most, either way. */
export function jitterReachUs(
  { jitterDistribution, jitterUs }: RunOptions["net"]["down"]["delay"],
): number {
  return (jitterDistribution === "normal" ? NORMAL_SPREAD : 1) * jitterUs;
}
