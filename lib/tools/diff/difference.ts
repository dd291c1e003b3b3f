import type { EntityId } from "../../core/names/entity_names.ts";
import type { Frame } from "../../core/time/frame.ts";
import type { Place } from "./place.ts";

/** One of two recordings: the first or the second. */
export type Side = "a" | "b";

/** One difference between two recordings. */
export interface Difference {
  /**
   * What differs: whether the `frame` is there, its `time`, whether an `entity` is there, its
   * `kind`, whether a `field` is there, its `value`, or an `event`.
   */
  readonly what: "frame" | "time" | "entity" | "kind" | "field" | "value" | "event";
  /** `structural` when something is missing in one or the kind differs, else `exact`. */
  readonly class: "structural" | "exact";
  /** Frame, in the first recording if it is in both. */
  readonly frame: Frame;
  /** Frame in the second recording, where frames are paired by time and it has another number. */
  readonly frameInB?: Frame | undefined;
  /** Time of it in milliseconds; null when it is not known. */
  readonly timeMs: number | null;
  /** The recording that alone has it. */
  readonly onlyIn?: "a" | "b";
  /** Id of the entity. */
  readonly id?: EntityId;
  /** Kind of the entity; the one in the first recording if they differ. */
  readonly kind?: string;
  /** Field. */
  readonly field?: string;
  /** Name of the event. */
  readonly event?: string;
  /** First member of the event that differs, such as `ray[0]`; `f` and `t` are frame and time. */
  readonly path?: string;
  /**
   * What the event holds besides its name, frame and time, as JSON text of at most 500 characters;
   * in the first recording if it is in both.
   */
  readonly data?: string;
  /** What the first recording has: time, kind, value or member. */
  readonly a?: unknown;
  /** What the second recording has. */
  readonly b?: unknown;
}

/** What a difference says of its place. */
export function placed(place: Place): Pick<Difference, "frame" | "frameInB" | "timeMs"> {
  const { frame, frameInB, timeMs } = place;
  return frameInB === undefined ? { frame, timeMs } : { frame, frameInB, timeMs };
}
