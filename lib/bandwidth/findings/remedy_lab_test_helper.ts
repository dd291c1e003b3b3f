import assert from "node:assert/strict";
import { createRandoms } from "../../net/link/random.ts";
import type { Finding } from "../report/finding.ts";
import type { RunReport } from "../report/run_report.ts";
import { FIGURE_DEFAULTS, type FigureOptions } from "../report/run_settings.ts";
import {
  findingOf,
  type GivenRun,
  judgeWith,
  type MadeRecording,
  record,
} from "./finding_lab_test_helper.ts";

/** A recording, and how it is sent and looked at. */
export interface RemedyCase {
  readonly made: MadeRecording;
  readonly run: GivenRun;
  readonly figures: Partial<FigureOptions>;
}

/** A case that a seed draws: small, over any network, with any options that remedies may name. */
export function drawCase(seed: number): RemedyCase {
  const random = createRandoms(seed, 1, "down");
  const below = (count: number) => random.below(count, 0);
  const one = <T>(...values: readonly T[]): T => values[below(values.length)]!;
  const entities = one(1, 1, 4, 20);
  const stepMs = one(8, 16, 20, 33, 50, 100, 240, 400);
  const jitterMs = one(0, 0, stepMs / 4);
  const hole = one(0, 0, 0, 0.02, 0.1);
  const values = one(10, 1000, 2 ** 30);
  let timeMs = 0;
  const times = Array.from({ length: 600 }, () => {
    timeMs += stepMs + below(Math.floor(jitterMs) + 1) + (below(1000) < hole * 1000 ? 700 : 0);
    return timeMs;
  });
  const made = record(
    [{ name: "x", type: "i32" }, { name: "y", type: "u16" }],
    one(30, 200, 600),
    (frame) =>
      Array.from({ length: entities }, (_, i) => ({ x: below(values), y: i + (frame >> 5) })),
    { timeOf: (frame) => times[frame]! },
  );
  const net = [
    `delay=${one(0, 10, 40, 120, 400)}`,
    ...one([], [], [`jitter=${one(5, 30, 80)}`]),
    ...one([], [], [`loss=${one(1, 5, 30, 80)}%`]),
    ...one([], [], [`rate=${one(2, 4, 8, 30, 200)}`, `queue=${one(1, 4, 100)}`]),
  ];
  const sendEveryFrames = one(1, 1, 2, 5, 20);
  const sendRateHz = one(undefined, undefined, 2, 5, 20);
  const budgetKbps = one(undefined, undefined, undefined, 1, 4, 20);
  const keyframeEveryFrames = one(undefined, undefined, undefined, 10);
  const churn = one(undefined, undefined, undefined, { joinMs: 1000, reconnectMs: 3000 });
  return {
    made,
    run: {
      net: net.join(","),
      policy: one("strict", "strict", "append", "nack"),
      consumers: one(1, 3),
      ...(sendRateHz === undefined ? { sendEveryFrames } : { sendRateHz }),
      ...(budgetKbps === undefined ? {} : { budgetKbps }),
      ...(keyframeEveryFrames === undefined ? {} : { keyframeEveryFrames }),
      ...(churn === undefined ? {} : { churn }),
      historyFrames: one(8, 64, 64),
    },
    figures: { interpMs: one(20, 100, 100, 300), freezeMs: one(250, 250, 1000) },
  };
}

/** What a remedy names to begin with, as options: before any other way or reason. */
export function optionsOf(remedy: string): Record<string, number | string> {
  const options: Record<string, number | string> = {};
  const [first] = remedy.split(/, or | or |; |, if /);
  const named =
    /\b(sendEveryFrames|sendRateHz|budgetKbps|interpMs|freezeMs|historyFrames|keyframeEveryFrames|policy) (\d[\d.]*|strict)/g;
  for (const [, key, value] of first!.matchAll(named)) {
    options[key!] = value === "strict" ? value : Number(value);
  }
  return options;
}

/** A case with a remedy taken. */
function mended(
  { figures, made, run }: RemedyCase,
  options: ReturnType<typeof optionsOf>,
): RemedyCase {
  const { freezeMs, interpMs, ...rest } = options;
  const { sendEveryFrames: _every, sendRateHz: _rate, ...others } = run;
  const isPaced = "sendEveryFrames" in rest || "sendRateHz" in rest;
  return {
    made,
    run: { ...(isPaced ? others : run), ...rest } as GivenRun,
    figures: {
      ...figures,
      ...(freezeMs === undefined ? {} : { freezeMs: Number(freezeMs) }),
      ...(interpMs === undefined ? {} : { interpMs: Number(interpMs) }),
    },
  };
}

/** Packets of a consumer below which chance decides what a figure is. */
const PACKETS_MIN = 20;

const part = (some: number, all: number) => all === 0 ? 0 : some / all;
const underrun = ({ interpolation: i }: RunReport) =>
  i!.underrunShare - i!.fillingShare - i!.withoutStateShare;

/** The figure that a finding is made from, by code, which its remedy lowers or ends. */
const FIGURES: Readonly<Record<string, (report: RunReport) => number>> = {
  "rate-limited": (report) => part(report.datagramsDropped, report.datagrams),
  "no-state": (report) => report.consumersWithoutState * 1000 + report.timeToFirstStateMs!.open,
  "wrong-shown": (report) => report.divergence.wrongFieldFrames,
  "slower-than-freeze": (report) => report.holes!.count,
  freezes: (report) => report.freezes!.share,
  "interpolation-too-short": underrun,
  "starved-budget": (report) => report.stalenessFrames.p99,
  "history-shorter-than-rtt": (report) => part(report.keyframeReasons.evicted, report.packets),
  "late-packets": (report) => part(report.late, report.delivered),
  "framing-share": (report) => report.wireBytes,
};

/** Least figure, and that from which on it is an error or a warning, as the docs say. */
const LIMITS: Readonly<Record<string, readonly [least: number, warning: number, error: number]>> = {
  "rate-limited": [0.005, 0.005, 0.05],
  "history-shorter-than-rtt": [0.01, 0.01, 0.5],
};

/** Checks findings against the report that they are made from. */
export function assertTrue(findings: readonly Finding[], report: RunReport): void {
  const codes = new Set(findings.map(({ code }) => code));
  const { freezes, holes, timeToFirstStateMs: first } = report;
  assert.equal(codes.has("nobody-connected"), first!.joins === 0);
  assert.ok(!(codes.has("hole-in-recording") && codes.has("slower-than-freeze")));
  assert.equal(codes.has("hole-in-recording") || codes.has("slower-than-freeze"), holes!.count > 0);
  assert.equal(codes.has("freezes"), freezes!.count > 0);
  assert.equal(codes.has("wrong-shown"), report.divergence.wrongFieldFrames > 0);
  if (first!.joins > 0 && first!.open === first!.joins) assert.ok(codes.has("no-state"));
  if (codes.has("interpolation-too-short")) {
    assert.ok(underrun(report) >= 0.01);
    assert.ok(report.interpolation!.delayMsFor999 > report.interpolation!.delayMs);
  }
  for (const { code, evidence, remedy, severity, text } of findings) {
    assert.doesNotMatch(`${text} ${evidence} ${remedy}`, /NaN|Infinity|undefined|null/);
    if (code === "late-packets") {
      const late = part(report.late, report.delivered);
      const still = freezes!.share - report.interpolation!.withoutStateShare;
      const isFelt = underrun(report) >= 0.01 || still >= 0.01;
      assert.ok(late >= (isFelt ? 0.01 : 0.25), `${late}`);
      assert.equal(severity, isFelt && late >= 0.1 ? "warning" : "note");
    }
    const limits = LIMITS[code];
    if (limits === undefined) continue;
    const [least, warning, error] = limits;
    const figure = FIGURES[code]!(report);
    const expected = figure >= error ? "error" : figure >= warning ? "warning" : "note";
    assert.ok(figure >= least, `${code} ${figure}`);
    assert.equal(severity, expected, `${code} ${figure}`);
  }
}

/** Takes the remedy of each finding of a case, and checks that it is new, and ends it or lowers its figure. */
export async function tryRemedies(given: RemedyCase): Promise<{ readonly taken: number }> {
  const { findings, reports } = await judgeWith(given.figures, given.made, given.run);
  assertTrue(findings, reports[0]!);
  let taken = 0;
  for (const { code, evidence, remedy } of findings) {
    const options = optionsOf(remedy);
    // What lets states come sooner may be short of the delay that they are drawn with as before.
    const isSooner = code === "interpolation-too-short" && options.interpMs === undefined;
    if (isSooner && reports[0]!.lost > 0) continue;
    const figure = isSooner
      ? ({ interpolation, stateAgeMs }: RunReport) => interpolation!.delayMsFor99 + stateAgeMs!.p50
      : FIGURES[code];
    // Where headers are most of a budget, more of it may go into more headers.
    if (code === "starved-budget" && remedy.includes("as headers take")) continue;
    if (figure === undefined || Object.keys(options).length === 0) continue;
    const after = mended(given, options);
    const before = { ...FIGURE_DEFAULTS, ...given.run, ...given.figures } as Record<
      string,
      unknown
    >;
    const named = `${code} (${evidence}): ${remedy}`;
    const isNew = Object.entries(options).some(([key, value]) => before[key] !== value);
    assert.ok(isNew, `${named} is in force already`);
    const then = await judgeWith(after.figures, after.made, after.run);
    assertTrue(then.findings, then.reports[0]!);
    taken++;
    const now = findingOf(then.findings, code);
    if (now === undefined || isLeftToChance(reports[0]!)) continue;
    const [old, left] = [figure(reports[0]!), figure(then.reports[0]!)];
    assert.ok(left < old, `${named} leaves ${left} of ${old}: ${now.evidence}`);
  }
  return { taken };
}

/** Whether a run is too short, or loses too much, to be compared with another draw of its losses. */
function isLeftToChance({ consumers, datagrams, datagramsLost, packets }: RunReport): boolean {
  return packets < PACKETS_MIN * consumers || datagramsLost * 2 > datagrams;
}
