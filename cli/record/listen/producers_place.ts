import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { describing } from "../../files/file_error.ts";
import { FileLock } from "../../files/file_lock.ts";
import { assertNamesFit, FILE_NUMBER } from "../../files/name_length.ts";
import type { OutputPlace } from "../../files/output_place.ts";
import { inUse, removeMade } from "../../files/recording_place.ts";
import { removeStaleLocks } from "../../files/stale_locks.ts";

/**
 * Takes the name that the files of producers are numbered under, before any of them comes: what
 * would be in the way of each is told at the start.
 *
 * @returns gives it back
 * @throws {CommandError} when no file can be made there, or another recorder has it
 */
export async function claimProducersPlace(
  place: OutputPlace,
  isForced: boolean,
): Promise<() => void> {
  const { path, target } = place;
  assertNamesFit(place, FILE_NUMBER, isForced);
  const folder = dirname(target);
  const made = describing("write", path, () => mkdirSync(folder, { recursive: true }));
  const lock = await FileLock.take(`${target}.hindcast-lock`, path);
  if (lock === undefined) throw inUse(path);
  await removeStaleLocks(target);
  return () => {
    lock.release();
    removeMade(folder, made);
  };
}
