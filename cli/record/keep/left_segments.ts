import { readdirSync, renameSync, rmdirSync, statSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { FileSource } from "../../../lib/recording/container/file_source.ts";
import { RecordingReader } from "../../../lib/recording/recording_reader.ts";
import { describing } from "../../files/file_error.ts";
import { sizeText } from "../../quantities.ts";
import { counted } from "../../terminal/counted.ts";
import { savingCommand, SEGMENT_NAME } from "./segment_names.ts";

/** Folders of what was left, at most: a service that fails at each start makes many small ones. */
const FOLDERS_MAX = 100;

/**
 * Moves what a recorder left that was killed or failed out of the way of the next one, to a folder
 * of its own: `match.keep-1` of `match.keep`, then `match.keep-2`. Of these the oldest go while all
 * together have too many bytes, never the newest.
 *
 * @param folder folder with segments, which nobody else writes
 * @param bytesMax bytes of all that was left
 * @returns what was done, in words; undefined when no frame and no event was in them
 * @throws {CommandError} of the file system
 */
export async function moveLeftSegments(
  folder: string,
  bytesMax: number,
): Promise<string | undefined> {
  const names = describing("read", folder, () => readdirSync(folder));
  const segments = names.filter((name) => SEGMENT_NAME.test(name)).sort();
  const newest = segments.at(-1);
  // It may have been killed before the first block.
  if (newest !== undefined && await isEmpty(join(folder, newest))) {
    describing("write", folder, () => unlinkSync(join(folder, newest)));
    segments.pop();
    names.splice(names.indexOf(newest), 1);
  }
  if (names.length === 0) return undefined;
  const others = foldersBeside(folder);
  const path = `${folder}-${(others.at(-1)?.number ?? 0) + 1}`;
  describing("write", path, () => renameSync(folder, path));
  const removed = removeOldest(foldersBeside(folder), bytesMax);
  const dropped = removed.length === 0
    ? ""
    : `; ${removed.join(", ")} ${
      removed.length === 1 ? "is" : "are"
    } removed, as no more than ${FOLDERS_MAX} and ${
      sizeText(bytesMax)
    } of them (--keep-size) are held`;
  return `${folder} had ${
    counted(segments.length, "segment")
  } of a recorder that was killed or failed: moved to ${path}, of which ${
    savingCommand(path, segments)
  } makes a recording${dropped}`;
}

/** True for a segment in which no frame and no event can be read. */
async function isEmpty(path: string): Promise<boolean> {
  const source = describing("read", path, () => new FileSource(path));
  try {
    const reader = await RecordingReader.open(source, { damage: "leave-out" });
    return reader.frameCount === 0 && reader.eventCounts.size === 0;
  } catch {
    return source.size < BLOCK_BYTES_MIN;
  } finally {
    source.close();
  }
}

/** Bytes that no file with a block is smaller than. */
const BLOCK_BYTES_MIN = 256;

interface LeftFolder {
  readonly path: string;
  readonly number: number;
}

/** Folders of what recorders left, oldest first. */
function foldersBeside(folder: string): LeftFolder[] {
  const start = `${basename(folder)}-`;
  return describing("read", folder, () => readdirSync(dirname(folder)))
    .filter((name) => name.startsWith(start) && /^[1-9]\d{0,14}$/.test(name.slice(start.length)))
    .map((name) => ({
      path: `${folder}-${name.slice(start.length)}`,
      number: Number(name.slice(start.length)),
    }))
    .sort((a, b) => a.number - b.number);
}

/** Removes the oldest of folders that hold nothing but segments. @returns their paths */
function removeOldest(folders: readonly LeftFolder[], bytesMax: number): string[] {
  const sizes = folders.map(({ path }) => ({ path, bytes: bytesOfSegments(path) }))
    .filter((left): left is { path: string; bytes: number } => left.bytes !== undefined);
  let sum = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  const removed: string[] = [];
  while (sizes.length > 1 && (sum > bytesMax || sizes.length > FOLDERS_MAX)) {
    const { path, bytes } = sizes.shift()!;
    sum -= bytes;
    try {
      for (const name of readdirSync(path)) unlinkSync(join(path, name));
      rmdirSync(path);
      removed.push(path);
    } catch {
      // Somebody reads it, or it is gone; the next start looks again.
    }
  }
  return removed;
}

/** Bytes of a folder of segments; undefined for one with anything else in it. */
function bytesOfSegments(folder: string): number | undefined {
  try {
    const names = readdirSync(folder);
    if (names.length === 0 || !names.every((name) => SEGMENT_NAME.test(name))) return undefined;
    return names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  } catch {
    return undefined;
  }
}
