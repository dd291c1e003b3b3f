import { gameWords } from "../../verdict/cause/cause_sentence.ts";
import { type EntityIds, idText, PLAIN_IDS } from "../../ids/entity_ids.ts";
import type { ExplainedPolicy, ExplainedTarget, Explanation } from "./explanation.ts";
import type { HitInterval } from "../../verdict/hit_interval.ts";

/**
 * The explanation as a page of plain text, lines of at most about 100 characters.
 *
 * @param ids what entities are called; default their numbers
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   explainShot,
 *   parseHitModel,
 *   parseRewindPolicy,
 *   PoseHistory,
 *   rayBetween,
 *   renderExplanation,
 * } from "@hindcast/hindcast/rewind";
 *
 * const model = parseHitModel(["player=sphere:16"]);
 * const source = new PoseHistory(model);
 * for (let frame = 0; frame < 20; frame++) {
 *   const fields = { x: 100, y: frame * 10, z: 0 };
 *   source.addFrame({ frame, timeMs: frame * 20, entities: [{ id: 2, kind: "player", fields }] });
 * }
 * const shot = {
 *   ...{ index: 0, frame: 10, timeMs: 200, shooter: 1, verdict: 2 },
 *   ray: rayBetween([0, 50, 0], [200, 50, 0]),
 *   numbers: new Map([["ping", 100]]),
 * };
 * const explanation = explainShot(source, shot, [parseRewindPolicy("ping")], model);
 * assert.match(renderExplanation(explanation), /^Shot 0 by 1: the game hits 2\n/);
 * ```
 */
export function renderExplanation(
  explanation: Explanation,
  ids: EntityIds = PLAIN_IDS,
): string {
  const { shot } = explanation;
  const { ray } = shot;
  const lines = [
    `Shot ${shot.index} by ${ids.textOf(shot.shooter)}: the game ${gameWords(shot.verdict, ids)}`,
    "",
    `  server   frame ${shot.frame} at ${fixed(shot.timeMs)} ms, last frame interval ${
      fixed(explanation.frameMs)
    } ms`,
    `  ring     ${ringWords(explanation)}`,
    `  ray      from ${point(ray.origin)} along ${ray.direction.map(unit).join(" ")}, ${
      fixed(ray.lengthUnits)
    } units${ray.radiusUnits > 0 ? `, radius ${fixed(ray.radiusUnits)}` : ""}`,
    `  numbers  ${numberWords(explanation)}`,
  ];
  for (const policy of explanation.policies) {
    lines.push("", ...policyLines(policy, explanation, ids));
  }
  lines.push("", ...intervalLines(explanation, ids), ...viewLines(explanation, ids));
  return lines.join("\n") + "\n";
}

function ringWords(explanation: Explanation): string {
  const { newestFrame, oldestFrame, oldestMs, ringFrames } = explanation;
  const size = ringFrames === undefined ? "all that was recorded" : `${ringFrames} frames`;
  return `${size}: frames ${oldestFrame} to ${newestFrame}, ${fixed(oldestMs)} ms back`;
}

const NUMBERS_SHOWN = [
  ...["ping", "interp", "delay", "tick", "stamp", "stampMs"],
  ...["stamp.src", "stamp.dst", "stamp.fraction"],
];

function numberWords(explanation: Explanation): string {
  const { numbers } = explanation.shot;
  const words = NUMBERS_SHOWN.filter((name) => numbers.has(name))
    .map((name) => `${name} ${fixed(numbers.get(name)!)}`);
  return words.length === 0 ? "none" : words.join(", ");
}

function policyLines(
  policy: ExplainedPolicy,
  { intervals, shot }: Explanation,
  ids: EntityIds,
): string[] {
  const outcome = policy.victim === null
    ? "miss"
    : `hits ${ids.textOf(policy.victim)}${
      policy.shape === undefined ? "" : ` (${policy.shape})`
    } at ${fixed(policy.distanceUnits!)} units`;
  const clamp = policy.clamped === null ? "" : `, clamped by ${CLAMP_WORDS[policy.clamped]}`;
  const wanted = policy.wantedFrame < 0
    ? "outside the recording"
    : `frame ${fixed(policy.wantedFrame)}`;
  return [
    `${policy.policy}: ${outcome}${policy.cause === undefined ? "" : ` [${policy.cause.word}]`}`,
    `  formula  ${policy.reason}`,
    `  wanted   ${fixed(policy.wantedMs)} ms back, ${wanted}`,
    `  used     ${fixed(policy.usedMs)} ms back, ${frameWords(policy)}${clamp}`,
    ...holeLines(policy),
    ...targetLines(policy, shot.verdict, ids),
    ...ownIntervalLines(policy, intervals, ids),
    `  why      ${policy.sentence}`,
  ];
}

const CLAMP_WORDS = {
  now: "the present (it asked for the future)",
  limit: "the policy's own limit",
  ring: "the ring (evicted)",
  recording: "the recording's start",
} as const;

function frameWords(policy: ExplainedPolicy): string {
  if (policy.toFrame === policy.fromFrame) return `frame ${policy.fromFrame}`;
  return `frame ${fixed(policy.usedFrame)}, between ${policy.fromFrame} and ${policy.toFrame}`;
}

/** Says when nobody knows where targets were. */
function holeLines({ fromFrame, holeMs, toFrame }: ExplainedPolicy): string[] {
  if (holeMs === undefined) return [];
  return [
    `  hole     no frame was recorded for ${fixed(holeMs / 1000)} s, between ${fromFrame} and ` +
    `${toFrame}: nobody knows where targets were`,
  ];
}

/** Targets that are named beside the policy's victim and the game's. */
const TARGETS_NAMED = 3;

/** The nearest targets, the policy's victim and the game's; the others are counted. */
function targetLines(
  { targets, victim }: ExplainedPolicy,
  expected: Explanation["shot"]["verdict"],
  ids: EntityIds,
): string[] {
  const isSubject = ({ id }: ExplainedTarget) => id === victim || id === expected;
  const byMargin = [...targets].sort((a, b) => a.marginUnits - b.marginUnits || a.id - b.id);
  const shown = byMargin.filter((target, i) => i < TARGETS_NAMED || isSubject(target));
  const left = targets.length - shown.length;
  return [
    ...shown.map((target) => targetLine(target, ids)),
    ...(left > 0 ? [`  target   and ${left} more, farther from the ray`] : []),
  ];
}

/** Where a policy's own poses make other intervals than the recorded paths. */
function ownIntervalLines(
  policy: ExplainedPolicy,
  common: readonly HitInterval[],
  ids: EntityIds,
): string[] {
  const text = (list: readonly HitInterval[]) =>
    list.map((interval) => intervalText(interval, ids)).join(", ");
  const own = text(policy.intervals);
  if (own === text(common)) return [];
  return [`  hits     ${own === "" ? "at no rewind" : own}, as this policy makes poses`];
}

function intervalText({ fromMs, target, toMs }: HitInterval, ids: EntityIds): string {
  return `${ids.textOf(target)} at ${rangeText(fromMs, toMs)}`;
}

/** Ends of an interval; one that lies beside a frame by some last bits does not reach it. */
function rangeText(fromMs: number, toMs: number): string {
  const from = isBeside(fromMs, Number(fixed(fromMs)))
    ? `just over ${fixed(fromMs)}`
    : fixed(fromMs);
  const to = isBeside(Number(fixed(toMs)), toMs) ? `just under ${fixed(toMs)}` : fixed(toMs);
  return `${from} to ${to} ms`;
}

function isBeside(more: number, less: number): boolean {
  return more > less && more - less < 1e-6;
}

/** Units of a distance, never 0 for one that is not. */
function distance(units: number): string {
  if (units === 0 || units >= 0.01) return fixed(units);
  return units < 1e-6
    ? "less than 0.000001"
    : Number(units.toPrecision(2)).toFixed(7).replace(/0+$/, "");
}

function targetLine(target: ExplainedTarget, ids: EntityIds): string {
  const margin = Math.abs(target.marginUnits);
  const words = target.marginUnits > 0
    ? `missed by ${distance(margin)}`
    : `hit, ${distance(margin)} deep`;
  const state = target.isAlive ? "" : ", dead";
  const team = target.isEligible === false ? ", no target of this shooter" : "";
  const note = target.note === null ? "" : `, ${NOTE_WORDS[target.note]}`;
  const far = target.farUnits === undefined
    ? ""
    : `, between rows that are unusually far apart: ${fixed(target.farUnits)} units`;
  return `  target   ${target.kind} ${idText(ids.idOf(target.id))} at ${
    point(target.position)
  }: ${words}${state}${team}${note}${far}`;
}

const NOTE_WORDS = {
  teleport: "teleport",
  "stop-distance": "stop-distance",
  "stop-dead": "stop-dead",
  stands: "not rewound",
} as const;

function intervalLines(explanation: Explanation, ids: EntityIds): string[] {
  const { intervals, flipMs, oldestMs, ringFrames } = explanation;
  const isCut = ringFrames !== undefined && oldestMs < flipMs;
  const cut = isCut ? `; beyond ${fixed(oldestMs)} ms the ring's oldest frame stands` : "";
  if (intervals.length === 0) {
    return [`Within ${fixed(flipMs)} ms back the ray hits nobody${cut}.`];
  }
  return [
    `Rewinds that hit, up to ${fixed(flipMs)} ms back${cut}:`,
    ...intervals.map((span) =>
      `  ${ids.textOf(span.target)}  ${rangeText(span.fromMs, span.toMs)}`
    ),
  ];
}

function viewLines(explanation: Explanation, ids: EntityIds): string[] {
  const { view } = explanation;
  if (view === undefined) return [];
  return [
    "",
    `The shooter's client showed frame ${
      fixed(view.viewFrame)
    } (newest applied ${view.newestFrame}, ` +
    `interpolation ${fixed(view.interpMs)} ms): ${
      view.victim === null ? "a miss" : `a hit on ${ids.textOf(view.victim)}`
    } on its screen`,
    ...view.errors.map((error) =>
      `  ${ids.textOf(error.id)}  ${fixed(error.errorUnits)} units from the truth, ${
        fixed(error.errorFrames)
      } frames old`
    ),
  ];
}

function point(position: readonly number[]): string {
  return position.map(fixed).join(" ");
}

function unit(value: number): string {
  return String(Math.round(value * 10000) / 10000);
}

/** At most two digits behind the point. */
function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
