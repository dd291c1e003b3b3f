import type { OptionNaming } from "../../core/remedy.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { RecordingFacts } from "../facts/recording_facts.ts";
import type { Finding, FindingSeverity } from "../report/finding.ts";
import type { RunReport } from "../report/run_report.ts";
import type { FindingRule, JudgedRun, Sign } from "./finding_rule.ts";
import { FINDING_RULES } from "./finding_rules.ts";

/** What findings are made from. */
export interface FindingSources {
  /** Reports of all runs. */
  readonly reports: readonly RunReport[];
  /** Options of all runs, in the same order. */
  readonly runs: readonly RunOptions[];
  /** What the recording's values are like. */
  readonly facts: RecordingFacts;
  /** What remedies call options; their keys in the library unless given. */
  readonly nameOf?: OptionNaming;
}

/** Packets of a consumer below which parts of a stream say nothing: one packet is all of it. */
const STREAM_PACKETS_MIN = 20;

/** Worst first. */
const SEVERITIES: readonly FindingSeverity[] = ["error", "warning", "note"];

/**
 * What stands out in runs, worst first: by severity, what players see before what only costs, then
 * by how much is touched. Runs that show the
 * same as badly are one finding, with the figures of the one that shows it most, or asks for most. Runs that are not
 * verified, and those of which only the cost was measured, show nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseNetSpec } from "@hindcast/hindcast/net";
 * import {
 *   findFindings,
 *   measureBandwidth,
 *   RecordingWatch,
 *   RUN_DEFAULTS,
 * } from "@hindcast/hindcast/report";
 * import { Snapshot, SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const fields = [{ name: "x", type: "i16" as const }];
 * const layout = new SnapshotLayout({ kinds: [{ name: "ship", fields }] });
 * const frames = Array.from({ length: 90 }, (_, frame) =>
 *   Snapshot.of(layout, {
 *     frame,
 *     timeMs: frame * 33,
 *     entities: [{ id: 1, kind: "ship", fields: { x: frame } }],
 *   }));
 * const watch = new RecordingWatch(layout);
 * const runs = [{ ...RUN_DEFAULTS, net: parseNetSpec("rate=3,queue=2") }];
 * const reports = await measureBandwidth(layout, frames, runs, {
 *   onFrame: (frame) => watch.add(frame),
 * });
 * const [worst] = findFindings({ reports, runs, facts: watch.facts() });
 * assert.equal(worst?.code, "rate-limited");
 * assert.equal(worst?.severity, "error");
 * ```
 */
export function findFindings(
  { facts, nameOf = (key) => key, reports, runs }: FindingSources,
): Finding[] {
  const judged = reports.flatMap((report, i): JudgedRun[] =>
    report.verified && report.settings.figures === "all" ? [judgedRun(report, runs[i]!, facts)] : []
  );
  return FINDING_RULES.flatMap((rule) => findingsOf(rule, judged))
    .sort((a, b) =>
      SEVERITIES.indexOf(a.worst.severity) - SEVERITIES.indexOf(b.worst.severity) ||
      Number(b.isSeen) - Number(a.isSeen) ||
      b.worst.size - a.worst.size
    )
    .map(({ code, names, worst, worstName }) => ({
      code,
      severity: worst.severity,
      runs: names,
      text: worst.text,
      evidence: reports.length > 1 ? `${worstName}: ${worst.evidence}` : worst.evidence,
      remedy: worst.remedy.render(nameOf),
    }));
}

/** What runs show of one finding, as badly as each other. */
interface SharedSign {
  readonly code: string;
  readonly isSeen: boolean;
  readonly names: string[];
  worst: Sign;
  worstName: string;
}

function findingsOf(rule: FindingRule, runs: readonly JudgedRun[]): SharedSign[] {
  const shared = new Map<string, SharedSign>();
  for (const run of runs) {
    if (rule.isOfStream && !isStream(run.report)) continue;
    const sign = rule.judge(run);
    if (sign === undefined) continue;
    const { name } = run.report;
    // What is said has to hold for every run that it is said of, and what is to be done.
    const key = `${sign.severity} ${sign.text} ${sign.cause ?? causeOf(sign)}`;
    const known = shared.get(key);
    if (known === undefined) {
      shared.set(key, {
        code: rule.code,
        isSeen: rule.isSeen,
        names: [name],
        worst: sign,
        worstName: name,
      });
      continue;
    }
    known.names.push(name);
    if ((sign.demand ?? sign.size) <= (known.worst.demand ?? known.worst.size)) continue;
    known.worst = sign;
    known.worstName = name;
  }
  return [...shared.values()];
}

/** What a remedy says but for its figures: runs that take another one have another cause. */
function causeOf({ remedy }: Sign): string {
  return remedy.render((key) => key).replace(/[0-9]+(\.[0-9]+)?/g, "#");
}

/** Whether consumers that ever joined got more than a handful of packets. */
function isStream({ consumers, packets, timeToFirstStateMs: first }: RunReport): boolean {
  return packets >= STREAM_PACKETS_MIN * Math.min(consumers, first?.joins ?? consumers);
}

function judgedRun(report: RunReport, options: RunOptions, facts: RecordingFacts): JudgedRun {
  const { budgetKbps, sendEveryFrames, sendRateHz, wire } = options;
  const intervalMs = pacedMs(report, facts);
  const dueMs = sendRateHz === undefined
    ? sendEveryFrames * intervalMs
    : Math.max(intervalMs, 1000 / sendRateHz);
  const sendMs = budgetKbps === undefined ? dueMs : Math.max(dueMs, apartMs(report));
  return { report, options, facts, sent: wire?.schema ?? facts.schema, intervalMs, dueMs, sendMs };
}

/** Milliseconds between two frames, mean, of those without a hole between them if there are any. */
function pacedMs({ holes }: RunReport, { frames, intervalMs }: RecordingFacts): number {
  const intervals = frames - 1;
  if (holes === undefined || holes.count === 0 || holes.count >= intervals) return intervalMs;
  return Math.max(0, intervalMs * intervals - holes.ms) / (intervals - holes.count);
}

/** Milliseconds between the packets of a connected consumer, mean: a budget leaves some out. */
function apartMs({ kbps, packets, wireBytes }: RunReport): number {
  return packets === 0 || kbps.mean === 0 ? 0 : (wireBytes * 8) / kbps.mean / packets;
}
