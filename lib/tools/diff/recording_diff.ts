import type { EntityId } from "../../core/names/entity_names.ts";
import type { Frame } from "../../core/time/frame.ts";
import type { Selection } from "../select/selection.ts";
import type { Difference } from "./difference.ts";

/** Where the states are that differ in one way. */
export interface DiffRuns {
  /** Number of states that differ. */
  readonly count: number;
  /** First frame. */
  readonly firstFrame: Frame;
  /** The first runs of frames, each of an entity, at most 64. */
  readonly runs: readonly {
    /** Id of the entity. */
    readonly id: EntityId;
    /** First frame. */
    readonly from: Frame;
    /** Last frame. */
    readonly to: Frame;
    /** Number of pairs of frames from the first to the last. */
    readonly count: number;
  }[];
  /** States that are in none of `runs`. */
  readonly unlisted: number;
}

/** How many values of a field differ, and where. */
export interface FieldSpread {
  /** Number of values. */
  readonly count: number;
  /** Last frame with one. */
  readonly lastFrame: Frame;
  /** Number of entities with one, of which at most 1024 are counted; null for times. */
  readonly entities: number | null;
  /** True when there may be more entities than were counted. */
  readonly moreEntities: boolean;
  /** The first of them; `id` is null for times. */
  readonly first: {
    readonly frame: Frame;
    readonly timeMs: number | null;
    readonly id: EntityId | null;
    readonly a: unknown;
    readonly b: unknown;
  };
}

/** Where two recordings part, as plain data. */
export interface RecordingDiff {
  /** True when nothing differs by more than its tolerance. */
  readonly equal: boolean;
  /** The first difference; null when there is none. */
  readonly first: Difference | null;
  /** All that differs at the frame of the first difference; null when nothing does. */
  readonly firstFrame: {
    /** Frame. */
    readonly frame: Frame;
    /** Time in milliseconds; null when it is not known. */
    readonly timeMs: number | null;
    /** Number of differences. */
    readonly count: number;
    /** The first hundred of them. */
    readonly differences: readonly Difference[];
  } | null;
  /** Values that differ by more than a tolerance, by field, in the order of their first frames. */
  readonly fields: readonly (FieldSpread & {
    /** Kind; null for the times of frames, whose `field` is `time`. */
    readonly kind: string | null;
    /** Field. */
    readonly field: string;
    /** They are there in both. */
    readonly class: "exact";
    /** Number of frames with a difference. */
    readonly frames: number;
    /** Largest |difference| of numbers, and where; null when none can be subtracted. */
    readonly largest: {
      readonly difference: number;
      readonly frame: Frame;
      readonly id: EntityId | null;
    } | null;
    /**
     * True when the |differences| of the field grow, those within the tolerance included; null when
     * there is too little to tell.
     */
    readonly growing: boolean | null;
  })[];
  /** What is missing in one, or of another kind, in the order of the first frames. */
  readonly structural: {
    /** Frames that one recording has alone. */
    readonly frames: Readonly<
      Record<"onlyInA" | "onlyInB", {
        /** Number of frames. */
        readonly count: number;
        /** The first runs of frames, at most 64. */
        readonly runs: readonly {
          /** First frame. */
          readonly from: Frame;
          /** Last frame. */
          readonly to: Frame;
          /** Number of frames. */
          readonly count: number;
        }[];
        /** Frames that are in none of `runs`. */
        readonly unlisted: number;
      }>
    >;
    /** Entities that one recording has alone, by kind. */
    readonly entities: readonly (
      & { readonly kind: string; readonly onlyIn: "a" | "b" }
      & DiffRuns
    )[];
    /** Entities whose kind differs. */
    readonly kinds: readonly ({ readonly a: string; readonly b: string } & DiffRuns)[];
    /** Fields that the state of one recording has alone. */
    readonly fields: readonly (
      & { readonly kind: string; readonly field: string; readonly onlyIn: "a" | "b" }
      & DiffRuns
    )[];
  };
  /** Events that differ, by name, in the order of the first frames. */
  readonly events: readonly {
    /** Name. */
    readonly event: string;
    /** Number of pairs that hold something else. */
    readonly changed: number;
    /** Number of events that only the first recording has. */
    readonly onlyInA: number;
    /** Number of events that only the second has. */
    readonly onlyInB: number;
    /** The first of them. */
    readonly first: Difference;
  }[];
  /** What differs within its tolerance, and is no difference. */
  readonly drift: readonly (FieldSpread & {
    /** Kind; null for times of frames, whose `field` is `time`, and of events, `event time`. */
    readonly kind: string | null;
    /** Field. */
    readonly field: string;
    /** Number of frames with a difference; null for times of events. */
    readonly frames: number | null;
    /** The tolerance. */
    readonly tolerance: number;
    /** Largest |difference|. */
    readonly largest: number;
    /** Where that is; `id` is null for times. */
    readonly largestAt: { readonly frame: Frame; readonly id: EntityId | null };
    /** First frame. */
    readonly firstFrame: Frame;
    /** As in `fields`. */
    readonly growing: boolean | null;
  })[];
  /** What was compared. */
  readonly compared: {
    /** Pairs of frames. */
    readonly frames: number;
    /** Pairs of states. */
    readonly states: number;
    /** Pairs of events. */
    readonly events: number;
    /** Frames and events of the first recording, with and without a counterpart. */
    readonly a: { readonly frames: number; readonly events: number };
    /** The same of the second. */
    readonly b: { readonly frames: number; readonly events: number };
    /** Selected entities that neither recording has. */
    readonly unseenIds: readonly EntityId[];
    /** True when so many events had no counterpart that not all could be kept to find one later. */
    readonly eventsWereCut: boolean;
  };
  /** How it was compared. */
  readonly setting: {
    /** Which frames are pairs. */
    readonly by: "frame" | "time";
    /** Tolerances by field. */
    readonly tolerances: Readonly<Record<string, number>>;
    /** How far times may be apart, in milliseconds. */
    readonly timeToleranceMs: number;
    /** What was compared. */
    readonly selection: Selection;
  };
}
