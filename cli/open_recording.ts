import { statSync } from "node:fs";
import type { RecordingReader } from "../mod.ts";
import { CommandError, usageError } from "./exit_code.ts";
import { describing } from "./files.ts";

/** Opens a recording by its path. @throws {CommandError | RecordingSyntaxError} */
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
  const { FileSource, RecordingReader } = await import("../mod.ts");
  const source = describing("read", path, () => new FileSource(path));
  return await RecordingReader.open(source);
}
