import { Fingerprint } from "../../core/bytes/fingerprint.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";

/** Which figures a report has: what is sent alone, or also what the player sees. */
export type FigureSet = "cost" | "all";

/** What is measured beside the cost, and how. */
export interface FigureOptions {
  /** Which figures. */
  readonly figures: FigureSet;
  /** Interpolation delay of what is drawn, milliseconds, 0 to 10 000. */
  readonly interpMs: number;
  /** Longest stretch without a newly applied state that is no freeze, milliseconds, 1 to a day. */
  readonly freezeMs: number;
}

/** Figures where nothing else is said. */
export const FIGURE_DEFAULTS: FigureOptions = { figures: "all", interpMs: 100, freezeMs: 250 };

/** Names of the sets of figures. */
export const FIGURE_SETS: readonly FigureSet[] = ["cost", "all"];

/** Least and greatest value of each option of figures that is a number, both included. */
export const FIGURE_RANGES: Readonly<
  Record<"interpMs" | "freezeMs", readonly [min: number, max: number]>
> = { interpMs: [0, 10_000], freezeMs: [1, 86_400_000] };

/** Checks options of figures. @throws {RangeError} naming the one that is outside its range */
function assertFigureOptions(options: FigureOptions): void {
  if (!FIGURE_SETS.includes(options.figures)) {
    throw new RangeError(
      `figures is ${JSON.stringify(options.figures)}, expected one of ${FIGURE_SETS.join(", ")}`,
    );
  }
  for (const name of ["interpMs", "freezeMs"] as const) {
    const [min, max] = FIGURE_RANGES[name];
    if (options[name] >= min && options[name] <= max) continue;
    throw new RangeError(`${name} is ${options[name]}, expected ${min} to ${max} milliseconds`);
  }
}

/** Every setting of a run, for its JSON; null where there is none. */
export interface RunSettings {
  /** Ack policy. */
  readonly ack: string;
  /** Codec. */
  readonly codec: string;
  /** Network, as it was given. */
  readonly net: string;
  /** Stands for the numbers of the network: a file or a preset of that name may change. */
  readonly netHash: string;
  /** Number of consumers. */
  readonly consumers: number;
  /** Every how many recorded frames a packet is sent; null where a rate says it. */
  readonly sendEvery: number | null;
  /** Packets a second, at the recorded frames nearest to its beats. */
  readonly sendRateHz: number | null;
  /** A keyframe at least every so many frames. */
  readonly keyframeEvery: number | null;
  /** Largest UDP payload in bytes. */
  readonly mtu: number;
  /** Frames kept as baselines. */
  readonly history: number;
  /** Seed of every draw. */
  readonly seed: number;
  /** Name of the wire schema; null where values are sent as recorded. */
  readonly wire: string | null;
  /** Stands for what the wire schema says: a file of that name may change. */
  readonly wireHash: string | null;
  /** Who is sent what: a radius in the game's units (`all` for everything) around what it owns. */
  readonly interest:
    | {
      /** Radius in the recording's units of length. */
      readonly radius: number | "all";
      /** Fields of the position. */
      readonly position: readonly string[];
      /** Kind of the entities that consumers own. */
      readonly ownKind: string;
    }
    | null;
  /** Levels of detail, nearest first; `fields` is `all` where none is left out. */
  readonly lod:
    | readonly {
      /** Name. */
      readonly name: string;
      /** Up to which distance; `all` for any. */
      readonly distance: number | "all";
      /** Fields that are sent. */
      readonly fields: readonly string[] | "all";
    }[]
    | null;
  /** Kilobits per second on the wire that a consumer may be sent. */
  readonly budgetKbps: number | null;
  /** When consumers come and go, milliseconds; null for each time that was not given. */
  readonly churn: Readonly<Record<keyof NonNullable<RunOptions["churn"]>, number | null>> | null;
  /** Which figures the report has. */
  readonly figures: FigureOptions["figures"];
  /** Interpolation delay of what is drawn, milliseconds. */
  readonly interpMs: number;
  /** Longest stretch without a newly applied state that is no freeze, milliseconds. */
  readonly freezeMs: number;
}

/** Settings of a run. @throws {RangeError} for an option of figures outside its range */
export function settingsOf(options: RunOptions, figures: FigureOptions): RunSettings {
  assertFigureOptions(figures);
  const { churn, detailLevels, interest, net, sendRateHz, wire } = options;
  return {
    ack: options.policy,
    codec: options.codec,
    net: net.name,
    netHash: hashOf(net),
    consumers: options.consumers,
    sendEvery: sendRateHz === undefined ? options.sendEveryFrames : null,
    sendRateHz: sendRateHz ?? null,
    keyframeEvery: options.keyframeEveryFrames ?? null,
    mtu: options.mtuBytes,
    history: options.historyFrames,
    seed: options.seed,
    wire: wire?.name ?? null,
    wireHash: wire === undefined ? null : hashOf(wire.schema),
    interest: interest === undefined ? null : {
      radius: interest.radius === Infinity ? "all" : interest.radius,
      position: interest.position,
      ownKind: interest.ownKind,
    },
    lod: detailLevels?.map(({ name, distance, fields }) => ({
      name,
      distance: distance === Infinity ? "all" as const : distance,
      fields: fields ?? "all" as const,
    })) ?? null,
    budgetKbps: options.budgetKbps ?? null,
    churn: churn === undefined ? null : {
      joinMs: churn.joinMs ?? null,
      reconnectMs: churn.reconnectMs ?? null,
      awayMs: churn.awayMs ?? null,
      leaveMs: churn.leaveMs ?? null,
      timeoutMs: churn.timeoutMs ?? null,
    },
    figures: figures.figures,
    interpMs: figures.interpMs,
    freezeMs: figures.freezeMs,
  };
}

/** Hashes that were made: many runs share a network, and a trace is long. */
const HASHES: WeakMap<object, string> = new WeakMap();

/** Sixteen digits that stand for plain data, but for the name that it goes by. */
function hashOf(data: object): string {
  const known = HASHES.get(data);
  if (known !== undefined) return known;
  const hash = new Fingerprint();
  const text = JSON.stringify("name" in data ? { ...data, name: "" } : data);
  for (let i = 0; i < text.length; i++) hash.word(text.charCodeAt(i));
  HASHES.set(data, hash.toString());
  return hash.toString();
}

/** Settings that stand as they are where nothing is said. */
export const DEFAULT_SETTINGS: RunSettings = settingsOf(RUN_DEFAULTS, FIGURE_DEFAULTS);
