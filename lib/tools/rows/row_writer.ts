import type { PlacedEvent } from "../../recording/events/event_messages.ts";
import type { PlacedFrame } from "../select/recording_part.ts";
import type { RowNote } from "./row_note.ts";

/**
 * Takes what a part of a recording holds in the order of its timeline, and hands on the bytes of a
 * format, in pieces. It holds a piece, or whatever the format needs for one.
 */
export interface RowWriter {
  /** Takes the states of a frame, which may be none. */
  addFrame(placed: PlacedFrame): void;
  /** Takes an event. */
  addEvent(placed: PlacedEvent): void;
  /** Hands on what is left; nothing is taken afterwards. */
  finish(): void;
  /** What the rows so far leave out or change, for who asked for them. */
  notes(): readonly RowNote[];
}

/** Takes the bytes of a format, in order; they are not touched afterwards. */
export type TakeBytes = (bytes: Uint8Array) => void;
