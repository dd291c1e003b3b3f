import type { StateEvent } from "../../core/state/state.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";

/** A recording that is merged, and how far it is moved. */
export interface MergeInput {
  /** Name for messages, such as its path. */
  readonly name: string;
  /** The recording. */
  readonly reader: RecordingReader;
  /** Frames that are added to each of its frames; may be negative. */
  readonly frameOffset?: number | undefined;
  /** Milliseconds that are added to each of its times; may be negative. */
  readonly timeOffsetMs?: number | undefined;
}

/** Events that are merged with recordings. */
export interface MergeEvents {
  /** Name for messages, such as the path of their file. */
  readonly name: string;
  /** The events, mostly in the order of their frames or times; a later one is placed as well. */
  readonly events: AsyncIterable<StateEvent>;
}
