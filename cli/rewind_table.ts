import type {
  PolicySummary,
  RewindReport,
  RewindRule,
  RuleSearch,
  SeenShot,
  ViewSummary,
} from "../mod.ts";
import { textTable } from "./text_table.ts";
import { visible } from "./terminal.ts";

/** A report with what the command adds. */
export interface RewindAnswer extends RewindReport {
  /** Path of the recording. */
  readonly recording: string;
  /** What shooters saw; with `--net`. */
  readonly views?: ViewSummary & {
    readonly net: string;
    readonly ack: string;
    readonly codec: string;
  };
  /** What each shooter saw; with `--net` and `--details`. */
  readonly seen?: readonly SeenShot[];
  /** Shots that cannot be judged; with `--skip-bad`. */
  readonly skipped?: readonly { readonly shot: number; readonly reason: string }[];
}

/** The report as lines: one a policy, then the sweep. */
export function rewindLines(answer: RewindAnswer): string[] {
  const { policies, sweep, search, searchByPath, views } = answer;
  const judged = policies[0] === undefined
    ? undefined
    : policies[0].tp + policies[0].fn + policies[0].fp + policies[0].tn;
  const game = judged === undefined || judged === 0
    ? "no verdict of the game"
    : `the game hit with ${policies[0]!.tp + policies[0]!.fn} of ${judged}`;
  const lines = [`${visible(answer.recording)}: ${answer.shots} shots, ${game}`, ""];
  lines.push(...policyLines(answer));
  if (views !== undefined) lines.push("", ...viewLines(views));
  if (sweep !== undefined && sweep.length > 0 && policies.some(isJudged)) {
    lines.push("", ...sweepLines(sweep));
    if (search !== undefined) lines.push(...ruleLines("from the event", "", search));
    if (searchByPath !== undefined) {
      lines.push(...ruleLines("from the path", "age+", searchByPath));
    }
  }
  return lines;
}

/** True when the game said what it made of any shot. */
function isJudged({ accuracy }: PolicySummary): boolean {
  return accuracy !== null;
}

function policyLines({ policies }: RewindAnswer): string[] {
  const words = Object.keys(policies[0]?.causes ?? {}).filter((word) =>
    word !== "agrees" && policies.some(({ causes }) => causes[word as "geometry"] > 0)
  );
  const hasSkipped = policies.some(({ skipped }) => skipped > 0);
  const right = (title: string) => ({ title, align: "right" as const });
  const columns = [
    { title: "policy", align: "left" as const },
    ...["accuracy", "tp", "fp", "tn", "fn", ...words, ...(hasSkipped ? ["skipped"] : [])].map(
      right,
    ),
  ];
  const rows = policies.map((policy) => [
    policy.policy,
    policy.accuracy === null ? "-" : percent(policy.accuracy),
    ...[policy.tp, policy.fp, policy.tn, policy.fn].map(String),
    ...words.map((word) => countText(policy.causes[word as "geometry"])),
    ...(hasSkipped ? [countText(policy.skipped)] : []),
  ]);
  return textTable(columns, rows);
}

function viewLines(views: NonNullable<RewindAnswer["views"]>): string[] {
  const { errorUnits: units, errorFrames: frames } = views;
  return [
    `what shooters saw over ${visible(views.net)}, ${views.ack}: ${views.shots} shots, ` +
    `${views.agrees} as the game decided`,
    `  off by      p50 ${round(units.p50)}, p95 ${round(units.p95)}, max ${
      round(units.max)
    } units; ` +
    `p50 ${round(frames.p50)}, p95 ${round(frames.p95)}, max ${round(frames.max)} frames`,
  ];
}

function sweepLines(sweep: NonNullable<RewindReport["sweep"]>): string[] {
  const best = sweep.reduce((most, point) => point.accuracy > most.accuracy ? point : most);
  const [first, last] = [sweep[0]!, sweep.at(-1)!];
  return [
    `sweep of ${round(first.rewindMs)} to ${round(last.rewindMs)} ms: ` +
    `${round(best.rewindMs)} ms is the best fixed rewind, ${percent(best.accuracy)}`,
  ];
}

function ruleLines(title: string, prefix: string, { best, simple, pings }: RuleSearch): string[] {
  const lines = [ruleLine(`best rule, ${title}`, prefix, best)];
  if (simple.a !== best.a) lines.push(ruleLine("simplest, as good", prefix, simple));
  if (pings === 1) lines.push("  (all shots have one ping: nothing tells a factor of it)");
  return lines;
}

function ruleLine(title: string, prefix: string, rule: RewindRule): string {
  const [low, high] = rule.confidence;
  return `  ${title.padEnd(26)} ${prefix}${ruleText(rule)}  ${percent(rule.accuracy)} ` +
    `(95 % confidence ${percent(low)} to ${percent(high)})`;
}

/** The rule as a policy that `--policy` takes. */
export function ruleText({ a, b }: Pick<RewindRule, "a" | "b">): string {
  const ping = a === 1 ? "ping" : `${a}*ping`;
  return b === 0 ? ping : `${ping}${b > 0 ? "+" : "-"}${round(Math.abs(b))}`;
}

function countText(count: number): string {
  return count === 0 ? "" : String(count);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
