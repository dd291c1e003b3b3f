import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";

/** Which figures a report has: what is sent alone, or also what the player sees. */
export type FigureSet = "cost" | "all";

/** What is measured beside the cost, and how. */
export interface FigureOptions {
  /** Which figures. */
  readonly figures: FigureSet;
  /** Interpolation delay of what is drawn, milliseconds. */
  readonly interpMs: number;
  /** Longest stretch without a newly applied state that is no freeze, milliseconds. */
  readonly freezeMs: number;
}

/** Figures where nothing else is said. */
export const FIGURE_DEFAULTS: FigureOptions = { figures: "all", interpMs: 100, freezeMs: 250 };

/** Every setting of a run, for its JSON; null where there is none. */
export interface RunSettings {
  readonly ack: string;
  readonly codec: string;
  readonly net: string;
  readonly consumers: number;
  readonly sendEvery: number;
  readonly sendRateHz: number | null;
  readonly keyframeEvery: number | null;
  readonly mtu: number;
  readonly history: number;
  readonly seed: number;
  readonly wire: string | null;
  readonly interest: RunOptions["interest"] | null;
  readonly lod: RunOptions["detailLevels"] | null;
  readonly budgetKbps: number | null;
  readonly churn: RunOptions["churn"] | null;
  readonly figures: FigureSet;
  readonly interpMs: number;
  readonly freezeMs: number;
}

/** Settings of a run. */
export function settingsOf(options: RunOptions, figures: FigureOptions): RunSettings {
  return {
    ack: options.policy,
    codec: options.codec,
    net: options.net.name,
    consumers: options.consumers,
    sendEvery: options.sendEveryFrames,
    sendRateHz: options.sendRateHz ?? null,
    keyframeEvery: options.keyframeEveryFrames ?? null,
    mtu: options.mtuBytes,
    history: options.historyFrames,
    seed: options.seed,
    wire: options.wire?.name ?? null,
    interest: options.interest ?? null,
    lod: options.detailLevels ?? null,
    budgetKbps: options.budgetKbps ?? null,
    churn: options.churn ?? null,
    ...figures,
  };
}

/** Settings that stand as they are where nothing is said. */
export const DEFAULT_SETTINGS: RunSettings = settingsOf(RUN_DEFAULTS, FIGURE_DEFAULTS);
