import type { Cause } from "../../verdict/cause/cause.ts";
import type { ClampReason } from "../../policy/decision.ts";
import type { VerdictSpan } from "../../verdict/flip_map.ts";
import type { HitInterval } from "../../verdict/hit_interval.ts";
import type { SeenError } from "../../verdict/seen_error.ts";
import type { Shot } from "../../shot/shot.ts";

/** A shot under one policy. */
export interface ExplainedPolicy {
  /** Text of the policy. */
  readonly policy: string;
  /** Its formula with the shot's numbers. */
  readonly reason: string;
  /** Milliseconds to go back as the formula gives them. */
  readonly wantedMs: number;
  /** Milliseconds that it went back. */
  readonly usedMs: number;
  /** Frame at the wanted time, with a fraction between two frames; -1 outside the recording. */
  readonly wantedFrame: number;
  /** Frame that was used, with a fraction between two frames. */
  readonly usedFrame: number;
  /** Frame that it interpolated from. */
  readonly fromFrame: number;
  /** Frame that it interpolated to; the same as `fromFrame` at a whole frame. */
  readonly toFrame: number;
  /** What kept it from what it wanted, or null. */
  readonly clamped: ClampReason | null;
  /** Milliseconds between the two frames, when that is a hole in the recording; else left out. */
  readonly holeMs?: number;
  /** Every target that was there. */
  readonly targets: readonly {
    /** Entity. */
    readonly id: number;
    /** Name of its kind. */
    readonly kind: string;
    /** Position. */
    readonly position: readonly [x: number, y: number, z: number];
    /** Yaw in degrees. */
    readonly yawDegrees: number;
    /** False when it was dead and therefore no target. */
    readonly isAlive: boolean;
    /** False when it is no target of this shooter's; left out when it is. */
    readonly isEligible?: false;
    /** Distance by which the ray hit (at most 0) or missed (above 0) it. */
    readonly marginUnits: number;
    /** What a pose rule did to it. */
    readonly note: "teleport" | "stop-distance" | "stop-dead" | "stands" | null;
    /**
     * Units between the two rows that its pose lies between, when the step is wider than those of the
     * recording's own movement, whether it was taken for a teleport or not.
     */
    readonly farUnits?: number;
  }[];
  /** Rewinds at which each target is hit, as this policy makes poses. */
  readonly intervals: readonly HitInterval[];
  /** Entity that it hits, or null. */
  readonly victim: number | null;
  /** Name of the shape that it hits. */
  readonly shape?: string;
  /** Distance along the ray to the victim in units. */
  readonly distanceUnits?: number;
  /** Why policy and game differ; undefined when the game's verdict is unknown. */
  readonly cause?: Cause;
  /** The cause in a sentence. */
  readonly sentence: string;
}

/** Everything about one shot. */
export interface Explanation {
  /** The shot. */
  readonly shot: Shot;
  /** Size of the server's ring in frames; undefined when it held all that was recorded. */
  readonly ringFrames?: number;
  /** Oldest frame that the server held. */
  readonly oldestFrame: number;
  /** Milliseconds back to it. */
  readonly oldestMs: number;
  /** Newest frame that the server held. */
  readonly newestFrame: number;
  /** Milliseconds between the newest frame and the one before. */
  readonly frameMs: number;
  /** What each policy made of it. */
  readonly policies: readonly ExplainedPolicy[];
  /** Largest rewind of `intervals` and `spans` in milliseconds. */
  readonly flipMs: number;
  /** Rewinds at which each target is hit. */
  readonly intervals: readonly HitInterval[];
  /** Whom each rewind hits. */
  readonly spans: readonly VerdictSpan[];
  /** What the shooter saw; undefined when that is unknown. */
  readonly view?: {
    /** Frame that the client showed. */
    readonly viewFrame: number;
    /** Newest frame that it had applied. */
    readonly newestFrame: number;
    /** Interpolation delay in milliseconds. */
    readonly interpMs: number;
    /** Entity that the ray hits on the shooter's screen, or null. */
    readonly victim: number | null;
    /** Error of every pose that it showed. */
    readonly errors: readonly SeenError[];
  };
}

/** A target as one policy saw it. */
export type ExplainedTarget = ExplainedPolicy["targets"][number];

/** What the shooter saw. */
export type ExplainedShooterView = NonNullable<Explanation["view"]>;
