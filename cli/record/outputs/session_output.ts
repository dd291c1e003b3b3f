import type { FrameHead, Schema, StateEvent, StateFrame } from "../../../lib/ingest.ts";
import type { RecordingWriter } from "../../../lib/recording.ts";
import type { ReadonlyEntityNames, Snapshot } from "../../../lib/world.ts";

/** Where the frames and events of an input go. One thing is done at a time. */
export interface SessionOutput {
  /** True once there was something to write. */
  readonly isOpen: boolean;
  /** Writer of the file at hand, once it is open. */
  readonly writer: RecordingWriter | undefined;

  /** Takes the place before anything is read. @throws {CommandError} */
  claim(): Promise<void>;

  /** Goes on to the next session of the input. */
  startSession(): Promise<void>;

  /** Goes on to the file of a frame. @returns what to wait for; undefined when it is at hand */
  turnTo(frame: StateFrame | Snapshot): Promise<void> | undefined;

  /** The writer of the file at hand, opened where it is not. */
  open(schema: Schema | undefined, names: ReadonlyEntityNames): Promise<RecordingWriter>;

  /** Takes an event. */
  addEvent(
    event: StateEvent,
    schema: Schema | undefined,
    names: ReadonlyEntityNames,
  ): Promise<void>;

  /** Counts a frame that was written. @param states number of its states */
  wrote(head: FrameHead, states: number): void;

  /** Writes what waits. @param isSynced true to wait until the disk has it */
  flush(isSynced: boolean): Promise<void>;

  /** Ends it in order. */
  close(): Promise<void>;

  /** Ends it after a failure. @returns what became of it, empty when the failure says it */
  keep(failure: unknown): Promise<string>;

  /** What was recorded, and where, after it was closed. */
  summary(): string;

  /** What of the input is not recorded, in words; empty when all is. */
  losses?(): string;

  /** Lets others have the place. */
  release(): void;
}
