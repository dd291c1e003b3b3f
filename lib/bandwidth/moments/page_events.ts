/** Events of a recording beside its figures. */
export interface PageEvents {
  /** Names of events, most frequent first. */
  readonly names: readonly { readonly name: string; readonly count: number }[];
  /** Events in order of time. */
  readonly events: readonly PageEvent[];
  /** Events that are not listed. */
  readonly leftOut: number;
}

/** One recorded event. */
export interface PageEvent {
  /** Index into the names. */
  readonly name: number;
  /** Time of the recording in milliseconds. */
  readonly timeMs: number;
  /** Frame that it belongs to. */
  readonly frame: number;
  /** What else it says, in short. */
  readonly text: string;
}

/** Shots that a page of `rewind` shows, and where that page is. */
export interface PageShots {
  /** Address of the page, relative to the report's, without a hash. */
  readonly href: string;
  /** Its shots, in order of time. */
  readonly shots: readonly PageShotLink[];
}

/** A shot of that page; its hash is `#shot-` and the index. */
export interface PageShotLink {
  /** Index of the shot. */
  readonly index: number;
  /** Frame that carries it. */
  readonly frame: number;
  /** Time in milliseconds. */
  readonly timeMs: number;
  /** Shooter, and what game and policies say, in short. */
  readonly text: string;
}
