import { CommandError } from "../../exit_code.ts";
import { isSameFile } from "../../files/files.ts";
import { assertNamesFit, FILE_NUMBER } from "../../files/name_length.ts";
import { assertNoneNumbered } from "../../files/numbered_path.ts";
import type { OutputPlace } from "../../files/output_place.ts";
import type { RecordOptions } from "../options.ts";

/**
 * Refuses at the start what would be in the way of a later file, when the disk has hours of the run.
 *
 * @throws {CommandError}
 */
export function assertLaterFiles(
  place: OutputPlace,
  { rotate, onRestart, force }: RecordOptions,
): void {
  const isForced = force === true;
  if (rotate !== undefined && !isForced) assertNoneNumbered(place);
  const isSeveral = rotate !== undefined || onRestart === "split";
  if (isSeveral && place.kind !== "stream") assertNamesFit(place, FILE_NUMBER, isForced);
}

/** Refuses to write over what is read. @throws {CommandError} */
export function refuseInput(path: string, inputs: readonly string[]): void {
  if (!inputs.some((input) => isSameFile(input, path))) return;
  throw new CommandError(
    `Cannot write ${path}: it is read as an input; name another output, whose sessions are numbered`,
  );
}
