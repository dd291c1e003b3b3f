/** Four quantiles in the unit of what is measured; zeros without values. */
export interface TimeSpread {
  /** Median. */
  readonly p50: number;
  /** Value that 95 % do not exceed. */
  readonly p95: number;
  /** Value that 99 % do not exceed. */
  readonly p99: number;
  /** Largest. */
  readonly max: number;
}

/** What players see of a run, measured on each consumer's own clock while it is connected. */
export interface SeenFigures {
  /**
   * Age of the newest applied state at every recorded frame of every connected consumer; before its
   * first state, the time since it joined.
   */
  readonly stateAgeMs: TimeSpread;
  /** Between two newly applied states; a stretch that ends otherwise counts where it is a freeze. */
  readonly updateGapMs: TimeSpread;
  /** From a join to the first applied state. */
  readonly timeToFirstStateMs: TimeSpread & {
    /** Joins, those of consumers that come back included. */
    readonly joins: number;
    /** Joins that never led to a state: each counts with the time for which it waited. */
    readonly open: number;
  };
  /** Bytes on the wire that a consumer was sent from its join to its first applied state. */
  readonly joinBytes: TimeSpread;
  /** Stretches of more than the threshold without a newly applied state. */
  readonly freezes: {
    /** Threshold in milliseconds. */
    readonly thresholdMs: number;
    /** How many, of all consumers. */
    readonly count: number;
    /**
     * Their part of the time for which consumers were connected, 0 to 1. Both are without holes,
     * stretch by stretch: what lies between its two states and is a hole is taken off.
     */
    readonly share: number;
    /** Longest. */
    readonly longestMs: number;
  };
  /** Drawing between two held states, some time behind the newest. */
  readonly interpolation: {
    /** Interpolation delay. */
    readonly delayMs: number;
    /** Part of the time in which there is no pair of states around the drawn moment, 0 to 1. */
    readonly underrunShare: number;
    /** The part of it in which the drawn moment lies before the first state since the join. */
    readonly fillingShare: number;
    /**
     * The part of it in which the consumer holds no state at all. What neither this nor
     * `fillingShare` is, a longer delay can mend.
     */
    readonly withoutStateShare: number;
    /** Delay that 99 % of the time need; without any state, the time since the join. */
    readonly delayMsFor99: number;
    /** Delay that 99.9 % of the time need; likewise. */
    readonly delayMsFor999: number;
  };
  /** Holes of the recording: neighbouring frames that are further apart than the threshold. */
  readonly holes: {
    /** How many. */
    readonly count: number;
    /** Their time, which `freezes`, `updateGapMs` and `interpolation` leave out. */
    readonly ms: number;
    /** Their part of the time from the first frame to the last, 0 to 1. */
    readonly share: number;
  };
}

/** How far what is drawn is off, in the unit of the field. */
export interface FieldError {
  /** Kind of the entities. */
  readonly kind: string;
  /**
   * Field; `position` for the distance over the axes, `rotation` for the turn of a quaternion, with
   * its stem before it where it is not the first of the kind: these have `axes`.
   */
  readonly field: string;
  /** Fields that a distance or turn is taken from; absent for a field of the game. */
  readonly axes?: readonly string[];
  /** `deg`, `rad`, or `mismatch` of a field that is right (0) or wrong (1); absent for the game's own. */
  readonly unit?: string;
  /** How many were compared. */
  readonly count: number;
  /** Mean. */
  readonly mean: number;
  /** Median. */
  readonly p50: number;
  /** Value that 95 % do not exceed. */
  readonly p95: number;
  /** Value that 99 % do not exceed. */
  readonly p99: number;
  /** Largest. */
  readonly max: number;
  /** Where the largest was met first: the frame that was recorded then. */
  readonly worst: { readonly entity: number | string; readonly frame: number };
}

/** Errors of what is drawn: interpolated between held states, quantised, late; of what was compared. */
export interface DrawnFigures {
  /** Against the truth of the moment that is drawn. */
  readonly drawnError: readonly FieldError[];
  /** Against the truth of now. */
  readonly drawnErrorNow: readonly FieldError[];
  /** What quantising alone brings; empty where values are sent as recorded. */
  readonly wireError: readonly FieldError[];
  /** On whom the first two were measured. */
  readonly drawnSample: {
    /** Consumers looked at. */
    readonly consumers: number;
    /** Of so many. */
    readonly of: number;
    /**
     * Recorded frames from one look at each of them to the next, by turns, mean, rounded; 1 where all
     * are looked at in every frame.
     */
    readonly everyFrames: number;
    /** Entities of the drawn moment that were not there to be drawn, or that were too many; 0 to 1. */
    readonly missingShare: number;
    /** Values of drawn entities that one of both sides lacks, or that are no numbers; 0 to 1. */
    readonly missingValueShare: number;
  };
}
