import type { Frame } from "../../core/time/frame.ts";
import type { Moment } from "./moment.ts";
import type { NumberLookup } from "./expression.ts";
import type { TeleportRule } from "../past/teleport.ts";

/** How a target's pose is made from its rows. */
export interface PoseRules {
  /** True to interpolate between two frames; false for whole frames. */
  readonly interpolates: boolean;
  /** Steps between two frames over which the earlier row stands instead of a point between. */
  readonly teleport: TeleportRule;
  /** True to interpolate over teleports all the same. */
  readonly ignoresTeleports?: boolean;
  /**
   * Horizontal step above which the target is not rewound at all, looked for from the newest row
   * to the used one, as is its death (Source). Undefined for rules that do not walk.
   */
  readonly stopUnits?: number;
  /** True to hit the dead as well; only counterfactuals ask for it. */
  readonly ignoresAlive?: boolean;
  /** True to take life from the newest row, as a server does that tests the living player. */
  readonly livesNow?: boolean;
}

/** True for rules that make poses of the recorded paths alone, whatever the policy. */
export function makesPlainPoses(rules: PoseRules): boolean {
  return rules.stopUnits === undefined && rules.ignoresTeleports !== true &&
    rules.ignoresAlive !== true && rules.livesNow !== true;
}

/** Two frames that a client drew between: the point at `fraction` of the way from one to the other. */
export interface FramePair {
  /** The earlier frame. */
  readonly srcFrame: Frame;
  /** The later frame. */
  readonly dstFrame: Frame;
  /** Part of the way, 0 to 1. */
  readonly fraction: number;
}

/** What a policy asks for, before the ring has its say. */
export interface RewindWish {
  /** Milliseconds to go back, as the formula gives them; may be below 0. */
  wantedMs: number;
  /** The same after the policy's own limits. */
  limitedMs: number;
  /** True when a limit of the policy took hold. */
  isLimited: boolean;
  /** Whole frames to go back; NaN for a policy that counts in milliseconds. */
  wantedFrames: number;
  /** The same after the policy's own limits. */
  limitedFrames: number;
  /** The pair of frames that is asked for, where the policy goes by one; the milliseconds say when. */
  pair: FramePair | undefined;
  /** The formula with its numbers, for people. */
  reason: string;
}

/** A rule by which a server chooses what to rewind to. */
export interface RewindPolicy {
  /** Text that it was read from; names it in answers. */
  readonly name: string;
  /** Names of the shot's numbers without which it cannot decide. */
  readonly needs: readonly string[];
  /**
   * How it makes poses; undefined to take the caller's.
   *
   * @internal
   */
  readonly rules?: Partial<PoseRules>;
  /**
   * Writes what it asks for into `out`.
   *
   * @internal
   */
  wish(moment: Moment, numbers: NumberLookup, out: RewindWish): void;
}

/** A wish that asks for nothing. */
export function emptyWish(): RewindWish {
  return {
    wantedMs: 0,
    limitedMs: 0,
    isLimited: false,
    wantedFrames: NaN,
    limitedFrames: NaN,
    pair: undefined,
    reason: "",
  };
}

/** Fills a wish for milliseconds. */
export function wishMs(out: RewindWish, wantedMs: number, limitedMs: number, reason: string): void {
  out.wantedMs = wantedMs;
  out.limitedMs = limitedMs;
  out.isLimited = limitedMs !== wantedMs;
  out.wantedFrames = out.limitedFrames = NaN;
  out.pair = undefined;
  out.reason = reason;
}

/** Fills a wish for whole frames. */
export function wishFrames(
  out: RewindWish,
  wantedFrames: number,
  limitedFrames: number,
  reason: string,
): void {
  out.wantedMs = out.limitedMs = 0;
  out.isLimited = limitedFrames !== wantedFrames;
  out.wantedFrames = wantedFrames;
  out.limitedFrames = limitedFrames;
  out.pair = undefined;
  out.reason = reason;
}
