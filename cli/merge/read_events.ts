import type { BadLines, StateEvent } from "../../lib/ingest.ts";
import { readEvents } from "../../lib/ingest/read_events.ts";
import type { MergeEvents } from "../../lib/recording.ts";
import { fileError } from "../files/file_error.ts";
import { type Input, inputOf } from "../files/files.ts";
import type { MergeFlags } from "./merge_flags.ts";

/** Events of the files that the flags name, read while they are merged. @throws {CommandError} */
export function eventInputs(flags: MergeFlags, bad: BadLines): MergeEvents[] {
  return (flags.events ?? []).map((path) => {
    const input = inputOf(path);
    return { name: input.name, events: eventsOf(input, flags, bad) };
  });
}

async function* eventsOf(
  input: Input,
  { frameKey, timeKey, eventKey, timeUnit, skipBad }: MergeFlags,
  bad: BadLines,
): AsyncGenerator<StateEvent, void, void> {
  try {
    yield* readEvents(input.open(), {
      source: input.name,
      frameKey,
      timeKey,
      eventKey,
      timeUnit,
      anyOrder: true,
      skipBad,
      onBadLine: bad.add,
    });
  } catch (error) {
    const isRead = (error as NodeJS.ErrnoException | undefined)?.syscall === "read";
    throw isRead ? fileError("read", input.name, error) : error;
  }
}
