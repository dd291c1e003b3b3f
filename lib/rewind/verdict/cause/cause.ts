/**
 * Changes with which policy and game would agree, and the word of each when it is a reason, in the order
 * in which words are listed.
 */
export const CAUSES = {
  /** Nothing has to change. */
  "none": "agrees",
  /** A larger ring. */
  "ring-evicts": "evicted",
  /** The frame that now sits in the slot of the wanted one. */
  "ring-aliases": "evicted",
  /** Without the policy's own maximum. */
  "policy-limit": "clamped",
  /** No step is a teleport. */
  "teleport-distance": "teleport",
  /** Without the policy's own stop distance. */
  "stop-distance": "teleport",
  /** No rewinding of targets that stepped above 64 units. */
  "game-stop-distance": "teleport",
  /** Dated by the shooter's own path. */
  "inside-frame": "interpolation",
  /** The `earlier` or the `later` frame instead of a point between. */
  "whole-frame": "interpolation",
  /** One frame `older` or `newer`. */
  "off-by-one-frame": "interpolation",
  /** The poses that the shooter's client showed, which were wrong. */
  "client-view": "stale-view",
  /** Half a round trip more. */
  "half-rtt-missing": "half-rtt",
  /** Half a round trip less. */
  "half-rtt-extra": "half-rtt",
  /** Who is dead by now cannot be hit. */
  "death-now": "dead",
  /** The dead can be hit. */
  "death-ignored": "dead",
  /** None can: the game's victim is not in the recording. */
  "unrecorded-victim": "geometry",
  /** The game's victim is hit, behind another. */
  "target-in-front": "geometry",
  /** The ray moved back with its shooter. */
  "shooter-rewound": "geometry",
  /** No rewind at all: shape, ray or targets are not the game's. */
  "no-time": "geometry",
  /** The interpolation delay, which the policy counts, left out. */
  "interp-missing": "interp-missing",
  /** The interpolation delay, which the policy leaves out, counted. */
  "interp-counted": "interp-missing",
  /** Whom the policy hits is no target: the ray starts inside, or another stands at the same place. */
  "not-a-target": "not-a-target",
  /** Another rewind, and no known reason for it, so that it never is one. */
  "other-time": "unexplained",
} as const;

/** What would make policy and game agree. */
export type CauseRule = keyof typeof CAUSES;

/** Why a policy and the game differ, in one word. */
export type CauseWord = typeof CAUSES[CauseRule];

/** All words, in the order in which they are listed. */
export const CAUSE_WORDS: readonly CauseWord[] = [...new Set(Object.values(CAUSES))];

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
