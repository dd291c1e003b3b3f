import type { RecordingReader } from "../../../lib/recording.ts";
import type { FrameCounter } from "../../../lib/rewind.ts";
import { readFrameCounter } from "../../../lib/rewind/past/frame_counter.ts";
import { CommandError } from "../../exit_code.ts";
import { messageOf } from "../../option_flags.ts";

/** How the recording's frames came from its game's counter; undefined when they are its own. @throws {CommandError} */
export function readCounter(path: string, reader: RecordingReader): FrameCounter | undefined {
  try {
    return readFrameCounter(reader.source);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CommandError(`${messageOf(error)} (in ${path})`);
  }
}
