import { MomentMemo } from "../../policy/moment_memo.ts";
import { agreesWith } from "../../shot/shot.ts";
import type { Case } from "../case.ts";
import { type FlipMap, flipMap } from "../flip_map.ts";
import { type Cause, CAUSES, type Change, FAR_MS } from "./cause.ts";
import { TRIALS } from "./cause_trials.ts";
import { aliasIndex } from "./limit_trials.ts";
import type { Trial } from "./trial.ts";

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
  return { word: first.isFact ? CAUSES[first.rule] : "unexplained", ...changes[0]!, changes };
}

const AGREES: Cause = { word: CAUSES.none, rule: "none" };

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
  if (agreeingMs === undefined) return { word: CAUSES["no-time"], rule: "no-time", changes: [] };
  const change: Change = { rule: "other-time", agreeingMs };
  return { word: CAUSES["other-time"], ...change, changes: [change] };
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
