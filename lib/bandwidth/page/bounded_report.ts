import type { BandwidthReport, RunReport } from "../report/run_report.ts";

/** Largest amounts that a page shows, over all runs. */
export interface PageBounds {
  /** Runs. */
  readonly runs: number;
  /** Points of the series. */
  readonly points: number;
  /** Fields, and as many kinds. */
  readonly fields: number;
  /** UTF-16 units of a name or a fault. */
  readonly textUnits: number;
}

/** Bounds that keep a page under some 15 MB whatever the report. */
export const PAGE_BOUNDS: PageBounds = {
  runs: 200,
  points: 100_000,
  fields: 7_000,
  textUnits: 400,
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
  const points = Math.max(1, Math.floor(bounds.points / Math.max(1, kept.length)));
  const fields = Math.max(1, Math.floor(bounds.fields / Math.max(1, kept.length)));
  const runs = kept.map((run) => {
    const settings = { ...run.settings, ...cutTexts(run.settings, cut) };
    const named = { ...run, ...cutTexts(run, cut), settings };
    if (!run.verified) return named;
    const step = Math.ceil(run.series.length / points);
    if (step > 1) {
      omissions.add(
        `Each point in time stands for ${step} seconds: kbps is their mean, the rest a sum.`,
      );
    }
    if (run.fields.length > fields) omissions.add(`Only ${fields} fields of a run are shown.`);
    if (run.kinds.length > fields) omissions.add(`Only ${fields} kinds of a run are shown.`);
    const ofField = run.costs.filter(({ part }) => part === "field");
    const left = new Set(ofField.slice(fields));
    return {
      ...named,
      fields: run.fields.slice(0, fields).map((cost) => ({
        ...cost,
        kind: cut(cost.kind),
        field: cut(cost.field),
      })),
      kinds: run.kinds.slice(0, fields).map((cost) => ({ ...cost, kind: cut(cost.kind) })),
      entities: run.entities.map((cost) => ({
        ...cost,
        id: typeof cost.id === "string" ? cut(cost.id) : cost.id,
        kind: cut(cost.kind),
      })),
      costs: run.costs.filter((cost) => !left.has(cost)).map((cost) => ({
        ...cost,
        ...(cost.kind === undefined ? {} : { kind: cut(cost.kind) }),
        ...(cost.field === undefined ? {} : { field: cut(cost.field) }),
      })),
      series: step > 1 ? mergeSeconds(run.series, step) : run.series,
    };
  });
  const findings = report.findings?.map((finding) => ({
    ...finding,
    ...cutTexts(finding, cut),
    runs: finding.runs.slice(0, bounds.runs).map(cut),
  }));
  const bounded = {
    ...report,
    recording: cut(report.recording),
    runs: runs.map(withoutDoubt),
    ...(findings === undefined ? {} : { findings }),
  };
  return { report: bounded, omissions: [...omissions] };
}

function cutTexts<T extends object>(owner: T, cut: (text: string) => string): Partial<T> {
  return Object.fromEntries(
    Object.entries(owner).flatMap(([key, value]) =>
      typeof value === "string" ? [[key, cut(value)]] : []
    ),
  ) as Partial<T>;
}

type Second = RunReport["series"][number];

function mergeSeconds(series: RunReport["series"], step: number): Second[] {
  const merged: Second[] = [];
  for (let start = 0; start < series.length; start += step) {
    const part = series.slice(start, start + step);
    const sum = (value: (point: Second) => number) =>
      part.reduce((total, point) => total + value(point), 0);
    merged.push({
      ...part[0]!,
      kbps: Math.round((sum((point) => point.kbps) / part.length) * 1000) / 1000,
      keyframes: sum((point) => point.keyframes),
      losses: sum((point) => point.losses),
      wrongFields: sum((point) => point.wrongFields),
    });
  }
  return merged;
}

/** No figure is shown for a run whose decode disagrees with what its policy promises. */
function withoutDoubt(run: RunReport): RunReport {
  if (run.verified) return run;
  const { name, settings, ack, codec, net, consumers, verified, fault, hash } = run;
  return { name, settings, ack, codec, net, consumers, verified, fault, hash } as RunReport;
}
