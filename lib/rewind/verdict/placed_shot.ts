import { type Moment, momentOf, type MomentOptions } from "../policy/moment.ts";
import { shotNumbers } from "../policy/shot_numbers.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import { ShotError } from "../shot/shot_error.ts";
import type { Case } from "./case.ts";
import type { JudgeOptions } from "./judge_options.ts";

/**
 * The server at a shot.
 *
 * @throws {TypeError} when the model names what the source has not
 * @throws {ShotError} when the shot cannot be placed
 */
export function momentOfShot(
  source: PoseSource,
  shot: Shot,
  model: HitModel,
  options: MomentOptions,
): Moment {
  source.assertModel?.();
  try {
    return momentOf(source, shot, model, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ShotError(shot.index, ` (frame ${shot.frame})`, error.message);
  }
}

/**
 * Parts shots into those that can be placed and those that cannot: before the first frame, or of a
 * shooter who lacks what a condition reads of him.
 */
export function placeableShots(
  source: PoseSource,
  shots: readonly Shot[],
  model: HitModel,
  options: MomentOptions = {},
): { readonly shots: readonly Shot[]; readonly bad: readonly ShotError[] } {
  const bad: ShotError[] = [];
  const good = shots.filter((shot) => {
    try {
      momentOfShot(source, shot, model, options);
      return true;
    } catch (error) {
      if (!(error instanceof ShotError)) throw error;
      bad.push(error);
      return false;
    }
  });
  return { shots: good, bad };
}

/** What all policies share of a shot. */
export interface PlacedShot
  extends Pick<Case, "moment" | "fullMoment" | "numbers" | "shot" | "model"> {}

/** Looks up what all policies share. @throws as {@linkcode judgeShot} */
export function placeShot(
  source: PoseSource,
  shot: Shot,
  model: HitModel,
  options: JudgeOptions,
): PlacedShot {
  const moment = momentOfShot(source, shot, model, options);
  return {
    moment,
    fullMoment: options.ringFrames === undefined
      ? moment
      : momentOfShot(source, shot, model, { ...options, ringFrames: undefined }),
    numbers: shotNumbers(source, shot, options.ageMs),
    shot,
    model,
  };
}
