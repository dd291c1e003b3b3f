import { type Cause, type Change, FAR_MS } from "./cause.ts";
import { aliasIndex, type Case, type Trial, TRIALS } from "./cause_trials.ts";
import { usedHoleMs } from "../policy/decision.ts";
import { type FlipMap, flipMap } from "./flip_map.ts";
import { MomentMemo } from "../policy/moment_memo.ts";
import { agreesWith } from "../shot/shot.ts";

/**
 * Why a policy and the game differ on one shot, as far as the shot alone says: every change with which
 * they would agree. It is a reason only where it is a fact; {@linkcode findReasons} looks at all
 * shots.
 *
 * @returns undefined when the game's verdict is unknown
 */
export function findCause(subject: Case): Cause | undefined {
  const agrees = agreesWith(subject.shot.verdict, subject.victim);
  if (agrees === undefined) return undefined;
  if (agrees) return AGREES;
  const trials = TRIALS.filter((trial) => trial.run(subject) === true);
  const [first] = trials;
  if (first === undefined) return lastResort(subject);
  const changes = trials.map((trial) => changeOf(subject, trial));
  return { word: first.isFact ? first.word : "unexplained", ...changes[0]!, changes };
}

const AGREES: Cause = { word: "agrees", rule: "none" };

/** The change that a trial makes on a shot. */
function changeOf(subject: Case, { rule, variant }: Trial): Change {
  if (rule !== "ring-aliases") return { rule, ...(variant === undefined ? {} : { variant }) };
  return { rule, aliasFrame: subject.moment.source.frameAt(aliasIndex(subject)!) };
}

/**
 * No known change suffices: another rewind may, farther back and among what a ring evicted if need
 * be, or none does.
 */
function lastResort(subject: Case): Cause {
  const far: Case = { ...subject, moment: subject.fullMoment, flipMs: FAR_MS };
  const agreeingMs = nearestAgreeing(subject) ?? nearestAgreeing(far, SLIVER_MS);
  if (agreeingMs === undefined) return { word: "geometry", rule: "no-time", changes: [] };
  const change: Change = { rule: "other-time", agreeingMs };
  return { word: "unexplained", ...change, changes: [change] };
}

/** Rewind in milliseconds, nearest to the used one, at which policy and game would agree. */
function nearestAgreeing(subject: Case, leastMs: number = 0): number | undefined {
  const { decision: { usedMs }, shot } = subject;
  let nearest: number | undefined;
  for (const span of flipSpans(subject)) {
    if (agreesWith(shot.verdict, span.victim) !== true) continue;
    if (span.toMs - span.fromMs < leastMs) continue;
    const ms = span.victim === null
      ? insideOf(span.fromMs, span.toMs, usedMs)
      : Math.min(Math.max(usedMs, span.fromMs), span.toMs);
    if (nearest === undefined || Math.abs(ms - usedMs) < Math.abs(nearest - usedMs)) nearest = ms;
  }
  return nearest;
}

/** Shorter spans are rounding. */
const SLIVER_MS = 1e-6;

/** The rewind of a miss that is nearest to one, in tenths where they fit: at its ends one is hit. */
function insideOf(fromMs: number, toMs: number, ms: number): number {
  if (ms >= fromMs && ms <= toMs) return ms;
  const tenths = ms < fromMs ? Math.floor(fromMs * 10 + 1) / 10 : Math.ceil(toMs * 10 - 1) / 10;
  return tenths > fromMs && tenths < toMs ? tenths : Math.min(Math.max(ms, fromMs), toMs);
}

const flipMaps = new MomentMemo<FlipMap["spans"]>();

/** Whom each rewind hits, as far as the flip map goes and the policy went. */
function flipSpans({ decision, flipMs, model, moment, rules, shot }: Case): FlipMap["spans"] {
  const maxMs = Math.max(flipMs, decision.usedMs);
  return flipMaps.get(
    moment,
    maxMs,
    rules,
    () => flipMap(moment, shot, model, { maxMs, rules }).spans,
  );
}

/** A shot under a policy, judged. */
export interface JudgedCase extends Case {
  /** What it alone says; undefined when the game's verdict is unknown. */
  readonly cause: Cause | undefined;
}

const NO_TRIALS: readonly Trial[] = [];

/** Shots that have to share a change for it to be a reason. */
const SHARED_MIN = 2;

/**
 * Reasons of all shots under one policy, in their order: each disagreeing shot gets the first of its
 * changes that another one shares and that no shot contradicts; where there is none, the change that
 * most shots share is told, and is no reason. A shot contradicts a change that
 * concerns it when, with the change, policy and game disagree on it, whether they agreed before or
 * not; one that has a fact of its own, as a victim that is not in the recording, speaks for nothing.
 */
export function findReasons(cases: readonly JudgedCase[]): (Cause | undefined)[] {
  const shared = new Map<Trial, number>();
  const trialsOf = cases.map(({ cause }, i) =>
    cause?.changes === undefined || usedHoleMs(cases[i]!.moment, cases[i]!.decision) > 0
      ? NO_TRIALS
      : cause.changes.map(trialOf).filter((trial) => trial !== undefined)
  );
  for (const trials of trialsOf) {
    for (const trial of trials) shared.set(trial, (shared.get(trial) ?? 0) + 1);
  }
  const contradictions = new Map<Trial, number | undefined>();
  const contradictionOf = (trial: Trial): number | undefined => {
    if (!contradictions.has(trial)) contradictions.set(trial, contradiction(trial, cases));
    return contradictions.get(trial);
  };
  return cases.map(({ cause }, i) => {
    const trials = trialsOf[i]!;
    if (cause === undefined || trials.length === 0) return cause;
    const isReason = (trial: Trial) =>
      shared.get(trial)! >= SHARED_MIN && contradictionOf(trial) === undefined;
    const reason = trials.findIndex((trial) => trial.isFact || isReason(trial));
    const at = reason < 0 ? mostShared(trials, shared) : reason;
    const trial = trials[at]!;
    const sharedBy = shared.get(trial)!;
    const contradictedBy = sharedBy >= SHARED_MIN && !trial.isFact
      ? contradictionOf(trial)
      : undefined;
    const rivals = reason < 0 || trial.isFact
      ? []
      : trials.filter((rival) =>
        rival.rule !== trial.rule && shared.get(rival)! >= sharedBy && isReason(rival)
      );
    return {
      word: reason < 0 ? "unexplained" : trial.word,
      ...cause.changes![at]!,
      changes: cause.changes!,
      sharedBy,
      ...(rivals.length === 0
        ? {}
        : { rivals: rivals.map((rival) => ({ rule: rival.rule, sharedBy: shared.get(rival)! })) }),
      ...(contradictedBy === undefined ? {} : { contradictedBy }),
    };
  });
}

/** Place of the change that most shots share, of equals the first. */
function mostShared(trials: readonly Trial[], shared: ReadonlyMap<Trial, number>): number {
  const counts = trials.map((trial) => shared.get(trial)!);
  return counts.indexOf(Math.max(...counts));
}

function trialOf({ rule, variant }: Change): Trial | undefined {
  return TRIALS.find((trial) => trial.rule === rule && trial.variant === variant);
}

/** Index of the first shot that contradicts a change. */
function contradiction(trial: Trial, cases: readonly JudgedCase[]): number | undefined {
  return cases.find((subject) => {
    const { cause } = subject;
    if (cause === undefined) return false;
    if (usedHoleMs(subject.moment, subject.decision) > 0) return false;
    const isExcused = cause.changes?.some((change) => trialOf(change)?.isFact) === true;
    return !isExcused && trial.run(subject) === false;
  })?.shot.index;
}
