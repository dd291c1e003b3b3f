import type { FieldValue } from "./schema.ts";

/**
 * Values of one entity at one frame, by field name; a field that is absent is not a key.
 *
 * @internal
 */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** Live values of one entity, of one kind, as an object: the form at the API's edge. */
export interface EntityState {
  /** Entity, an unsigned 32-bit integer, unique within a frame. */
  readonly id: number;
  /** Name of the entity's kind. */
  readonly kind: string;
  /** Values by field name, in the order of the kind's field table. */
  readonly fields: FieldValues;
}

/** Frame index and time, which snapshots and frames of objects have alike. */
export interface FrameHead {
  /** Frame, an unsigned 32-bit integer. */
  readonly frame: number;
  /** Time in milliseconds. */
  readonly timeMs: number;
}

/** All states at a frame: an entity that is not listed does not exist at that frame. */
export interface StateFrame {
  /** Frame index, an unsigned 32-bit integer. */
  readonly frame: number;
  /** Time of the frame in milliseconds since the recording's start. */
  readonly timeMs: number;
  /**
   * Every entity of the frame, each id once. Frames that are read have the same object for a state
   * that did not change since the frame before, which who reads them may use as a short cut.
   */
  readonly entities: readonly EntityState[];
}

/** Something that happened at a frame and is no state: a shot, a kill, a goal. */
export interface StateEvent {
  /** Frame of the event; undefined when only its time is known. */
  readonly frame: number | undefined;
  /** Time of the event in milliseconds; undefined when only its frame is known. */
  readonly timeMs: number | undefined;
  /** Name, the `ev` of the input. */
  readonly name: string;
  /** The whole event as it came in, JSON values only. */
  readonly data: Readonly<Record<string, unknown>>;
}
