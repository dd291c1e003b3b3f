import { optionKey, remedy } from "../../core/remedy.ts";
import type { InputNote } from "../../ingest/input/input_note.ts";
import { counted } from "./counted.ts";
import type { FrameLine } from "./frame_line.ts";
import type { MergedEvents } from "./merged_events.ts";
import type { MergedFacts } from "./merged_facts.ts";
import type { MergedFrames } from "./merged_frames.ts";

/** Parts of a merge that have something to say when it is done. */
export interface MergeParts {
  readonly facts: MergedFacts;
  readonly frames: MergedFrames;
  readonly line: FrameLine;
  readonly events: MergedEvents;
}

/** What the recordings of a merge do not agree in, one note for each sort. */
export function mergeNotes({ facts, frames, line, events }: MergeParts): InputNote[] {
  const times = frames.clock.note();
  return [
    ...facts.notes,
    ...line.turned.map((name) => ({
      code: "turned-frames",
      problem: `the frames of ${name} stand nearest to the others across 2^32, where frames ` +
        "begin anew",
      remedy: remedy`where they should not, give a ${optionKey("frameOffset")}`,
    })),
    ...(times === undefined ? [] : [times]),
    ...frames.lacking.map(({ name, frames: count }) => ({
      code: "lacking-frames",
      problem: `${name} lacks ${counted(count, "frame")} between its first and its last that ` +
        "others have, and shows none of its entities there",
    })),
    ...events.notes(),
  ];
}
