/** One direction of a network path, as plain data; probabilities and shares are 0 .. 1. */
export interface LinkSpec {
  /** What is lost, decided first; the numbers of Gilbert-Elliott are netem's p, r, 1-h and 1-k. */
  readonly loss:
    | { readonly model: "none" }
    | { readonly model: "bernoulli"; readonly loss: number }
    | {
      readonly model: "gilbert-elliott";
      readonly p: number;
      readonly r: number;
      readonly badLoss: number;
      readonly goodLoss: number;
    };
  /**
   * The bottleneck that the rest go through. `rateBps` is bits per second; `opportunitiesMs` are the
   * whole milliseconds at which 1500 bytes may leave, never falling, the last one the period;
   * `queuePackets` counts the packet that is being sent as well.
   */
  readonly capacity:
    | { readonly model: "unlimited" }
    | { readonly model: "rate"; readonly rateBps: number; readonly queuePackets: number }
    | {
      readonly model: "mahimahi";
      readonly trace: { readonly opportunitiesMs: Uint32Array };
      readonly queuePackets: number;
    };
  /** The way after the bottleneck. */
  readonly delay: {
    /** Mean one-way delay, whole microseconds. */
    readonly delayUs: number;
    /** Half width (uniform) or standard deviation (normal), whole microseconds. */
    readonly jitterUs: number;
    /** Which of the two `jitterUs` means. */
    readonly jitterDistribution: "uniform" | "normal";
    /** Share of packets that skip delay and jitter and so overtake those before them. */
    readonly reorder: number;
  };
  /** Share of the packets that arrive twice. */
  readonly duplicate: number;
  /**
   * A measurement that takes the place of `loss` and `delay`, one element per packet: the one-way
   * delay in whole microseconds (0 where the packet was lost), and 1 where it was lost, else 0.
   */
  readonly trace?: { readonly delaysUs: Float64Array; readonly lost: Uint8Array };
}

/** Which loss model a link has. */
export type LossSpec = LinkSpec["loss"];

/** Bottleneck of a link. */
export type CapacitySpec = LinkSpec["capacity"];

/** Delay of a link. */
export type DelaySpec = LinkSpec["delay"];

/** Delay and loss of each packet of a measurement. */
export type PacketTrace = NonNullable<LinkSpec["trace"]>;

/** Times at which a link may send 1500 B: the content of a mahimahi file. */
export type CapacityTrace = Extract<CapacitySpec, { model: "mahimahi" }>["trace"];

/** Packets that a queue holds if none is said: netem's `limit`. */
export const QUEUE_PACKETS_DEFAULT = 1000;

/** A link that loses nothing and takes no time. */
export const PERFECT_LINK: LinkSpec = {
  loss: { model: "none" },
  capacity: { model: "unlimited" },
  delay: { delayUs: 0, jitterUs: 0, jitterDistribution: "uniform", reorder: 0 },
  duplicate: 0,
};
