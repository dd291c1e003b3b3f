/** Why a policy and the game differ, in one word. */
export type CauseWord =
  | "agrees"
  | "evicted"
  | "clamped"
  | "teleport"
  | "interpolation"
  | "stale-view"
  | "half-rtt"
  | "dead"
  | "geometry"
  | "interp-missing"
  | "not-a-target"
  | "unexplained";

/**
 * What would make policy and game agree.
 *
 * | rule | change | word when it is a reason |
 * |---|---|---|
 * | `none` | nothing has to change | `agrees` |
 * | `unrecorded-victim` | none can: the game's victim is not in the recording | `geometry` |
 * | `not-a-target` | whom the policy hits is no target: the ray starts inside, or another stands at the same place | `not-a-target` |
 * | `ring-evicts` | a larger ring | `evicted` |
 * | `ring-aliases` | the frame that now sits in the slot of the wanted one | `evicted` |
 * | `policy-limit` | without the policy's own maximum | `clamped` |
 * | `death-now` | who is dead by now cannot be hit | `dead` |
 * | `death-ignored` | the dead can be hit | `dead` |
 * | `teleport-distance` | no step is a teleport | `teleport` |
 * | `stop-distance` | without the policy's own stop distance | `teleport` |
 * | `game-stop-distance` | no rewinding of targets that stepped above 64 units | `teleport` |
 * | `target-in-front` | the game's victim is hit, behind another | `geometry` |
 * | `shooter-rewound` | the ray moved back with its shooter | `geometry` |
 * | `client-view` | the poses that the shooter's client showed, which were wrong | `stale-view` |
 * | `interp-missing` | the interpolation delay, which the policy counts, left out | `interp-missing` |
 * | `interp-counted` | the interpolation delay, which the policy leaves out, counted | `interp-missing` |
 * | `half-rtt-missing` | half a round trip more | `half-rtt` |
 * | `half-rtt-extra` | half a round trip less | `half-rtt` |
 * | `inside-frame` | dated by the shooter's own path | `interpolation` |
 * | `whole-frame` | the `earlier` or the `later` frame instead of a point between | `interpolation` |
 * | `off-by-one-frame` | one frame `older` or `newer` | `interpolation` |
 * | `other-time` | another rewind, and no known reason for it | never one |
 * | `no-time` | no rewind at all: shape, ray or targets are not the game's | `geometry` |
 */
export type CauseRule =
  | "none"
  | "unrecorded-victim"
  | "not-a-target"
  | "ring-evicts"
  | "ring-aliases"
  | "policy-limit"
  | "death-now"
  | "death-ignored"
  | "teleport-distance"
  | "stop-distance"
  | "game-stop-distance"
  | "target-in-front"
  | "shooter-rewound"
  | "client-view"
  | "interp-missing"
  | "interp-counted"
  | "half-rtt-missing"
  | "half-rtt-extra"
  | "inside-frame"
  | "whole-frame"
  | "off-by-one-frame"
  | "other-time"
  | "no-time";

/** All words, in the order in which they are listed. */
export const CAUSE_WORDS: readonly CauseWord[] = [
  "agrees",
  "evicted",
  "clamped",
  "teleport",
  "interpolation",
  "stale-view",
  "half-rtt",
  "dead",
  "geometry",
  "interp-missing",
  "not-a-target",
  "unexplained",
];

/** One change with which policy and game would agree on a shot. */
export interface Change {
  /** What is changed. */
  readonly rule: CauseRule;
  /** Which way, where a rule has two. */
  readonly variant?: "earlier" | "later" | "older" | "newer";
  /** `other-time` only: the agreeing rewind that is nearest to the used one, in milliseconds. */
  readonly agreeingMs?: number;
  /** `ring-aliases` only: the frame in the slot of the wanted one. */
  readonly aliasFrame?: number;
}

/**
 * Why a policy and the game differ on a shot.
 *
 * A change that suffices on one shot is a coincidence as long as nothing else speaks for it. So the
 * word is a reason only where at least two shots share the change and no shot that it concerns
 * contradicts it, or where it is a fact of the shot alone; otherwise it is `unexplained`, and the
 * rule is the first change with which the two would agree.
 */
export interface Cause extends Change {
  /** The reason in one word, `agrees`, or `unexplained`. */
  readonly word: CauseWord;
  /** Every change with which they would agree, specific ones first; left out when they do agree. */
  readonly changes?: readonly Change[];
  /** Disagreeing shots under this policy that the change of `rule` mends; left out when not counted. */
  readonly sharedBy?: number;
  /** Other changes that are a reason as well, of at least as many shots; left out when there is none. */
  readonly rivals?: readonly { readonly rule: CauseRule; readonly sharedBy: number }[];
  /** Index of a shot that contradicts it; left out when none does or none was looked at. */
  readonly contradictedBy?: number;
}

/** Rewinds in milliseconds within which none agrees before that is called a fact. */
export const FAR_MS = 1000;
