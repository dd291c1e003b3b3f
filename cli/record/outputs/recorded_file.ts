import type { RecordingSummary } from "../../../lib/recording.ts";
import { counted } from "../../terminal/counted.ts";

/** A file that was recorded. */
export interface RecordedFile extends RecordingSummary {
  /** Path of the recording. */
  readonly path: string;
  /** Number of its states. */
  readonly states: number;
}

/** What was recorded, and where. @param what what the files are called when there are several */
export function summaryOf(files: readonly RecordedFile[], what: string): string {
  const counts = files.map(({ frames, states, events }) =>
    [
      counted(frames, "frame"),
      counted(states, "state"),
      ...(events > 0 ? [counted(events, "event")] : []),
    ].join(", ")
  );
  if (files.length === 1) {
    const [{ path, bytes }] = files as [RecordedFile];
    return `recorded ${counts[0]} to ${path} (${bytes} bytes)`;
  }
  const all = files.map(({ path, bytes }, i) => `${path} (${counts[i]}, ${bytes} bytes)`);
  return `recorded ${files.length} ${what} to ${listed(all)}`;
}

/** Files that a line names. */
const NAMED_MAX = 20;

/** A list for people, which leaves out what is in the middle of many. */
export function listed(texts: readonly string[]): string {
  if (texts.length <= NAMED_MAX) return texts.join(", ");
  const left = texts.length - NAMED_MAX;
  return `${texts.slice(0, NAMED_MAX - 1).join(", ")}, … ${left} more …, ${texts.at(-1)}`;
}
