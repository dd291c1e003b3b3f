import { findTeleports } from "../past/find_teleports.ts";
import { frameIntervalMs, indexAtTime } from "../past/frame_time.ts";
import { momentOf } from "../policy/moment.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import type { JudgeOptions } from "../verdict/judge_options.ts";
import { explainShot } from "./explanation/explain_shot.ts";
import type { Explanation } from "./explanation/explanation.ts";
import type { JudgedRecording } from "./judged_recording.ts";

/** A shot, and the shortest part of its recording in which policies say what they say of the whole. */
export interface ShotCut {
  /** The shot with every number that depends on the whole recording written down. */
  readonly shot: Shot;
  /** What it is judged with on the part; what its shooter's client showed is left out. */
  readonly options: JudgeOptions;
  /** First recorded frame of the part. */
  readonly fromFrame: number;
  /** Last recorded frame of the part. */
  readonly toFrame: number;
  /** Recorded frame that the shot meets, behind which its event belongs. */
  readonly eventFrame: number;
  /** What the part alone says of the shot. */
  readonly explanation: Explanation;
}

/** Time before and after a shot that is kept in any case, in milliseconds. */
const BEFORE_MS = 750;
const AFTER_MS = 250;

/**
 * Cuts a recording around one of its shots.
 *
 * @param posesOf poses of the recorded frames of a range, both ends included
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   cutShot,
 *   JudgedRecording,
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
 * const policies = [parseRewindPolicy("ping")];
 * const judged = new JudgedRecording({ source, model, shots: [shot], policies });
 * const cut = await cutShot(judged, shot, () => Promise.resolve(source));
 * assert.deepEqual([cut.eventFrame, cut.explanation.policies[0].victim], [10, 2]);
 * ```
 */
export async function cutShot(
  recording: JudgedRecording,
  whole: Shot,
  posesOf: (fromFrame: number, toFrame: number) => Promise<PoseSource>,
): Promise<ShotCut> {
  const { model, policies, source } = recording.setting;
  const { options, shot } = pinned(recording, whole);
  const explain = (poses: PoseSource) => explainShot(poses, shot, policies, model, options);
  const wanted = explain(source);
  const last = source.length - 1;
  const { nowIndex, oldestIndex } = momentOf(source, shot, model, options);
  const to = Math.max(nowIndex, indexAtTime(source, shot.timeMs + AFTER_MS, 0, last));
  for (let beforeMs = BEFORE_MS;; beforeMs *= 2) {
    let from = Math.max(0, indexAtTime(source, shot.timeMs - beforeMs, 0, last));
    if (options.ringFrames !== undefined) from = Math.min(from, oldestIndex);
    const range = { fromFrame: source.frameAt(from), toFrame: source.frameAt(to) };
    const explanation = explain(await posesOf(range.fromFrame, range.toFrame));
    if (from === 0 || saysTheSame(wanted, explanation)) {
      return { shot, options, ...range, eventFrame: source.frameAt(nowIndex), explanation };
    }
  }
}

/** The shot with what a part of the recording cannot tell. */
function pinned(recording: JudgedRecording, shot: Shot): Pick<ShotCut, "shot" | "options"> {
  const { model, source } = recording.setting;
  const numbers = new Map([["interval", frameIntervalMs(source)], ...shot.numbers]);
  const { shooterView: _, ...given } = recording.judgeOptions()(shot);
  const teleport = given.teleport ?? findTeleports(source, model).rule;
  return { shot: { ...shot, numbers }, options: { ...given, teleport } };
}

function saysTheSame(a: Explanation, b: Explanation): boolean {
  return a.policies.every((policy, i) => {
    const other = b.policies[i]!;
    return policy.victim === other.victim && policy.usedMs === other.usedMs &&
      policy.clamped === other.clamped && policy.cause?.rule === other.cause?.rule;
  });
}
