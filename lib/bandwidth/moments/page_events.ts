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
  /** Shots of the recording that are not among them, as far as that is known. */
  readonly leftOut?: number;
  /** True while nobody knows its shots: links then go to frames, by the hash `#frame-895`. */
  readonly byFrame?: boolean;
  /** Address of the report's page, relative to that page's; absent when it has no name. */
  readonly from?: string;
}

/** A shot of that page; its hash is `#shot-61`, and `&from=` with the report's page where it has a name. */
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
