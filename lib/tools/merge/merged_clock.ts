import { optionKey, remedy } from "../../core/remedy.ts";
import type { InputNote } from "../../ingest/input/input_note.ts";
import { counted } from "./counted.ts";
import { MergeError } from "./merge_error.ts";

/** The time of a frame in one of the recordings. */
export interface RecordedTime {
  /** The recording. */
  readonly recording: { readonly name: string };
  /** Time in milliseconds. */
  readonly timeMs: number;
}

/** Times of frames that come from several recordings: of a common frame the first one's counts. */
export class MergedClock {
  #last: RecordedTime | undefined;
  #different = 0;
  #differenceMsMax = 0;

  /**
   * Adds a frame.
   *
   * @param times its time in each recording that has it, one at least
   * @throws {MergeError} when the time goes back where one recording follows another
   */
  add(frame: number, times: readonly RecordedTime[]): void {
    const [first] = times;
    const last = this.#last;
    if (last !== undefined && first!.timeMs < last.timeMs && first!.recording !== last.recording) {
      throw new MergeError(
        `the time goes back from ${last.timeMs} ms in ${last.recording.name} to ` +
          `${first!.timeMs} ms in ${first!.recording.name} at frame ${frame}`,
        remedy`put one behind the other with ${optionKey("after")}, or move its times by ${
          optionKey("timeOffsetMs")
        }`,
      );
    }
    this.#last = first;
    const differenceMs = times.reduce((max, { timeMs }) => {
      return Math.max(max, Math.abs(timeMs - first!.timeMs));
    }, 0);
    if (differenceMs === 0) return;
    this.#different++;
    this.#differenceMsMax = Math.max(this.#differenceMsMax, differenceMs);
  }

  /** Note on frames that have several times; undefined when there are none. */
  note(): InputNote | undefined {
    if (this.#different === 0) return undefined;
    return {
      code: "common-frame-times",
      problem: `${counted(this.#different, "frame")} had another time in a later recording than ` +
        `in the first with it, by up to ${this.#differenceMsMax} ms, and kept the first`,
      remedy: remedy`move the times of the later one by ${optionKey("timeOffsetMs")}`,
    };
  }
}
