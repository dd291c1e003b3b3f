import { getSystemErrorName } from "node:util";
import { CommandError } from "../exit_code.ts";

/** Runs something on a path; what the file system says becomes one line. @throws {CommandError} */
export function describing<T>(verb: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileError(verb, path, error);
  }
}

/** One line for an error of the file system; any other error as it is. */
export function fileError(verb: string, path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CommandError) return error;
  const place = path === "" ? "a file without a name" : path;
  if (error.name === "NotCapable") {
    // To write a file is to look at what is there as well.
    const [, access = verb] = /^Requires (read|write) access/.exec(error.message) ?? [];
    return new CommandError(
      `Cannot ${verb} ${place}: Deno was not allowed to; run it with --allow-${access}`,
    );
  }
  const code = codeOf(error);
  if (code === undefined) return error;
  const [reason, remedy] = REASONS[code] ?? [error.message, ""];
  return new CommandError(`Cannot ${verb} ${place}: ${reason}${remedy && `; ${remedy}`}`);
}

/** Name of a failure; Deno gives some by their number only, in the message. */
function codeOf(error: NodeJS.ErrnoException): string | undefined {
  if (typeof error.code === "string") return error.code;
  const [, number] = /\(os error (\d+)\)$/.exec(error.message) ?? [];
  return number === undefined ? undefined : getSystemErrorName(-Number(number)) ?? `E${number}`;
}

const REASONS: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ENOENT: ["there is no such file or folder", "check the path"],
  EISDIR: ["it is a directory", "name a file in it"],
  ENOTDIR: ["a part of the path is no folder", "check the path"],
  EACCES: ["permission is denied", "check the file's rights"],
  EPERM: ["permission is denied", "check the file's rights"],
  ENOSPC: ["the disk is full", "free some space, or choose another place"],
  EDQUOT: ["the disk quota is used up", "free some space, or choose another place"],
  EFBIG: ["the file is larger than is allowed", "choose another place, or see ulimit -f"],
  EEXIST: ["it is there already", "name another file"],
  ELOOP: ["its links lead in a circle", "check the path"],
  EBUSY: ["the system uses it", "choose another place"],
  ENAMETOOLONG: ["the name is too long", "shorten it"],
  EROFS: ["the file system is read-only", "choose another place"],
  EMFILE: ["too many files are open", "close some"],
  ENXIO: ["the device is not there", "check the path"],
};
