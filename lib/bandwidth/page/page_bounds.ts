import { boundReport, PAGE_BOUNDS, type PageBounds, pointStep } from "./bounded_report.ts";
import {
  boundMoments,
  contentUnits,
  MOMENT_BOUNDS,
  type MomentBounds,
  type MomentPlaces,
} from "./bounded_moments.ts";
import { packedBytes } from "../../page/packed_data.ts";
import type { RunMoments } from "../moments/run_moments.ts";
import type { Standing } from "../moments/standing_seconds.ts";
import type { BandwidthReport, RunReport } from "../report/run_report.ts";

/** Largest amounts of all that a page holds. */
export interface DataBounds {
  readonly report: PageBounds;
  readonly moments: MomentBounds;
}

/** Bounds of a page that is small enough with them. */
export const DATA_BOUNDS: DataBounds = { report: PAGE_BOUNDS, moments: MOMENT_BOUNDS };

/** What a page holds of a report, and what was left out of it, in sentences. */
export interface ShownData {
  readonly report: BandwidthReport;
  /** True when nothing of the report was left out. */
  readonly isWhole: boolean;
  readonly moments: readonly RunMoments[] | undefined;
  readonly omissions: readonly string[];
}

/** What a page of so many runs may take, in bytes: each beyond 60 has as much room as those. */
export function pageBytesMax(runs: number): number {
  return 1_450_000 + Math.max(0, runs - 60) * 24_000;
}

/** A report and its moments within bounds. */
export function showData(
  report: BandwidthReport,
  moments: readonly RunMoments[] | undefined,
  bounds: DataBounds,
): ShownData {
  const { report: shown, omissions } = boundReport(report, bounds.report);
  const isWhole = omissions.length === 0;
  if (moments === undefined) return { report: shown, isWhole, moments, omissions };
  const step = pointStep(report.runs.slice(0, shown.runs.length), bounds.report);
  const none: RunMoments = { startMs: 0, seconds: [], freezes: [] };
  const made = boundMoments(
    shown.runs.map(({ verified }, i) => verified ? moments[i] ?? none : none),
    shown.runs.map(({ verified }, i) => verified ? placesOf(report.runs[i]!, step) : {}),
    bounds.moments,
  );
  return {
    ...{ report: shown, isWhole, moments: made.moments },
    omissions: [...omissions, ...made.omissions],
  };
}

function placesOf({ series }: RunReport, step: number): MomentPlaces {
  const bySecond = new Map(series.map((point) => [point.second, standingOf(point)]));
  return {
    standingOf: (second) => bySecond.get(second) ?? [],
    ...(step === 1 ? {} : {
      pointOf: new Map(series.map(({ second }, i) => [second, series[i - (i % step)]!.second])),
    }),
  };
}

function standingOf(point: RunReport["series"][number]): Standing {
  return [
    point.kbps,
    point.keyframes,
    point.wrongFields,
    point.frozenShare ?? 0,
    point.stateAgeMs?.max ?? 0,
    point.drawnError?.max ?? 0,
    point.losses,
  ];
}

/** One thing that a page gives up some of when it is too large. */
interface Stage {
  /** How much there is of it. */
  amountOf(shown: ShownData): number;
  /** How much stays in any case. */
  leastOf(shown: ShownData): number;
  /** Bounds with so much of it. */
  bound(bounds: DataBounds, amount: number): DataBounds;
}

/** Seconds of a run that stay, those that stand out among them, and points of its series. */
const SECONDS_MIN = 30, POINTS_MIN = 60;
/** Parts and entities of a second that stay. */
const ITEMS_MIN = 6;
/** Fields of a run that stay. */
const FIELDS_MIN = 40;

/** What tells least is given up first. */
const STAGES: readonly Stage[] = [
  {
    amountOf: ({ moments = [] }) => sum(moments, ({ seconds }) => sum(seconds, contentUnits)),
    leastOf: () => 0,
    bound: withMoments((contentUnits) => ({ contentUnits })),
  },
  {
    amountOf: ({ moments = [] }) => most(moments, ({ seconds }) => seconds.length),
    leastOf: () => SECONDS_MIN,
    bound: withMoments((seconds) => ({ seconds })),
  },
  {
    amountOf: ({ moments = [] }) =>
      secondCount(moments) * most(moments, ({ seconds }) => most(seconds, listedOf)),
    leastOf: ({ moments = [] }) => secondCount(moments) * ITEMS_MIN,
    bound: withMoments((items) => ({ items })),
  },
  {
    amountOf: ({ report: { runs } }) =>
      runs.length * most(runs, ({ fields }) => fields?.length ?? 0),
    leastOf: ({ report: { runs } }) => runs.length * FIELDS_MIN,
    bound: withReport((fields) => ({ fields })),
  },
  {
    amountOf: ({ report: { runs } }) =>
      runs.length * most(runs, ({ series }) => series?.length ?? 0),
    leastOf: ({ report: { runs } }) => runs.length * POINTS_MIN,
    bound: withReport((points) => ({ points })),
  },
];

/**
 * Bounds under which data takes some bytes less, or as little as it can.
 *
 * @param bounds those that it has now
 * @param bytes how much less, as far as it can be told without making it
 */
export function tighterBounds(
  report: BandwidthReport,
  moments: readonly RunMoments[] | undefined,
  bounds: DataBounds,
  bytes: number,
): DataBounds {
  let [tight, left] = [bounds, bytes];
  let shown = showData(report, moments, bounds);
  let size = sizeOf(shown);
  for (const stage of STAGES) {
    const amount = stage.amountOf(shown);
    const least = stage.leastOf(shown);
    if (amount <= least) continue;
    const lowest = stage.bound(tight, least);
    const lowestShown = showData(report, moments, lowest);
    const lowestSize = sizeOf(lowestShown);
    const saved = size - lowestSize;
    if (saved > left) {
      return stage.bound(tight, Math.floor(amount - (amount - least) * left / saved));
    }
    left -= saved;
    [tight, shown, size] = [lowest, lowestShown, lowestSize];
  }
  return tight;
}

function sizeOf({ moments, report }: ShownData): number {
  return packedBytes({ report, moments });
}

function withMoments(
  part: (amount: number) => Partial<MomentBounds>,
): (bounds: DataBounds, amount: number) => DataBounds {
  return (bounds, amount) => ({ ...bounds, moments: { ...bounds.moments, ...part(amount) } });
}

function withReport(
  part: (amount: number) => Partial<PageBounds>,
): (bounds: DataBounds, amount: number) => DataBounds {
  return (bounds, amount) => ({ ...bounds, report: { ...bounds.report, ...part(amount) } });
}

function secondCount(moments: readonly RunMoments[]): number {
  return sum(moments, ({ seconds }) => seconds.length);
}

/** Room of a second for what it lists: two thirds are for parts. */
function listedOf(
  { entities, parts }: RunMoments["seconds"][number],
): number {
  return Math.ceil(Math.max(parts.length * 1.5, entities.length * 3));
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

function most<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((largest, item) => Math.max(largest, value(item)), 0);
}
