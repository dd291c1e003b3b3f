import { Buffer } from "node:buffer";
import { basename, extname, resolve } from "node:path";
import { CommandError } from "../exit_code.ts";
import { PATH_BYTES_MAX } from "./file_lock.ts";
import type { OutputPlace } from "./output_place.ts";

/** Bytes of a name that file systems take. */
const NAME_BYTES_MAX = 255;
const LOCK_BYTES = ".hindcast-lock".length;
const PART_BYTES = ".part".length;

/**
 * Refuses an output whose later files would have too long a name, which would end the recording
 * when hours of it are there.
 *
 * @param number the longest that is put before the extension: `-999999`
 * @param hasPart true when they may be written beside their places
 * @throws {CommandError}
 */
export function assertNamesFit(
  { path, target }: OutputPlace,
  number: string,
  hasPart: boolean,
): void {
  const more = number.length + LOCK_BYTES + (hasPart ? PART_BYTES : 0);
  const name = Buffer.byteLength(basename(target)) + more - NAME_BYTES_MAX;
  const whole = Buffer.byteLength(resolve(target)) + more - PATH_BYTES_MAX;
  const excess = Math.max(name, whole);
  if (excess <= 0) return;
  const extension = extname(target);
  throw new CommandError(
    `Cannot write ${path}: its files are called by numbers (${number}${extension}), with names of their own for locks, which makes ${
      name >= whole ? "the name" : "the path"
    } ${excess} ${excess === 1 ? "byte" : "bytes"} too long; shorten it`,
  );
}

/** Longest number of a file of several, and of a dump by its frame. */
export const FILE_NUMBER = "-999999";
export const DUMP_NUMBER = "-4294967295-99";
