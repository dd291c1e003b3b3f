import type {
  PolicySummary,
  RewindReport,
  RewindRule,
  RuleSearch,
  SeenShot,
  ShooterSummary,
  ShooterViewSummary,
  WorstShot,
} from "../../mod.ts";
import { teleportLines } from "./teleport.ts";
import { type Column, textTable } from "../terminal/text_table.ts";
import { visible } from "../terminal/terminal.ts";

/** A report with what the command adds. */
export interface RewindAnswer extends RewindReport {
  /** Path of the recording. */
  readonly recording: string;
  /** What looks odd, a sentence each. */
  readonly notes?: readonly string[];
  /** What shooters saw; with `--net`. */
  readonly views?: ShooterViewSummary & {
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
  lines.push(...policyLines(policies), "", ...teleportLines(answer.teleport));
  if (answer.worst.length > 0) lines.push("", ...worstLines(answer));
  if (answer.byShooter !== undefined) lines.push("", ...shooterLines(answer.byShooter, policies));
  if (views !== undefined) lines.push("", ...viewLines(views));
  if (sweep !== undefined && sweep.length > 0 && policies.some(isJudged)) {
    lines.push("", ...sweepLines(sweep));
    if (search !== undefined) lines.push(...ruleLines("from the event", "", search));
    if (searchByPath !== undefined) {
      lines.push(...ruleLines("from the path", "age", searchByPath));
    }
  }
  return lines;
}

/** True when the game said what it made of any shot. */
function isJudged({ accuracy }: PolicySummary): boolean {
  return accuracy !== null;
}

/** A line a policy, with a column for every cause that occurs. */
export function policyLines(policies: readonly PolicySummary[]): string[] {
  const words = Object.keys(policies[0]?.causes ?? {}).filter((word) =>
    word !== "agrees" && policies.some(({ causes }) => causes[word as "geometry"] > 0)
  );
  const hasSkipped = policies.some(({ skipped }) => skipped > 0);
  // A rule that asks for the future is, on those shots, the rule not to rewind.
  const clamps = CLAMPS.filter(([clamp]) =>
    policies.some(({ clamped }) => (clamped[clamp] ?? 0) > 0)
  );
  const titles = [
    ...["accuracy", "tp", "fp", "tn", "fn", ...words],
    ...clamps.map(([, title]) => title),
    ...(hasSkipped ? ["skipped"] : []),
  ];
  const columns = [left("policy"), ...titles.map(right)];
  const rows = policies.map((policy) => [
    policy.policy,
    policy.accuracy === null ? "-" : percent(policy.accuracy),
    ...[policy.tp, policy.fp, policy.tn, policy.fn].map(String),
    ...words.map((word) => countText(policy.causes[word as "geometry"])),
    ...clamps.map(([clamp]) => countText(policy.clamped[clamp] ?? 0)),
    ...(hasSkipped ? [countText(policy.skipped)] : []),
  ]);
  return textTable(columns, rows);
}

/** What cuts a rewind, and what the table calls it. */
const CLAMPS: readonly [clamp: "now" | "limit" | "ring" | "recording", title: string][] = [
  ["now", "clamped to now"],
  ["limit", "cut by its limit"],
  ["ring", "cut by the ring"],
  ["recording", "cut by the start"],
];

function left(title: string): Column {
  return { title, align: "left" };
}

function right(title: string): Column {
  return { title, align: "right" };
}

/** The shots that the best policy misjudges most. */
function worstLines({ policies, worst }: RewindAnswer): string[] {
  const [{ policy }] = worst as [WorstShot];
  const { accuracy, causes } = policies.find((summary) => summary.policy === policy)!;
  const counts = Object.entries(causes).filter(([word]) => word !== "agrees");
  const wrong = counts.reduce((sum, [, count]) => sum + count, 0);
  const of = wrong > worst.length ? `the worst ${worst.length} of ${wrong}` : `all ${wrong}`;
  return [
    `misjudged by ${visible(policy)} (${percent(accuracy!)}): ${of}`,
    ...textTable(
      [
        right("shot"),
        right("frame"),
        right("shooter"),
        left("cause"),
        left("would agree with"),
        right("margin"),
      ],
      worst.map(({ cause, frame, marginUnits, rule, shooter, shot }) => [
        ...[shot, frame, shooter].map(String),
        cause,
        rule,
        marginUnits === null ? "-" : String(round(marginUnits)),
      ]),
    ),
  ];
}

/** Shots by who shot: accuracy of each policy, and the best rule. */
function shooterLines(
  shooters: readonly ShooterSummary[],
  policies: readonly PolicySummary[],
): string[] {
  const columns = [
    right("shooter"),
    right("shots"),
    right("ping"),
    ...policies.map(({ policy }) => right(policy)),
    left("best rule"),
  ];
  return textTable(
    columns,
    shooters.map(({ ping, policies: own, search, shooter, shots }) => [
      String(shooter),
      String(shots),
      ping === undefined ? "-" : pingText(ping),
      ...own.map(({ accuracy }) => accuracy === null ? "-" : percent(accuracy)),
      search === undefined ? "-" : shooterRule(search),
    ]),
  );
}

function pingText({ max, median, min }: NonNullable<ShooterSummary["ping"]>): string {
  return min === max ? `${round(min)}` : `${round(median)} (${round(min)} to ${round(max)})`;
}

function shooterRule(search: RuleSearch): string {
  const { best, explains, isNoneAsGood, noneAgrees, shots, simple } = search;
  const share = (agrees: number) => percent(agrees / shots);
  if (!explains) {
    return `no a*ping + b explains them (the best, ${best.policy}: ${share(best.agrees)})`;
  }
  const rule = `${simple.policy} ${share(simple.agrees)}`;
  if (!isNoneAsGood) return rule;
  const none = `none ${share(noneAgrees)}`;
  return noneAgrees >= simple.agrees ? none : `${none}, or ${rule}`;
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

/** Best rules over the ping, with what the shots cannot tell. */
export function ruleLines(title: string, prefix: string, search: RuleSearch): string[] {
  const { aRange, best, explains, isNoneAsGood, noneAgrees, pingRange, pings, shots, simple } =
    search;
  const first = prefix === "" ? "" : `${prefix}+`;
  if (!explains) {
    const [low, high] = best.confidence;
    return [
      `  ${title}: no ${first}a*ping + b explains these shots (the best, ${best.policy}, agrees on ${
        percent(best.accuracy)
      }, 95 % confidence ${percent(low)} to ${percent(high)})`,
    ];
  }
  const lines: string[] = [];
  if (isNoneAsGood) {
    lines.push(`  ${`as good, ${title}`.padEnd(26)} none  ${percent(noneAgrees / shots)}`);
  }
  lines.push(ruleLine(`best rule, ${title}`, best));
  if (simple.a !== best.a) lines.push(ruleLine("simplest, as good", simple));
  const [from, to] = aRange;
  if (pings === 1) {
    lines.push(
      `  (all shots have one ping, ${round(pingRange[0])} ms: nothing tells a factor of it)`,
    );
  } else if (to - from >= FACTOR_UNKNOWN) {
    lines.push(
      `  (pings of ${round(pingRange[0])} to ${round(pingRange[1])} ms do not tell the factor: ` +
        `${from} to ${to} agree as well)`,
    );
  }
  return lines;
}

/** Width of the factors that agree as well from which on the shots do not tell it. */
const FACTOR_UNKNOWN = 0.5;

function ruleLine(title: string, rule: RewindRule): string {
  const [low, high] = rule.confidence;
  return `  ${title.padEnd(26)} ${rule.policy}  ${percent(rule.accuracy)} ` +
    `(95 % confidence ${percent(low)} to ${percent(high)})`;
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
