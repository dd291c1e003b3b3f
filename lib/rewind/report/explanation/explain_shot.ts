import type { OptionNaming } from "../../../core/remedy.ts";
import type { Cause } from "../../verdict/cause/cause.ts";
import { causeSentence } from "../../verdict/cause/cause_sentence.ts";
import { judgeShooterView, type ShooterView } from "../../verdict/shooter_view.ts";
import { seenErrors } from "../../verdict/seen_error.ts";
import { usedFramePoint, usedHoleMs } from "../../policy/decision.ts";
import { findTeleports } from "../../past/find_teleports.ts";
import { flipMap } from "../../verdict/flip_map.ts";
import type { HitModel } from "../../shape/hit_model.ts";
import { planOf } from "../../shape/model_plan.ts";
import type { RewindPolicy } from "../../policy/policy.ts";
import { emptyPose, type PoseSource } from "../../shape/pose.ts";
import type { Shot } from "../../shot/shot.ts";
import { FLIP_MS, type JudgeOptions } from "../../verdict/judge_options.ts";
import { judgeShot, type ShotResult } from "../../verdict/shot_result.ts";
import { momentOfShot } from "../../verdict/placed_shot.ts";
import { poseRules, teleportOf } from "../../verdict/pose_rules.ts";
import { RayCaster } from "../../verdict/ray_caster.ts";
import { resultIntervals } from "../../verdict/result_figures.ts";
import { emptyTargetPose } from "../../verdict/target_pose.ts";
import { TargetPoses } from "../../verdict/target_poses.ts";
import type { TeleportRule } from "../../past/teleport.ts";
import { stepUnits, TeleportSteps } from "../../past/teleport_steps.ts";
import type {
  ExplainedPolicy,
  ExplainedShooterView,
  ExplainedTarget,
  Explanation,
} from "./explanation.ts";

/** How one shot of many is explained. */
export interface ExplainOptions extends JudgeOptions {
  /** Causes by policy, when all shots were looked at ({@linkcode rewindShots}). */
  readonly causeOf?: (policy: RewindPolicy) => Cause | undefined;
  /** What options are called where sentences are read; default their keys. */
  readonly nameOf?: OptionNaming | undefined;
}

/**
 * Explains one shot. A policy that reads `age` wants `ageMs` and `medianAgeMs` among the options,
 * from {@linkcode shotAgesMs} over all shots: a single shot may not tell its own. What one shot says
 * is never more than "would agree if": reasons come from all, by `causeOf`.
 *
 * @param source all frames, as a {@linkcode PoseHistory}
 * @throws {TypeError} when the model names what the source has not
 * @throws {ShotError} when the shot lacks a number that a policy needs, or cannot be placed
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
 * const { policies } = explainShot(source, shot, [parseRewindPolicy("ping")], model);
 * assert.equal(policies[0].sentence, "Policy and game agree: the shot hits 2.");
 * ```
 */
export function explainShot(
  source: PoseSource,
  shot: Shot,
  policies: readonly RewindPolicy[],
  model: HitModel,
  options: ExplainOptions = {},
): Explanation {
  const moment = momentOfShot(source, shot, model, options);
  const { flipMs = FLIP_MS, ringFrames, shooterView } = options;
  const teleport = teleportOf(source, model, options);
  const { nowIndex, oldestIndex } = moment;
  const before = Math.max(nowIndex - 1, 0);
  const explained = policies.map((policy) =>
    explainPolicy(judgeShot(source, shot, policy, model, options), policy, options)
  );
  // As far back as any policy went, so that what it says is among the intervals.
  const maxMs = Math.max(flipMs, ...explained.map(({ usedMs }) => usedMs));
  return {
    shot,
    ...(ringFrames === undefined ? {} : { ringFrames }),
    oldestFrame: source.frameAt(oldestIndex),
    oldestMs: shot.timeMs - source.timeMsAt(oldestIndex),
    newestFrame: source.frameAt(nowIndex),
    frameMs: source.timeMsAt(nowIndex) - source.timeMsAt(before),
    policies: explained,
    flipMs: maxMs,
    ...flipMap(moment, shot, model, { maxMs, rules: poseRules({}, teleport) }),
    ...(shooterView === undefined
      ? {}
      : { view: explainView(source, shooterView, shot, model, teleport) }),
  };
}

function explainPolicy(
  result: ShotResult,
  policy: RewindPolicy,
  options: ExplainOptions,
): ExplainedPolicy {
  const { decision, moment, shot, verdict } = result;
  const cause = options.causeOf?.(policy) ?? result.cause;
  const hole = usedHoleMs(moment, decision);
  const explained = {
    policy: policy.name,
    reason: decision.reason,
    wantedMs: decision.wantedMs,
    usedMs: decision.usedMs,
    wantedFrame: decision.wantedFramePoint,
    usedFrame: usedFramePoint(moment, decision),
    fromFrame: moment.source.frameAt(decision.index),
    toFrame: moment.source.frameAt(decision.nextIndex),
    clamped: decision.clamp,
    ...(hole > 0 ? { holeMs: hole } : {}),
    targets: explainTargets(result),
    intervals: resultIntervals(result, options.flipMs),
    victim: verdict.victim,
    ...(verdict.shape === undefined ? {} : { shape: verdict.shape }),
    ...(verdict.victim === null ? {} : { distanceUnits: verdict.distanceUnits }),
    ...(cause === undefined ? {} : { cause }),
  };
  return {
    ...explained,
    sentence: causeSentence(explained, shot, options.nameOf, moment.source.ids),
  };
}

function explainTargets(result: ShotResult): ExplainedTarget[] {
  const { decision, model, moment, rules, shot } = result;
  const plan = planOf(model);
  const poses = new TargetPoses(moment, rules, plan);
  const caster = new RayCaster(plan, shot.ray);
  const pose = emptyTargetPose();
  const targets: ExplainedTarget[] = [];
  for (const id of poses.ids(decision)) {
    if (id === shot.shooter || !poses.at(decision, id, pose)) continue;
    const kind = model.kinds[pose.kind]!;
    if (kind.shapes.length === 0) continue;
    const { isAlive, isEligible, note, x, y, yawDegrees, z } = pose;
    const farUnits = farStep(result, id);
    targets.push({
      id,
      kind: kind.kind,
      position: [x, y, z],
      yawDegrees,
      isAlive,
      ...(isEligible ? {} : { isEligible }),
      marginUnits: caster.marginUnits(pose),
      note,
      ...(farUnits === undefined ? {} : { farUnits }),
    });
  }
  return targets.sort((a, b) => a.id - b.id);
}

/** Width of the step that a pose lies in, when the recording's own steps make it a teleport. */
function farStep({ decision, model, moment }: ShotResult, id: number): number | undefined {
  const { source } = moment;
  // At the shot's own frame, the step into it.
  const isOwnFrame = decision.fraction === 0 && decision.index > moment.beforeIndex;
  const index = isOwnFrame ? moment.beforeIndex : decision.index;
  const nextIndex = isOwnFrame ? decision.index : decision.nextIndex;
  if (index < 0 || index === nextIndex) return undefined;
  const [a, b] = [source.find(index, id), source.find(nextIndex, id)];
  if (a < 0 || b < 0) return undefined;
  const [early, late] = [emptyPose(), emptyPose()];
  source.readPose(index, a, early);
  source.readPose(nextIndex, b, late);
  if (early.kind < 0 || late.kind !== early.kind) return undefined;
  const { rule } = findTeleports(source, model);
  const isFar = new TeleportSteps(rule, source, -1).isTeleport(index, nextIndex, id, early, late);
  return isFar ? stepUnits(early, late) : undefined;
}

function explainView(
  source: PoseSource,
  view: ShooterView,
  shot: Shot,
  model: HitModel,
  teleport: TeleportRule,
): ExplainedShooterView {
  return {
    viewFrame: view.viewFrame,
    newestFrame: view.newestFrame,
    interpMs: view.interpMs,
    victim: judgeShooterView(view, model, shot),
    errors: seenErrors(source, view, model, teleport),
  };
}
