import type { BandwidthReport, RunReport } from "../report/run_report.ts";
import { mapTexts } from "./map_texts.ts";
import { MERGED_AS, mergeSeconds } from "./merge_seconds.ts";

/** Largest amounts that a page shows, over all runs. */
export interface PageBounds {
  /** Runs. */
  readonly runs: number;
  /** Points of the series. */
  readonly points: number;
  /** Fields, and as many kinds and errors. */
  readonly fields: number;
  /** UTF-16 units of a name or a fault. */
  readonly textUnits: number;
  /** Findings. */
  readonly findings: number;
}

/** Bounds that a page begins with; what is above `pageBytesMax` even so, is given up by steps. */
export const PAGE_BOUNDS: PageBounds = {
  runs: 200,
  points: 30_000,
  fields: 6_000,
  textUnits: 400,
  findings: 300,
};

/** A report that a page can hold, and what was left out of it, in sentences. */
export interface BoundedReport {
  /** Report within the bounds. */
  readonly report: BandwidthReport;
  /** What is missing; empty when nothing is. */
  readonly omissions: readonly string[];
}

/**
 * A report within bounds: seconds are put together, cheap fields left out, long names cut. A run
 * that is not verified keeps its fault and no figure.
 */
export function boundReport(
  report: BandwidthReport,
  bounds: PageBounds = PAGE_BOUNDS,
): BoundedReport {
  const omissions = new Set<string>();
  const cut = (text: string) => {
    if (text.length <= bounds.textUnits) return text;
    omissions.add(`Texts longer than ${bounds.textUnits} characters are cut.`);
    return `${text.slice(0, bounds.textUnits)}…`;
  };
  const kept = report.runs.slice(0, bounds.runs);
  if (kept.length < report.runs.length) {
    omissions.add(`Only the first ${kept.length} of ${report.runs.length} runs are shown.`);
  }
  const fields = Math.max(1, Math.floor(bounds.fields / Math.max(1, kept.length)));
  const step = pointStep(kept, bounds);
  const runs = kept.map((run) => {
    if (!run.verified) return mapTexts(withoutDoubt(run), cut);
    const { series, packetSizes, baselineAges, ...figures } = run;
    if (step > 1) {
      omissions.add(
        `Each point in time stands for ${step} seconds: ${MERGED_AS}.`,
      );
    }
    if (run.fields.length > fields) omissions.add(`Only ${fields} fields of a run are shown.`);
    if (run.kinds.length > fields) omissions.add(`Only ${fields} kinds of a run are shown.`);
    const cheap = new Set(run.costs.filter(({ part }) => part === "field").slice(fields));
    const shown = {
      ...figures,
      costs: run.costs.filter((cost) => !cheap.has(cost)),
      ...Object.fromEntries(BY_FIELD.flatMap((key) => {
        const list = run[key];
        return list === undefined ? [] : [[key, list.slice(0, fields)]];
      })),
    };
    return {
      ...mapTexts(shown, cut),
      ...{ packetSizes, baselineAges, series: step > 1 ? mergeSeconds(series, step) : series },
    };
  });
  const { recording, findings } = report;
  if ((findings?.length ?? 0) > bounds.findings) {
    omissions.add(`Only the worst ${bounds.findings} of ${findings!.length} findings are shown.`);
  }
  const bounded = {
    ...report,
    ...{ recording: cut(recording), runs },
    ...(findings === undefined ? {} : {
      findings: findings.slice(0, bounds.findings).map((finding) =>
        mapTexts({ ...finding, runs: finding.runs.slice(0, bounds.runs) }, cut)
      ),
    }),
  };
  return { report: bounded, omissions: [...omissions] };
}

/** Seconds that a point of every run's series stands for, since all lie on one axis. */
export function pointStep(runs: readonly RunReport[], bounds: PageBounds = PAGE_BOUNDS): number {
  const points = Math.max(1, Math.floor(bounds.points / Math.max(1, runs.length)));
  const seconds = runs.reduce(
    (most, run) => run.verified ? Math.max(most, run.series.length) : most,
    0,
  );
  return Math.max(1, Math.ceil(seconds / points));
}

/** Lists that grow with the fields and kinds of a recording. */
const BY_FIELD = ["fields", "kinds", "drawnError", "drawnErrorNow", "wireError"] as const;

/** No figure is shown for a run whose decode disagrees with what its policy promises. */
function withoutDoubt(run: RunReport): RunReport {
  const { name, settings, ack, codec, net, consumers, verified, fault, hash } = run;
  return { name, settings, ack, codec, net, consumers, verified, fault, hash } as RunReport;
}
