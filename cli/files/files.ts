import { accessSync, constants, createReadStream, fstatSync, openSync, statSync } from "node:fs";
import process from "node:process";
import { getSystemErrorName } from "node:util";
import { CommandError } from "../exit_code.ts";
import { NamedPipe } from "./named_pipe.ts";
import { readBytesAtMost } from "./small_file.ts";

/** An input that can be read from its start, once or again. */
export interface Input {
  /** Name for messages. */
  readonly name: string;
  /** True when it can be opened twice and gives the same bytes. */
  readonly isRepeatable: boolean;
  /** Opens it. */
  open(): AsyncIterable<Uint8Array>;
  /** The named pipe that it is; undefined for all else. */
  readonly pipe?: NamedPipe;
}

/** Largest file that is read in one piece: schemas, scenarios, traces. */
const TEXT_BYTES_MAX = 64 * 1024 * 1024;

/** Bytes that are read at once: what a pipe holds; larger ones live long enough to pile up. */
const CHUNK_BYTES = 1 << 16;

/** Input of a path, or standard input for `-`. @throws {CommandError} when it cannot be opened */
export function inputOf(path: string): Input {
  if (path === "-") {
    return { name: "standard input", isRepeatable: false, open: () => process.stdin };
  }
  if (isNamedPipe(path)) {
    const pipe = new NamedPipe(path);
    return { name: path, isRepeatable: false, open: () => pipe, pipe };
  }
  const descriptor = describing("read", path, () => openSync(path, "r"));
  const stat = fstatSync(descriptor);
  if (stat.isDirectory()) {
    throw new CommandError(`Cannot read ${path}: it is a directory; name a file in it`);
  }
  let first: number | undefined = descriptor;
  return {
    name: path,
    isRepeatable: stat.isFile(),
    open: () => {
      const fd = first ?? describing("read", path, () => openSync(path, "r"));
      first = undefined;
      return createReadStream(path, { fd, highWaterMark: CHUNK_BYTES });
    },
  };
}

/** True for a pipe, which a plain open may wait for. @throws {CommandError} */
function isNamedPipe(path: string): boolean {
  if (process.platform === "win32") return false;
  return describing("read", path, () => {
    const isPipe = statSync(path).isFIFO();
    if (isPipe) accessSync(path, constants.R_OK);
    return isPipe;
  });
}

/** Text of a small file, of a pipe or of a device that ends. @throws {CommandError} */
export function readText(path: string): string {
  return describing("read", path, () => {
    const bytes = readBytesAtMost(path, TEXT_BYTES_MAX);
    if (bytes !== undefined) return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    throw new CommandError(
      `Cannot read ${path}: it has more than ${TEXT_BYTES_MAX} bytes, which is too much for a text like this; name another file`,
    );
  });
}

/** True when both paths lead to the same file; `-` is standard input where it is read. */
export function isSameFile(read: string, written: string): boolean {
  if (written === "-") return false;
  try {
    const a = read === "-" ? fstatSync(0, BIG) : statSync(read, BIG);
    const b = statSync(written, BIG);
    return a.isFile() && a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false;
  }
}

/** Numbers of files above 2^53 stay distinct. */
const BIG = { bigint: true } as const;

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
    return new CommandError(
      `Cannot ${verb} ${place}: Deno was not allowed to; run it with --allow-${verb}`,
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
