import type { RunFigures } from "./read_report.ts";
import type { RunReport } from "./run_report.ts";

/** One of the main figures of a run. */
export interface MainFigure {
  /** Name of the figure, with its unit where it is none of frames. */
  readonly name: string;
  /** What it is part of, for a heading above several. */
  readonly group: string;
  /** Name within its group. */
  readonly label: string;
  /** True when less is better; false when the network decides it, not the run. */
  readonly isCost: boolean;
  /** True when it is of what the player sees, which not every report has. */
  readonly isSeen: boolean;
  /** True when holes of the recording are left out of it. */
  readonly leavesHolesOut: boolean;
  /** True for a time in milliseconds. */
  readonly isMs: boolean;
  /** The figure, from a report; NaN where an older one lacks it. */
  readonly value: (run: RunFigures) => number;
}

const STALENESS = "staleness";
/** Figures on a clock without the holes of the recording. */
const LEAVES_HOLES_OUT: ReadonlySet<string> = new Set([
  "update gap",
  "freezes",
  "interpolation",
  "position error",
]);
/** Part of a recording's time beyond which its holes leave too little to say anything of. */
const HOLES_MAX = 0.5;
const MISSING = "not there";
/** Percent of entities that are missing, from which on the figure says something. */
const MISSING_MIN = 1;
/** Figures in which a run that shows next to nothing has next to nothing to do wrong. */
const NEEDS_UPDATES: ReadonlySet<string> = new Set(["wrong", "heal"]);
/** Part of the time frozen, and of the packets arrived, beyond which a run shows that little. */
const FROZEN_MAX = 0.05;
const ARRIVED_MIN = 0.5;

/** The main figures in the order in which every table shows them. */
export const MAIN_FIGURES: readonly MainFigure[] = [
  figure("bytes", "mean", true, (run) => run.bytesPerFrame.mean),
  figure("bytes", "p50", true, (run) => run.bytesPerFrame.p50),
  figure("bytes", "p99", true, (run) => run.bytesPerFrame.p99),
  figure("bytes", "max", true, (run) => run.bytesPerFrame.max),
  figure("kbps", "mean", true, (run) => run.kbps.mean),
  figure("kbps", "p95", true, (run) => run.kbps.p95),
  figure("kbps", "max", true, (run) => run.kbps.max),
  figure("packets", "lost %", false, (run) => percent(run.lost, run.packets)),
  figure("packets", "late %", false, (run) => percent(run.late ?? NaN, run.packets)),
  figure("packets", "keyframes", true, (run) => run.keyframes),
  figure("baseline age", "p50", false, (run) => run.baselineAgeFrames.p50),
  figure("baseline age", "p99", false, (run) => run.baselineAgeFrames.p99),
  figure("wrong", "field-frames", true, (run) => run.divergence.wrongFieldFrames),
  figure("wrong", "%", true, (run) => threeOf((run.divergence.wrongShare ?? NaN) * 100)),
  figure("heal", "p50", true, (run) => run.healFrames.p50),
  figure("heal", "p99", true, (run) => run.healFrames.p99),
  figure("heal", "max", true, (run) => run.healFrames.max),
  figure(STALENESS, "p50", true, (run) => run.stalenessFrames?.p50 ?? 0),
  figure(STALENESS, "p99", true, (run) => run.stalenessFrames?.p99 ?? 0),
  seen("state age", "p50 ms", (run) => run.stateAgeMs?.p50),
  seen("state age", "p99 ms", (run) => run.stateAgeMs?.p99),
  seen("update gap", "p99 ms", (run) => run.updateGapMs?.p99),
  seen("freezes", "count", (run) => run.freezes?.count),
  seen("freezes", "%", (run) => hundredfold(run.freezes?.share)),
  seen("freezes", "longest ms", (run) => run.freezes?.longestMs),
  seen("interpolation", "underrun %", (run) => hundredfold(run.interpolation?.underrunShare)),
  seen("interpolation", "99 % need ms", (run) => run.interpolation?.delayMsFor99),
  seen("first state", "p95 ms", (run) => run.timeToFirstStateMs?.p95),
  seen("position error", "p50", (run) => positionError(run, "p50")),
  seen("position error", "p99", (run) => positionError(run, "p99")),
  seen("position error", "max", (run) => positionError(run, "max")),
  seen(MISSING, "%", (run) => hundredfold(run.drawnSample?.missingShare)),
];

/**
 * The main figures that say something: nothing is stale where no run has a budget, what is missing
 * counts from 1 % on, and of what the player sees there is what some run has.
 */
export function shownFigures(runs: readonly RunFigures[]): readonly MainFigure[] {
  const verified = runs.filter((run) => run.verified);
  const isBudgeted = verified.some((run) => (run.stalenessFrames?.max ?? 0) > 0);
  return MAIN_FIGURES.filter(({ group, isSeen, value }) =>
    isSeen
      ? verified.some((run) => value(run) >= (group === MISSING ? MISSING_MIN : 0))
      : isBudgeted || group !== STALENESS
  );
}

/** True when holes take so much of the time that figures that leave them out say next to nothing. */
export function isMostlyHoles({ holes }: RunFigures): boolean {
  return (holes?.share ?? 0) > HOLES_MAX;
}

/** A figure as tables show it: NaN also where it leaves out most of the time. */
export function shownValue(figure: MainFigure, run: RunFigures): number {
  return figure.leavesHolesOut && isMostlyHoles(run) ? NaN : figure.value(run);
}

/** Where a run stands among all. */
export type Standing = "best" | "worst" | undefined;

/**
 * Where each run stands in a figure: the least is best, the greatest worst, where the difference to
 * the next means something ({@linkcode areAlike}), so that ties are nobody's, and nobody is anything
 * where less is not better. A run that is not verified, or of which the figure is not shown, is not
 * compared; in what is wrong and how it heals, neither is one that froze for more than 5 % of the
 * time or lost more than half of its packets: who is shown little sees little that is wrong.
 */
export function standings(figure: MainFigure, runs: readonly RunFigures[]): Standing[] {
  const needsUpdates = NEEDS_UPDATES.has(figure.group);
  const values = runs.map((run) =>
    run.verified && (!needsUpdates || isMostlyShown(run)) ? shownValue(figure, run) : NaN
  );
  const compared = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (!figure.isCost || compared.length < 2) return runs.map(() => undefined);
  const [least, next] = compared as [number, number];
  const [before, most] = compared.slice(-2) as [number, number];
  const best = areAlike(figure, least, next) ? NaN : least;
  const worst = areAlike(figure, before, most) ? NaN : most;
  return values.map((value) => value === worst ? "worst" : value === best ? "best" : undefined);
}

/** Part of the larger of two figures by which they have to differ to be told apart. */
const ALIKE_SHARE = 0.01;

/**
 * True when the difference of two values of a figure means nothing: it is less than 1 % of the larger,
 * or less than one unit of the last digit that tables show of the larger.
 */
export function areAlike(figure: MainFigure, a: number, b: number): boolean {
  if (a === b) return true;
  const larger = Math.max(Math.abs(a), Math.abs(b));
  const least = Math.max(larger * ALIKE_SHARE, lastDigit(figure, larger));
  return Math.abs(a - b) < least * (1 - ROUNDING) ||
    figureText(figure, a) === figureText(figure, b);
}

/** Part that a subtraction may take off. */
const ROUNDING = 1e-9;

/** Unit of the last digit that tables show of a value. */
function lastDigit({ isMs }: Pick<MainFigure, "isMs">, size: number): number {
  const unit = size < 10 ? 0.01 : size < 1000 ? 0.1 : 1;
  if (isMs && size >= 10) return Math.max(1, unit);
  if (size < 1e5) return unit;
  const thousands = size >= 1e9 ? 1e9 : size >= 1e6 ? 1e6 : 1e3;
  return lastDigit({ isMs: false }, size / thousands) * thousands;
}

/** True when what a run sends is shown, for the most part. */
export function isMostlyShown({ freezes, packets, lost }: RunFigures): boolean {
  return (freezes?.share ?? 0) <= FROZEN_MAX && packets - lost >= packets * ARRIVED_MIN;
}

/** A value of a figure as tables show it: milliseconds are whole from 10 on. */
export function figureText({ isMs }: Pick<MainFigure, "isMs">, value: number): string {
  return shortNumber(isMs && value >= 10 ? Math.round(value) : value);
}

/** Numbers from here on have no letter that says how large they are. */
const POWERS_FROM = 1e15;

/** A figure in few characters: 3 significant digits or more, with k, M, G above 99 999, `4.81e38` from 1e15 on. */
export function shortNumber(value: number): string {
  if (Math.abs(value) >= POWERS_FROM) return value.toExponential(2).replace("e+", "e");
  for (const [unit, letter] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]] as const) {
    if (Math.abs(value) >= 1e5 && Math.abs(value) >= unit) {
      return `${threeDigits(value / unit)}${letter}`;
    }
  }
  return Number.isInteger(value) ? String(value) : threeDigits(value);
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size < 10 ? 2 : size < 1000 ? 1 : 0);
}

/** Three digits that say something, however small. */
function threeOf(value: number): number {
  return Number(value.toPrecision(3));
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : threeOf((part / whole) * 100);
}

/** Hundred times a share, without what the multiplication adds. */
function hundredfold(share: number | undefined): number {
  return Number(((share ?? NaN) * 100).toPrecision(6));
}

/** The largest of all kinds, so that none hides behind another; undefined without a position. */
function positionError(run: RunFigures, figure: "p50" | "p99" | "max"): number | undefined {
  const values = positionErrors(run).map((error) => error[figure]);
  return values.length === 0 ? undefined : Math.max(...values);
}

/** Kinds with a position error, in order of their names. */
export function positionKinds(run: RunFigures): string[] {
  return positionErrors(run).map(({ kind }) => kind).sort();
}

/** Distances, not fields that are called as they are; older reports do not tell them apart. */
function positionErrors({ drawnError = [] }: RunFigures) {
  return drawnError.filter(({ axes, count, field }) =>
    field === "position" && (axes !== undefined || count === undefined)
  );
}

function seen(
  group: string,
  label: string,
  value: (run: RunFigures) => number | undefined,
): MainFigure {
  return { ...figure(group, label, true, (run) => value(run) ?? NaN), isSeen: true };
}

function figure(
  group: string,
  label: string,
  isCost: boolean,
  value: MainFigure["value"],
): MainFigure {
  const leavesHolesOut = LEAVES_HOLES_OUT.has(group);
  const isMs = label.endsWith(" ms");
  const name = `${group} ${label}`;
  return { name, group, label, isCost, isSeen: false, leavesHolesOut, isMs, value };
}

/** What the whole server sends, in the run that sends least to the one that sends most. */
export function egressText(
  runs: readonly Pick<RunReport, "egressGBPerHour" | "egressMbps">[],
): string {
  const rate = amountText(runs.map(({ egressMbps }) => egressMbps), RATES);
  return `${rate}, ${
    amountText(runs.map(({ egressGBPerHour }) => egressGBPerHour), VOLUMES)
  } an hour`;
}

const RATES = ["Mbit/s", "kbit/s", "bit/s"];
const VOLUMES = ["GB", "MB", "kB", "B"];

/** `0.25 to 7 Mbit/s`: three digits, in the largest unit of which there is a thousandth. */
function amountText(amounts: readonly number[], units: readonly string[]): string {
  const most = Math.max(...amounts);
  const fitting = units.findIndex((_, i) => most * 1000 ** i >= 1e-3);
  const power = most === 0 ? 0 : fitting < 0 ? units.length - 1 : fitting;
  const span = [...new Set([Math.min(...amounts), most])]
    .map((amount) => Number((amount * 1000 ** power).toPrecision(3))).join(" to ");
  return `${span} ${units[power]}`;
}
