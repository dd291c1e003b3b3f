import { statSync } from "node:fs";
import { FileSource } from "../../lib/recording/container/file_source.ts";
import { leavesOutQuietFrames } from "../../lib/recording/left_out_frames.ts";
import { RecordingReader } from "../../lib/recording/recording_reader.ts";
import { CommandError, usageError } from "../exit_code.ts";
import { describing } from "./file_error.ts";
import { warn } from "../terminal/terminal.ts";

/**
 * Opens a recording by its path, with a note on what an older version left out.
 *
 * @throws {CommandError | RecordingSyntaxError}
 */
export async function openRecording(path: string): Promise<RecordingReader> {
  if (path === "-") {
    throw usageError("A recording is read in any order and cannot come from standard input");
  }
  const stat = describing("read", path, () => statSync(path));
  if (!stat.isFile() && !stat.isDirectory()) {
    throw new CommandError(
      `Cannot read ${path}: it is a pipe or a device, and a recording is read in any order; name a file`,
    );
  }
  if (stat.isFile() && stat.size === 0) {
    throw new CommandError(
      `Cannot read ${path}: the file is empty; name a file that hindcast record wrote`,
    );
  }
  const source = describing("read", path, () => new FileSource(path));
  const reader = await RecordingReader.open(source);
  if (await leavesOutQuietFrames(reader)) {
    warn(
      `note: ${path} seems to be recorded from sparse input by an older version, which left out the ${reader.missingFrames} frames in which nothing changed; record it again`,
    );
  }
  return reader;
}
