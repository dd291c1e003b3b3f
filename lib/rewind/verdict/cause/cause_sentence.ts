import type { OptionNaming } from "../../../core/remedy.ts";
import { type EntityIds, PLAIN_IDS } from "../../ids/entity_ids.ts";
import { type Cause, type CauseRule, type Change, FAR_MS } from "./cause.ts";
import type { ClampReason } from "../../policy/decision.ts";
import type { Shot } from "../../shot/shot.ts";

/** What a sentence about a shot under a policy is made from. */
export interface CauseFacts {
  /** The cause; undefined when the game's verdict is unknown. */
  readonly cause?: Cause;
  /** Entity that the policy hits, or null. */
  readonly victim: number | null;
  /** Milliseconds that it went back. */
  readonly usedMs: number;
  /** Milliseconds to go back as the formula gives them. */
  readonly wantedMs: number;
  /** Frame that was wanted. */
  readonly wantedFrame: number;
  /** What kept it from what it wanted. */
  readonly clamped: ClampReason | null;
}

/**
 * What policy and game made of a shot, with what they would agree, and how sure that is.
 *
 * @param nameOf what options are called where the sentence is read; default their keys
 * @param ids what entities are called; default their numbers
 */
export function causeSentence(
  facts: CauseFacts,
  { verdict }: Pick<Shot, "verdict">,
  nameOf: OptionNaming = (key) => key,
  ids: EntityIds = PLAIN_IDS,
): string {
  const { cause, clamped, victim } = facts;
  const policy = victim === null ? "misses" : `hits ${ids.textOf(victim)}`;
  const clamp = clamped === "now" ? " Its formula asks for the future and is clamped to now." : "";
  if (cause === undefined) {
    return `The policy ${policy}; what the game decided is unknown.${clamp}`;
  }
  if (cause.word === "agrees") return `Policy and game agree: the shot ${policy}.${clamp}`;
  const claim = causeClaim(cause, facts, nameOf, ids);
  return `The policy ${policy}, the game ${gameWords(verdict, ids)}: ${claim}${
    FACTS.has(cause.rule) ? "" : evidence(cause)
  }.${clamp}`;
}

/** Rules that are facts of the shot: nothing that could be changed. */
const FACTS: ReadonlySet<CauseRule> = new Set(["unrecorded-victim", "target-in-front", "no-time"]);

/**
 * With what policy and game would agree on a shot, or the fact that no change can mend: a clause
 * without its full stop.
 *
 * @param nameOf what options are called where it is read; default their keys
 * @param ids what entities are called; default their numbers
 */
export function causeClaim(
  cause: Cause,
  facts: CauseFacts,
  nameOf: OptionNaming = (key) => key,
  ids: EntityIds = PLAIN_IDS,
): string {
  switch (cause.rule) {
    case "unrecorded-victim":
      return "the game's victim is not in the recording, or of a kind without shapes, so that no rule can agree";
    case "target-in-front":
      return "the game's victim is hit too, behind the policy's";
    case "no-time":
      return `they agree at no rewind up to ${FAR_MS} ms; shape, ray or targets are not the game's, or it is farther back`;
    default:
      return `they would agree if ${changeWords(cause, facts, nameOf, ids)}`;
  }
}

/** How many shots say so, and why it is no reason where it is none. */
function evidence({ contradictedBy, rivals = [], rule, sharedBy, word }: Cause): string {
  if (rule === "other-time") return ", and no known change makes them agree";
  if (sharedBy === undefined) return "";
  const others = sharedBy - 1;
  const shots = (count: number) => count === 1 ? "1 other shot" : `${count} other shots`;
  if (word !== "unexplained") {
    const equal = rivals.map((rival) => `${rival.rule} (${shots(rival.sharedBy - 1)})`);
    const or = equal.length === 0 ? "" : `; as well, or better, if ${equal.join(" or ")}`;
    return `, as on ${shots(others)}, and no shot contradicts it${or}`;
  }
  if (contradictedBy !== undefined) {
    return `, as on ${shots(others)}, but shot ${contradictedBy} contradicts it: no reason`;
  }
  return ", which no other shot shares: no reason";
}

function changeWords(
  change: Change,
  facts: CauseFacts,
  nameOf: OptionNaming,
  ids: EntityIds,
): string {
  const used = `${round(facts.usedMs)} ms`;
  const wantedFrame = round(facts.wantedFrame);
  switch (change.rule) {
    case "not-a-target":
      return `${
        ids.textOf(facts.victim!)
      } were not a target (not a target? the ray starts inside of it, or ` +
        `another entity stands at the same place; say who is one with ${nameOf("alive")})`;
    case "ring-evicts":
      return `the ring had not evicted frame ${wantedFrame}`;
    case "ring-aliases":
      return `frame ${wantedFrame} was evicted, and a ring that aliases (frame % size) handed out ` +
        `frame ${change.aliasFrame} in its place`;
    case "policy-limit":
      return `the policy's own limit had not cut ${round(facts.wantedMs)} ms to ${used}`;
    case "teleport-distance":
      return "the step that was taken for a teleport were interpolated";
    case "stop-distance":
      return "the policy's stop distance had not taken a fast target's step for a teleport";
    case "game-stop-distance":
      return "the game had a teleport distance of 64 units that stops all rewinding of a fast target";
    case "inside-frame":
      return "the shot was fired inside the frame, as the shooter's own path dates it";
    case "whole-frame":
      return `the ${change.variant} frame were taken whole, instead of a point between two`;
    case "off-by-one-frame":
      return `a history that is off by one frame were used: one frame ${change.variant}`;
    case "client-view":
      return "the poses were those that the shooter's client showed, which the server did not have";
    case "interp-missing":
      return `the game left the interpolation delay out of ${used}`;
    case "interp-counted":
      return `the interpolation delay, which ${used} leaves out, were counted`;
    case "half-rtt-missing":
      return `half of the round trip, which is missing from ${used}, were counted`;
    case "half-rtt-extra":
      return `half of the round trip were taken off ${used}: the game left one way out`;
    case "death-ignored":
      return "the target, which was dead at the used frame, could be hit";
    case "death-now":
      return "a target that was dead by the time the server decided could not be hit";
    case "shooter-rewound":
      return "the ray were moved back with its shooter, as by a server that rewinds the shooter as well";
    case "other-time":
      return `it went back ${round(change.agreeingMs!)} ms instead of ${used}`;
    default:
      return "something else were changed";
  }
}

/** The game's verdict as a verb. */
export function gameWords(verdict: Shot["verdict"], ids: EntityIds): string {
  if (verdict === undefined) return "says nothing";
  if (verdict === null) return "misses";
  return verdict === "hit" ? "hits" : `hits ${ids.textOf(verdict)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
