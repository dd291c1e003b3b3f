import type { OptionNaming } from "../../core/remedy.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { TeleportRule } from "../past/teleport.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";
import type { ShooterView } from "../verdict/shooter_view.ts";

/** A recording with its shots and policies: all that a judgement depends on. */
export interface RewindSetting {
  /** All frames, as a {@linkcode PoseHistory}. */
  readonly source: PoseSource;
  /** What can be hit. */
  readonly model: HitModel;
  /** Shots that can be placed in the recording. */
  readonly shots: readonly Shot[];
  /** Policies, in the order of answers. */
  readonly policies: readonly RewindPolicy[];
  /** Frames that the server's ring holds; default all that were recorded. */
  readonly ringFrames?: number | undefined;
  /** True for a game whose shots are decided before the state of their frame is made. */
  readonly eventsFirst?: boolean | undefined;
  /** Which steps are teleports; default what the recording's own steps show. */
  readonly teleport?: TeleportRule | undefined;
  /** Largest rewind of hit intervals in milliseconds; default 150. */
  readonly flipMs?: number | undefined;
  /** What shooters' clients showed, by index of the shot; default unknown. */
  readonly views?: ReadonlyMap<number, ShooterView> | undefined;
  /** What options are called where sentences are read; default their keys. */
  readonly nameOf?: OptionNaming | undefined;
  /** True to count what cannot be judged, instead of throwing. */
  readonly skipBad?: boolean | undefined;
}
