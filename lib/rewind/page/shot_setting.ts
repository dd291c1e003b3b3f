import type { HitModel } from "../shape/hit_model.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { ShapeLists } from "./shape_lists.ts";

/** What shots of a page are judged on. */
export interface ShotSetting {
  /** All frames. */
  readonly source: PoseSource;
  /** Policies. */
  readonly policies: readonly RewindPolicy[];
  /** What can be hit. */
  readonly model: HitModel;
  /** Lists that shapes which depend on their target are put among. */
  readonly lists: ShapeLists;
}

/** Bodies that a scene shows, the shooter's aside; whoever somebody names is shown beyond them. */
export const BODIES_MAX = 8;

/** Targets of a result, or of a view, that are kept. */
export const TARGETS_MAX = 3;
