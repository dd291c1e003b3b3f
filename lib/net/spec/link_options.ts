import type { CapacityTrace, PacketTrace } from "../link/link_spec.ts";

/**
 * What a user may say of one direction of a network, in the words of texts and of scenario files.
 * Probabilities are 0 .. 1 here; what is missing is off.
 */
export interface LinkOptions {
  /** One-way delay, milliseconds. */
  readonly delay?: number;
  /** Half width (uniform) or standard deviation (normal) around the delay, milliseconds. */
  readonly jitter?: number;
  /** Distribution of the jitter, uniform if not said. */
  readonly jitterdist?: "uniform" | "normal";
  /** Mean loss. */
  readonly loss?: number;
  /** Mean stay in the bad state, packets; makes the loss Gilbert-Elliott. */
  readonly burst?: number;
  /** Loss while bad, 1 if not said. */
  readonly badloss?: number;
  /** Loss while good, 0 if not said. */
  readonly goodloss?: number;
  /** netem's p, r, 1-h, 1-k in place of the four above. */
  readonly gemodel?: readonly [number, number, number, number];
  /** Share of packets that are sent without delay. */
  readonly reorder?: number;
  /** Share of packets that arrive twice. */
  readonly duplicate?: number;
  /** Bottleneck, kbit/s. */
  readonly rate?: number;
  /** Packets that the bottleneck holds, the one that is being sent included. */
  readonly queue?: number;
  /** Delay and loss of each packet, in place of all of the above but duplicate, rate and queue. */
  readonly trace?: PacketTrace;
  /** Times at which a packet may leave, in place of rate. */
  readonly mahimahi?: CapacityTrace;
}

/** Name of an option that has a value (and not a file). */
export type OptionName = Exclude<keyof LinkOptions, "trace" | "mahimahi">;

/** How the value of an option is written. */
export type OptionKind = "milliseconds" | "share" | "decimal" | "integer" | "word" | "chain";

/** One option: how it is written, in which range, and what it means. */
export interface OptionRule {
  /** How the value is written. */
  readonly kind: OptionKind;
  /** Smallest legal value. */
  readonly min: number;
  /** Largest legal value. */
  readonly max: number;
  /** The value in words, with unit and legal range. */
  readonly takes: string;
  /** A legal value as a text has it. */
  readonly example: string;
}

const share = (example: string): OptionRule => ({
  kind: "share",
  min: 0,
  max: 1,
  takes: "a share from 0% to 100%",
  example,
});

const milliseconds = (example: string): OptionRule => ({
  kind: "milliseconds",
  min: 0,
  max: 60_000,
  takes: "milliseconds from 0 to 60000",
  example,
});

/** Every option with its legal range; the order is that in which they are listed and printed. */
export const OPTION_RULES: Readonly<Record<OptionName, OptionRule>> = {
  delay: milliseconds("50"),
  jitter: milliseconds("10"),
  jitterdist: { kind: "word", min: 0, max: 0, takes: "uniform or normal", example: "normal" },
  loss: share("2%"),
  burst: {
    kind: "decimal",
    min: 1,
    max: 1_000_000,
    takes: "a mean number of packets from 1 to 1000000",
    example: "4",
  },
  badloss: share("50%"),
  goodloss: share("0.1%"),
  gemodel: {
    kind: "chain",
    min: 0,
    max: 1,
    takes: "netem's p,r,1-h,1-k, each a share from 0% to 100%",
    example: "1.3%,25%,100%,0%",
  },
  reorder: share("1%"),
  duplicate: share("1%"),
  rate: {
    kind: "decimal",
    min: 1,
    max: 100_000_000,
    takes: "kbit/s from 1 to 100000000",
    example: "10000",
  },
  queue: {
    kind: "integer",
    min: 1,
    max: 100_000,
    takes: "a whole number of packets from 1 to 100000",
    example: "100",
  },
};

/** Names of all options with a value. */
export const OPTION_NAMES = Object.keys(OPTION_RULES) as readonly OptionName[];

/** Whether a text names an option with a value. */
export function isOptionName(text: string): text is OptionName {
  return Object.hasOwn(OPTION_RULES, text);
}

const LOSS_BY_MEAN = ["loss", "burst", "badloss", "goodloss"] as const;

/**
 * Options of `lower` with those of `upper` over them. A `gemodel` above takes the place of loss and
 * burst below, and the other way round; a `rate` and a `mahimahi` likewise.
 */
export function overrideOptions(lower: LinkOptions, upper: LinkOptions): LinkOptions {
  const hidden: (keyof LinkOptions)[] = [];
  if (upper.gemodel !== undefined) hidden.push(...LOSS_BY_MEAN);
  if (LOSS_BY_MEAN.some((name) => upper[name] !== undefined)) hidden.push("gemodel");
  if (upper.mahimahi !== undefined) hidden.push("rate");
  if (upper.rate !== undefined) hidden.push("mahimahi");
  const kept = Object.entries(lower).filter(([name]) =>
    !hidden.includes(name as keyof LinkOptions)
  );
  return { ...Object.fromEntries(kept), ...upper };
}

/**
 * Options as one would write them in a text, such as `delay=35,jitter=5,loss=3%`; `none` if there
 * are none. Shares are rounded to 4 digits after the point; traces are left out.
 */
export function formatLinkOptions(options: LinkOptions): string {
  const parts: string[] = [];
  for (const name of OPTION_NAMES) {
    const value = options[name];
    if (value === undefined) continue;
    const kind = OPTION_RULES[name].kind;
    const isShare = kind === "share" || kind === "chain";
    const shown = isShare ? [value].flat().map(formatShare).join(",") : String(value);
    parts.push(`${name}=${shown}`);
  }
  return parts.length === 0 ? "none" : parts.join(",");
}

function formatShare(value: unknown): string {
  return `${Math.round(Number(value) * 1e6) / 1e4}%`;
}
