import type { CauseRule, CauseWord } from "./cause.ts";

/** What a change claims, and what speaks for it. */
export interface CauseText {
  /** What would be different in the game; the rest of "policy and game would agree if ...". */
  readonly claim: string;
  /** What the recording holds of it, beside the verdicts with the change. */
  readonly evidence: string;
}

/** Texts of all changes, by rule. */
export const CAUSE_TEXTS: Readonly<Record<CauseRule, CauseText>> = {
  "none": {
    claim: "nothing has to change",
    evidence: "policy and game say the same of the shot",
  },
  "ring-evicts": {
    claim: "the server's ring had held the frame that the policy wanted",
    evidence: "the wanted frame is older than the ring",
  },
  "ring-aliases": {
    claim: "the ring, asked for an evicted frame, had handed out the one in its slot",
    evidence: "the frame in that slot (frame % size) is in the ring",
  },
  "policy-limit": {
    claim: "the policy had no limit of its own",
    evidence: "the limit cut what its formula gave",
  },
  "teleport-distance": {
    claim: "the step taken for a teleport were interpolated",
    evidence: "a step of the target, wider than the teleport rule allows",
  },
  "stop-distance": {
    claim: "the policy did not stop rewinding at a fast target's step",
    evidence: "a step wider than the policy's stop",
  },
  "game-stop-distance": {
    claim: "the game stopped rewinding at steps wider than 64 units",
    evidence: "a target with such a step within the rewind",
  },
  "inside-frame": {
    claim: "the shot was fired inside the frame, not at its end",
    evidence: "the shooter's own path, which passes the ray's start earlier",
  },
  "whole-frame": {
    claim: "the game took the earlier or the later frame whole, without interpolation",
    evidence: "none but the verdicts",
  },
  "off-by-one-frame": {
    claim: "the game's history were one frame older or newer",
    evidence: "none but the verdicts",
  },
  "client-view": {
    claim: "targets stood where the shooter's client drew them, off the truth",
    evidence: "the simulated client's screen",
  },
  "half-rtt-missing": {
    claim: "half a round trip more were rewound",
    evidence: "the shot's ping",
  },
  "half-rtt-extra": {
    claim: "half a round trip less were rewound",
    evidence: "the shot's ping",
  },
  "death-now": {
    claim: "who is dead by the time of the decision could not be hit",
    evidence: "the target's fields at the used time and at now",
  },
  "death-ignored": {
    claim: "the dead could be hit",
    evidence: "the target's fields at the used time",
  },
  "unrecorded-victim": {
    claim: "no rule can agree: the game's victim is not in the recording",
    evidence: "a fact of the shot",
  },
  "target-in-front": {
    claim: "the policy's victim did not stand before the game's",
    evidence: "the ray, which hits the game's victim too, farther off",
  },
  "shooter-rewound": {
    claim: "the shooter were rewound with his targets, and his ray with him",
    evidence: "the shooter's path",
  },
  "no-time": {
    claim: "no rewind up to 1000 ms agrees: shape, ray or targets are not the game's",
    evidence: "a fact of the shot",
  },
  "interp-missing": {
    claim: "the game left the interpolation delay out, which the policy counts",
    evidence: "the shot's interpolation delay",
  },
  "interp-counted": {
    claim: "the game counted the interpolation delay, which the policy leaves out",
    evidence: "the shot's interpolation delay",
  },
  "not-a-target": {
    claim: "whom the policy hits were no target",
    evidence: "the ray starts inside of it, or another entity stands at its place",
  },
  "other-time": {
    claim: "another rewind had been used, for no known reason",
    evidence: "none: it never is a reason",
  },
};

/** What each word says of a shot. */
export const CAUSE_WORD_TEXTS: Readonly<Record<CauseWord, string>> = {
  "agrees": "policy and game say the same",
  "evicted": "the wanted frame was no longer in the ring",
  "clamped": "the policy's own limit cut its rewind",
  "teleport": "a wide step was interpolated by one and not by the other",
  "interpolation": "the moment differs by less than a frame or by one",
  "stale-view": "the shooter saw poses that were wrong",
  "half-rtt": "half a round trip is counted by one and not by the other",
  "dead": "the dead are targets for one and not for the other",
  "geometry": "shape, ray or targets are not the game's",
  "interp-missing": "the interpolation delay is counted by one and not by the other",
  "not-a-target": "whom the policy hits is hardly a target: a hint",
  "unexplained": "no change is a reason: none agrees on two shots without a contradiction",
};
