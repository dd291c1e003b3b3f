import { type CapacityTrace, MahimahiCapacity } from "./mahimahi.ts";
import { RateLimit } from "./rate_limit.ts";

/** The bottleneck of a link: packets leave it one after the other, and few fit into its queue. */
export interface Capacity {
  /**
   * When a packet has left the bottleneck, or -1 if the queue was full.
   *
   * @param sendUs when it comes to the queue, whole microseconds, never before the packet before it
   * @param wireBytes its size with headers, above 0
   * @throws {RangeError} if `sendUs` goes back
   */
  departUs(sendUs: number, wireBytes: number): number;
}

/** Bottleneck of a link as plain data; `queuePackets` counts the packet that is being sent as well. */
export type CapacitySpec =
  | { readonly model: "unlimited" }
  | { readonly model: "rate"; readonly rateBps: number; readonly queuePackets: number }
  | { readonly model: "mahimahi"; readonly trace: CapacityTrace; readonly queuePackets: number };

/** Packets that a queue holds if none is said: netem's `limit`. */
export const QUEUE_PACKETS_DEFAULT = 1000;

/**
 * Builds the bottleneck that a spec describes, or none.
 *
 * @throws {RangeError} if rate or queue is out of range
 */
export function createCapacity(spec: CapacitySpec): Capacity | undefined {
  switch (spec.model) {
    case "unlimited":
      return undefined;
    case "rate":
      return new RateLimit(spec.rateBps, spec.queuePackets);
    case "mahimahi":
      return new MahimahiCapacity(spec.trace, spec.queuePackets);
  }
}
