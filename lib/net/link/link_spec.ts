import type { GilbertElliott } from "./gilbert_elliott.ts";
import type { CapacityTrace } from "./mahimahi.ts";
import type { PacketTrace } from "./packet_trace.ts";

/** One direction of a network path, as plain data. */
export interface LinkSpec {
  /** What is lost, decided first. */
  readonly loss: LossSpec;
  /** The bottleneck that the rest go through. */
  readonly capacity: CapacitySpec;
  /** The way after the bottleneck. */
  readonly delay: DelaySpec;
  /** Share of the packets that arrive twice, 0 .. 1. */
  readonly duplicate: number;
  /** A measurement that takes the place of `loss` and `delay`. */
  readonly trace?: PacketTrace;
}

/** Which loss model a link has, as plain data; probabilities are 0 .. 1. */
export type LossSpec =
  | { readonly model: "none" }
  | { readonly model: "bernoulli"; readonly loss: number }
  | ({ readonly model: "gilbert-elliott" } & GilbertElliott);

/** Bottleneck of a link as plain data; `queuePackets` counts the packet that is being sent as well. */
export type CapacitySpec =
  | { readonly model: "unlimited" }
  | { readonly model: "rate"; readonly rateBps: number; readonly queuePackets: number }
  | { readonly model: "mahimahi"; readonly trace: CapacityTrace; readonly queuePackets: number };

/** Packets that a queue holds if none is said: netem's `limit`. */
export const QUEUE_PACKETS_DEFAULT = 1000;

/** Delay of a link as plain data. */
export interface DelaySpec {
  /** Mean one-way delay, whole microseconds. */
  readonly delayUs: number;
  /** Half width (uniform) or standard deviation (normal), whole microseconds. */
  readonly jitterUs: number;
  /** Which of the two `jitterUs` means. */
  readonly jitterDistribution: "uniform" | "normal";
  /** Share of packets (0 .. 1) that skip delay and jitter and so overtake those before them. */
  readonly reorder: number;
}

/** A link that loses nothing and takes no time. */
export const PERFECT_LINK: LinkSpec = {
  loss: { model: "none" },
  capacity: { model: "unlimited" },
  delay: { delayUs: 0, jitterUs: 0, jitterDistribution: "uniform", reorder: 0 },
  duplicate: 0,
};
